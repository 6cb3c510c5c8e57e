"""What editors keep to improve the assistant: the messages that it could do nothing with.

A file of its own, `var/editors.sqlite`. A row holds a message, de-identified, why it is kept and the
day, and nothing that says whose it was but a keyed hash of the chat's name, so that "forget me" finds
it. That hash goes with the chat, after which nothing links the row to anybody. Rows go after 30 days
at most. Methods block; errors are sqlite3.Error. Days count from 1970 (UTC).
"""

import hashlib
import hmac
import sqlite3
import threading
from pathlib import Path
from typing import Literal

SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (
    id INTEGER PRIMARY KEY,
    day INTEGER NOT NULL,
    why TEXT NOT NULL,
    said TEXT NOT NULL,
    chat TEXT
);
CREATE INDEX IF NOT EXISTS kept_by_day ON kept (day);
CREATE INDEX IF NOT EXISTS kept_by_chat ON kept (chat);
"""
DAY_SECONDS = 86_400
Why = Literal["not understood", "nothing found"]


class EditorsCopy:
    """Keeps messages for so many days; 0 keeps none, and what is there goes at the next sweep.

    path: the SQLite file, made when a message is first kept; secret: keys the hash of chats
    """

    def __init__(self, path: Path, secret: str, days: int) -> None:
        self._path = path
        self._secret = secret.encode()
        self._days = days
        self._lock = threading.Lock()

    def keep(self, sender: str, said: str, why: Why, now: float) -> None:
        """Keep a message that was de-identified; sender: the chat's name towards Rasa."""
        if self._days:
            row = (int(now // DAY_SECONDS), why, said, self._hash(sender))
            self._change([("INSERT INTO kept (day, why, said, chat) VALUES (?, ?, ?, ?)", row)])

    def forget(self, senders: list[str]) -> None:
        """Delete what is kept of chats that a person asked to be forgotten."""
        self._of(senders, "DELETE FROM kept WHERE chat = ?")

    def unlink(self, senders: list[str]) -> None:
        """Take away what tells whose messages these are, when their chats have gone."""
        self._of(senders, "UPDATE kept SET chat = NULL WHERE chat = ?")

    def delete_old(self, now: float) -> None:
        """Delete what is older than the days allowed; a day that has begun counts."""
        oldest = int(now // DAY_SECONDS) - self._days
        self._of_any([("DELETE FROM kept WHERE day <= ?", (oldest,))])

    def _of(self, senders: list[str], statement: str) -> None:
        self._of_any([(statement, (self._hash(each),)) for each in senders])

    def _of_any(self, statements: list[tuple[str, tuple[object, ...]]]) -> None:
        if statements and self._path.exists():
            self._change(statements)

    def _change(self, statements: list[tuple[str, tuple[object, ...]]]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock:
            db = sqlite3.connect(self._path, timeout=5)
            try:
                self._path.chmod(0o600)
                # Deleted text is overwritten, not only unlinked, and no journal is left behind.
                db.execute("PRAGMA secure_delete=ON")
                db.executescript(SCHEMA)
                with db:
                    for statement, values in statements:
                        db.execute(statement, values)
            finally:
                db.close()

    def _hash(self, sender: str) -> str:
        return hmac.new(self._secret, sender.encode(), hashlib.sha256).hexdigest()
