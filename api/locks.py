"""One message of a session at a time, in the order they came."""

import asyncio
from weakref import WeakValueDictionary


class Locks:
    """A lock for each session, kept only while somebody holds or awaits it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def of(self, session: int) -> asyncio.Lock:
        """Give the session's lock; it wakes those who wait in the order they came."""
        lock = self._locks.get(session)
        if lock is None:
            lock = self._locks[session] = asyncio.Lock()
        return lock
