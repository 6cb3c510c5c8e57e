"""Asking a registry politely and carefully: spaced, retried, capped, never led elsewhere."""

import random
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

USER_AGENT = "StudyFinder/0.1 (a public finder of UK health studies; reads the feed in bulk)"
MAX_BYTES = 96_000_000
"""No page comes near this: a thousand of the largest records are 40 MB."""
RETRIED = frozenset([408, 425, 429, 500, 502, 503, 504])
CHUNK = 65_536
MOST_SKEW = timedelta(hours=36)


class FeedError(RuntimeError):
    """A registry that cannot be read to the end; the message says which, why and what to do."""


class MissingError(FeedError):
    """The registry answers that there is no such record or page (404, 410)."""


class RefusedError(FeedError):
    """The registry does not take the request as it was asked (another 4xx)."""


class TooLargeError(FeedError):
    """An answer beyond the byte cap; asking for less may help."""


@dataclass(frozen=True)
class Manners:
    """How a registry is asked.

    pause_seconds: between two requests, up to a fifth longer by chance
    tries: how often one request is sent before it counts as failed
    first_wait_seconds, longest_wait_seconds: between tries, doubling, with jitter
    patience_seconds: for one answer from its first byte to its last
    """

    pause_seconds: float = 1.25
    tries: int = 6
    first_wait_seconds: float = 2.0
    longest_wait_seconds: float = 120.0
    timeout_seconds: float = 30.0
    patience_seconds: float = 180.0


@dataclass
class Fetcher:
    """One registry's address and the connection to it."""

    registry: str
    base_url: str
    manners: Manners = field(default_factory=Manners)
    max_bytes: int = MAX_BYTES
    requests: int = 0
    received_bytes: int = 0

    def __post_init__(self) -> None:
        local = urlsplit(self.base_url).hostname in ("localhost", "127.0.0.1", "::1")
        self._last = 0.0
        self._http = httpx.Client(
            base_url=self.base_url,
            timeout=self.manners.timeout_seconds,
            follow_redirects=False,
            # A proxy of the environment cannot reach this machine's own ports.
            trust_env=not local,
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"},
        )

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def get(self, path: str, params: Mapping[str, str | int] | None = None) -> bytes:
        """The body of the answer, unpacked.

        Raises MissingError, TooLargeError, or FeedError for anything else but a 200 after the last try.
        """
        trouble = ""
        for attempt in range(1, self.manners.tries + 1):
            self._keep_distance()
            asked_to_wait = 0.0
            try:
                return self._once(path, params)
            except _TryAgainError as error:
                trouble, asked_to_wait = str(error), error.wait_seconds
            except (httpx.TransportError, zlib.error) as error:
                trouble = f"{type(error).__name__}: {error}".rstrip(": ")
            if attempt < self.manners.tries:
                time.sleep(self._wait(attempt, asked_to_wait))
        raise FeedError(
            f"{self.registry} could not be read after {self.manners.tries} tries ({trouble})."
            " Nothing is lost: the next sync goes on from here."
        )

    def _keep_distance(self) -> None:
        pause = self.manners.pause_seconds * random.uniform(1.0, 1.2)  # noqa: S311 (jitter)
        ahead = self._last + pause - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)
        self._last = time.monotonic()

    def _wait(self, attempt: int, asked_seconds: float) -> float:
        """Doubling with full jitter, or what the registry asked for if that is longer."""
        ceiling = min(
            self.manners.first_wait_seconds * 2.0 ** (attempt - 1), self.manners.longest_wait_seconds
        )
        chance = ceiling * random.uniform(0.5, 1.0)  # noqa: S311 (jitter)
        return max(chance, min(asked_seconds, self.manners.longest_wait_seconds))

    def _once(self, path: str, params: Mapping[str, str | int] | None) -> bytes:
        self.requests += 1
        with self._http.stream("GET", path, params=params) as answer:
            self._check_clock(answer)
            status = answer.status_code
            if status in RETRIED:
                raise _TryAgainError(f"status {status}", _retry_after(answer))
            if status in (404, 410):
                raise MissingError(f"{self.registry} has nothing at {path} (status {status}).")
            if answer.is_redirect:
                raise FeedError(
                    f"{self.registry} sends us to another address, which is refused. If the registry"
                    " has moved, set its new address in the settings (see docs/registries.md)."
                )
            if status != 200:
                raise RefusedError(f"{self.registry} refuses {path} with status {status}.")
            return self._body(answer)

    def _body(self, answer: httpx.Response) -> bytes:
        """The whole body, unpacked piece by piece so that no bomb is ever unpacked whole."""
        packed = answer.headers.get("content-encoding", "identity").lower()
        if packed not in ("gzip", "x-gzip", "identity", ""):
            raise FeedError(f"{self.registry} answers in {packed!r}, which was not asked for.")
        unpack = zlib.decompressobj(wbits=31) if "gzip" in packed else None
        started = time.monotonic()
        parts: list[bytes] = []
        size = 0
        for chunk in answer.iter_raw(CHUNK):
            self.received_bytes += len(chunk)
            rest = chunk
            while rest:
                part = unpack.decompress(rest, CHUNK * 16) if unpack else rest
                rest = unpack.unconsumed_tail if unpack else b""
                size += len(part)
                if size > self.max_bytes:
                    raise TooLargeError(
                        f"an answer of {self.registry} is larger than {self.max_bytes:,} bytes."
                    )
                parts.append(part)
            if time.monotonic() - started > self.manners.patience_seconds:
                raise _TryAgainError("an answer that does not come to its end")
        if unpack and not unpack.eof:
            raise _TryAgainError("an answer that is cut off")
        return b"".join(parts)

    def _check_clock(self, answer: httpx.Response) -> None:
        try:
            theirs = parsedate_to_datetime(answer.headers["date"])
            offset = abs(theirs - datetime.now(UTC))
        except (KeyError, ValueError, TypeError):
            return
        if offset > MOST_SKEW:
            raise FeedError(
                f"{self.registry}'s clock and this machine's differ by {offset.days} days, and what is"
                " open follows from the date. Set this machine's clock, then sync again."
            )


class _TryAgainError(Exception):
    def __init__(self, what: str, wait_seconds: float = 0.0) -> None:
        super().__init__(what)
        self.wait_seconds = wait_seconds


def _retry_after(answer: httpx.Response) -> float:
    """Seconds from a Retry-After in seconds or as a date; 0 without one."""
    written = answer.headers.get("retry-after", "").strip()
    if written.isdigit():
        return float(written)
    try:
        until: timedelta = parsedate_to_datetime(written) - datetime.now(UTC)
        return max(0.0, until.total_seconds())
    except (ValueError, TypeError):
        return 0.0
