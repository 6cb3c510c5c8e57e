"""Structured logs of the gateway and the action server: a JSON object a line, with no text of a person."""

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}


class JsonLines(logging.Formatter):
    """A record as one line of JSON; what was passed as `extra` becomes members of it."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line. Tracebacks are left out, since an error's text may quote a person."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        extra = {key: value for key, value in vars(record).items() if key not in _STANDARD}
        return json.dumps(line | extra, default=str, ensure_ascii=False)


def write_json_logs() -> None:
    """Send every log of this process to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    # httpx logs whole addresses at INFO.
    logging.getLogger("httpx").setLevel(logging.WARNING)
