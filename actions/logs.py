"""The action server's log lines: one JSON object each, in the gateway's shape, with its request id."""

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")
MOST_CHARACTERS = 64


class Lines(logging.Formatter):
    """Tracebacks are left out: an error's text may quote a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
            "request_id": request_id.get(),
        }
        told = ("action_name", "ms")
        line |= {name: getattr(record, name) for name in told if hasattr(record, name)}
        return json.dumps(line, ensure_ascii=False)


def write_lines() -> None:
    """Send every log of this process to standard error in this shape."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)


def request_of(call: dict[str, Any]) -> str:
    """The id that the gateway gave with the message which Rasa calls for; "" when there is none."""
    for event in reversed(call["tracker"].get("events") or []):
        if event.get("event") == "user":
            return str((event.get("metadata") or {}).get("request_id") or "")[:MOST_CHARACTERS]
    return ""
