"""How much one person or one address may ask for: token buckets in this process's memory.

A bucket holds `limit` tokens and refills evenly over `period_seconds`, so a burst is fine and a
flood is not. One gateway process serves a machine; with several, each counts for itself.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST_BUCKETS = 50_000


@dataclass(frozen=True)
class Allowance:
    """What is left after a request; reset and retry_after are whole seconds."""

    allowed: bool
    limit: int
    remaining: int
    reset: int
    retry_after: int

    @property
    def headers(self) -> dict[str, str]:
        """RateLimit headers, and Retry-After when refused."""
        headers = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }
        return headers if self.allowed else headers | {"Retry-After": str(self.retry_after)}


class Limit:
    """At most `limit` requests in `period_seconds` for each key. timer: monotonic seconds."""

    def __init__(
        self, limit: int, period_seconds: float, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = limit
        self._rate = limit / period_seconds
        self._timer = timer
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> Allowance:
        """Take one token of the key's bucket, if there is one."""
        now = self._timer()
        tokens, then = self._buckets.pop(key, (float(self._limit), now))
        tokens = min(float(self._limit), tokens + (now - then) * self._rate)
        allowed = tokens >= 1
        tokens -= allowed
        self._buckets[key] = (tokens, now)
        if len(self._buckets) > MOST_BUCKETS:
            self._buckets.popitem(last=False)
        return Allowance(
            allowed=allowed,
            limit=self._limit,
            remaining=int(tokens),
            reset=math.ceil((self._limit - tokens) / self._rate),
            retry_after=max(1, math.ceil((1 - tokens) / self._rate)),
        )


class Limits:
    """The three limits of the settings."""

    def __init__(
        self, sessions_an_hour: int, messages_a_minute: int, requests_a_minute: int
    ) -> None:
        self.sessions = Limit(sessions_an_hour, 3600)
        self.messages = Limit(messages_a_minute, 60)
        self.requests = Limit(requests_a_minute, 60)
