"""Deletion: what a person asks to be forgotten, and what has been silent for too long."""

import asyncio
import logging
import sqlite3

from api.clock import Clock
from api.locks import Locks
from api.problems import where_it_failed
from api.storage import ChatStore, EditorsCopy, Session, Trackers

log = logging.getLogger(__name__)
EVERY_SECONDS = 300


class Retention:
    """Deletes sessions with their rows in Rasa's tracker store, and what editors had long enough.

    hours: how long a session lives after its last message
    """

    def __init__(
        self,
        store: ChatStore,
        trackers: Trackers,
        editors: EditorsCopy,
        locks: Locks,
        clock: Clock,
        hours: float,
    ) -> None:
        self._store = store
        self._trackers = trackers
        self._editors = editors
        self._locks = locks
        self._clock = clock
        self._seconds = hours * 3600

    @property
    def oldest_allowed(self) -> float:
        """The moment before which a last message is too old, in seconds since 1970."""
        return self._clock.seconds() - self._seconds

    def expires_at(self, session: Session) -> float:
        """When the session will be deleted if nothing more is said."""
        return session.last_at + self._seconds

    async def forget(self, session: Session) -> None:
        """Delete one session now. Raises sqlite3.Error when something of it would stay.

        Its lock is awaited, so that a message under way cannot write after the deletion.
        The tracker goes first: if that fails, the session is still there to try again with.
        """
        async with self._locks.of(session.id):
            await asyncio.to_thread(self._trackers.delete, [session.sender])
            await asyncio.to_thread(self._editors.forget, [session.sender])
            await asyncio.to_thread(self._store.delete, [session])

    async def sweep(self) -> int:
        """Delete every session that is too old, and old tracker rows of nobody. How many went.

        What editors keep of these sessions loses its tie to them, and goes when its days are over.
        """
        moment = self.oldest_allowed
        old = await asyncio.to_thread(self._store.silent_since, moment)
        if old:
            senders = [each.sender for each in old]
            await asyncio.to_thread(self._trackers.delete, senders)
            await asyncio.to_thread(self._editors.unlink, senders)
            await asyncio.to_thread(self._store.delete, old)
        await asyncio.to_thread(self._trackers.delete_silent_since, moment)
        await asyncio.to_thread(self._editors.delete_old, self._clock.seconds())
        return len(old)

    async def keep_sweeping(self) -> None:
        """Sweep now and every five minutes, until cancelled."""
        while True:
            try:
                gone = await self.sweep()
                if gone:
                    log.info("old sessions were deleted", extra={"sessions": gone})
            except sqlite3.Error as error:
                log.error(
                    "old sessions could not be deleted; tried again later",
                    extra={"error": type(error).__name__, "frames": where_it_failed(error)},
                )
            await asyncio.sleep(EVERY_SECONDS)
