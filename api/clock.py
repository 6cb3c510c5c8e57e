"""The time, as something that tests can move."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def now_utc() -> datetime:
    """Give the present moment in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clock:
    """A clock; `now` gives an aware datetime."""

    now: Callable[[], datetime] = now_utc

    def seconds(self) -> float:
        """Seconds since 1970 (UTC)."""
        return self.now().timestamp()
