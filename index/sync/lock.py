"""One sync at a time. The system lets go of the lock when its holder dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path


class BusyError(RuntimeError):
    """Another sync is running; the message says which and since when."""


@contextmanager
def only_one(file: Path) -> Iterator[None]:
    """Hold the lock. Raises BusyError when another process has it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    # Opened without cutting it: until the lock is ours, what stands in it is another's.
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o644), "r+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            who = held.read(200).strip() or "another process"
            raise BusyError(f"a sync is already running ({who}): this one leaves it alone") from None
        held.seek(0)
        held.truncate()
        held.write(f"process {os.getpid()}, since {datetime.now(UTC):%d %B %H:%M} UTC\n")
        held.flush()
        yield
