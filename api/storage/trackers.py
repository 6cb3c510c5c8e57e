"""Rasa's tracker store, seen from the gateway: read after a crash, and delete.

Rasa has no call that deletes a tracker, so this is SQL on its table `events` (Rasa 3.6.21,
rasa/core/tracker_store.py: columns id, sender_id, type_name, timestamp, data).
"""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ATTEMPTS = 5
PAUSE_SECONDS = 0.2


class Trackers:
    """The events that Rasa keeps in its SQLite file, which may not be there yet."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def newest(self, sender: str) -> int:
        """Give the number of the sender's newest event, 0 when there is none."""
        rows = self._read("SELECT max(id) FROM events WHERE sender_id = ?", (sender,))
        return (rows[0][0] or 0) if rows else 0

    def reply_since(self, sender: str, mark: int) -> list[dict[str, Any]] | None:
        """Tell what Rasa answered after event `mark`, in the shape of its REST channel.

        None when it has kept no message of the person since: then it never finished the turn.
        """
        rows = self._read(
            "SELECT type_name, data FROM events WHERE sender_id = ? AND id > ? ORDER BY id",
            (sender, mark),
        )
        if not any(kind == "user" for kind, _ in rows):
            return None
        bots = [json.loads(data) for kind, data in rows if kind == "bot"]
        return [
            {
                "text": bot.get("text"),
                "buttons": (bot.get("data") or {}).get("buttons"),
                "custom": (bot.get("data") or {}).get("custom"),
            }
            for bot in bots
        ]

    def newest_intent(self, sender: str) -> str:
        """Give the name of the intent of the sender's newest message, "" when there is none."""
        rows = self._read(
            "SELECT intent_name FROM events WHERE sender_id = ? AND type_name = 'user'"
            " ORDER BY id DESC LIMIT 1",
            (sender,),
        )
        return (rows[0][0] or "") if rows else ""

    def delete(self, senders: list[str]) -> None:
        """Remove every event of these senders. Raises sqlite3.Error if it stays locked."""
        self._change([("DELETE FROM events WHERE sender_id = ?", (each,)) for each in senders])

    def delete_silent_since(self, moment: float) -> None:
        """Remove senders without an event since the moment: what an answer that came late left."""
        old = "SELECT sender_id FROM events GROUP BY sender_id HAVING max(timestamp) < ?"
        self._change([(f"DELETE FROM events WHERE sender_id IN ({old})", (moment,))])  # noqa: S608 (a constant)

    def _read(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        if not self._path.exists():
            return []
        with self._connection() as db:
            try:
                return db.execute(query, values).fetchall()
            except sqlite3.OperationalError as error:
                if "no such table" in str(error):
                    return []
                raise

    def _change(self, statements: list[tuple[str, tuple[Any, ...]]]) -> None:
        if not self._path.exists():
            return
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._connection() as db:
                    db.execute("PRAGMA secure_delete=ON")
                    for statement, values in statements:
                        db.execute(statement, values)
                return
            except sqlite3.OperationalError as error:
                if "no such table" in str(error):
                    return
                if attempt == ATTEMPTS:
                    raise
                time.sleep(PAUSE_SECONDS)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=2)
        try:
            with db:
                yield db
        finally:
            db.close()
