"""The parts' logs: nothing that people wrote stays in them.

Rasa puts a message's text into the line when handling it fails. Its lines are JSON objects here, so
that fields can be kept by name; the other parts keep text out themselves.
"""

import json
from pathlib import Path

KEPT = frozenset(
    {
        *("timestamp", "level", "logger", "event", "event_info"),
        *("action_name", "intent", "exception", "error", "status", "code"),
        # The gateway's and the action server's own: constants, numbers and patterns of routes.
        *("at", "from", "says", "request_id", "method", "route", "ms", "why", "sessions", "frames"),
    }
)
"""Fields of a structured line that never hold a person's words."""
KEPT_BYTES = 5_000_000


def without_words(line: bytes) -> bytes:
    """The line with only the fields that are known to be safe, if it is a JSON object."""
    if not line.startswith(b"{"):
        return line
    try:
        entry = json.loads(line)
    except ValueError:
        return line
    if not isinstance(entry, dict):
        return line
    kept = {key: value for key, value in entry.items() if key in KEPT}
    return json.dumps(kept, ensure_ascii=False).encode() + b"\n"


def turn_over(log: Path) -> None:
    """Move a log that has grown large aside, over the one before it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > KEPT_BYTES:
        log.replace(log.with_suffix(".old.log"))


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, indented; says so when there are none."""
    if not log.exists():
        return "    (its log is empty)"
    written = log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
    return "\n".join(f"    {line}" for line in written) or "    (its log is empty)"
