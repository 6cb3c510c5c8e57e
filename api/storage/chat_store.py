"""Sessions, what was said in them, and their open choices, in one SQLite file.

All methods block and may be called from any thread; async code calls them through
`asyncio.to_thread`. Times are seconds since 1970 (UTC). Errors are sqlite3.Error.
"""

import hashlib
import hmac
import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash TEXT NOT NULL UNIQUE,
    sender TEXT NOT NULL UNIQUE,
    opening TEXT NOT NULL,
    last_at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    message_id TEXT NOT NULL,
    said TEXT NOT NULL,
    choice TEXT,
    answer TEXT,
    tracker_mark INTEGER,
    UNIQUE (session, message_id)
);
CREATE TABLE IF NOT EXISTS choices (
    session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    value TEXT NOT NULL,
    label TEXT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (session, value)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_by_age ON sessions (last_at);
"""

TURNS = "SELECT message_id, said, choice, answer, tracker_mark FROM turns WHERE session = ?"
Json = list[dict[str, Any]]


@dataclass(frozen=True)
class Session:
    """A live session. sender is its name towards Rasa, random and unrelated to the token."""

    id: int
    sender: str
    last_at: float


@dataclass(frozen=True)
class Turn:
    """One message of the person (de-identified) and its answer, None while there is none.

    choice: the opaque value of the choice that was taken, None for words of the person's own.
    tracker_mark: Rasa's newest event before the message was sent, None if it never was.
    """

    message_id: str
    said: str
    choice: str | None
    answer: Json | None
    tracker_mark: int | None


class ChatStore:
    """The chat's database.

    path: the SQLite file, made with its folder if missing
    secret: keys the hash of tokens, so that a stolen file holds nothing to log in with
    """

    def __init__(self, path: Path, secret: str) -> None:
        self._secret = secret.encode()
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
        path.chmod(0o600)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            self._db.execute(f"PRAGMA {pragma}")
        # Deleted text is overwritten, not only unlinked.
        self._db.execute("PRAGMA secure_delete=ON")
        self._db.executescript(SCHEMA)
        # A file of an earlier version lacks this column.
        if "choice" not in {row[1] for row in self._db.execute("PRAGMA table_info(turns)")}:
            self._db.execute("ALTER TABLE turns ADD COLUMN choice TEXT")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def check(self) -> None:
        """Raise sqlite3.Error when the database cannot be written."""
        with self._write() as db:
            db.execute("SELECT 1 FROM sessions LIMIT 1").fetchone()

    def open_session(self, now: float) -> tuple[str, Session]:
        """Make a session: (token, session). The token is kept nowhere; only its keyed hash is."""
        token, sender = secrets.token_urlsafe(32), secrets.token_hex(16)
        with self._write() as db:
            row = db.execute(
                "INSERT INTO sessions (token_hash, sender, opening, last_at) VALUES (?, ?, '[]', ?)"
                " RETURNING id",
                (self._hash(token), sender, now),
            ).fetchone()
        return token, Session(row[0], sender, now)

    def keep_opening(self, session: Session, messages: Json, offers: dict[str, Any]) -> None:
        """Keep the first messages of a session and their choices {value: (label, payload)}."""
        with self._write() as db:
            db.execute(
                "UPDATE sessions SET opening = ? WHERE id = ?", (json.dumps(messages), session.id)
            )
            self._keep_offers(db, session, offers)

    def session(self, token: str, not_before: float) -> Session | None:
        """Give the session of a token, None when there is none or its last message is older."""
        with self._lock:
            row = self._db.execute(
                "SELECT id, sender, last_at FROM sessions WHERE token_hash = ? AND last_at >= ?",
                (self._hash(token), not_before),
            ).fetchone()
        return Session(*row) if row else None

    def begin(
        self, session: Session, message_id: str, said: str, now: float, choice: str | None = None
    ) -> Turn | None:
        """Note a message: its turn, the earlier one if its id is known, None without the session.

        Tried again after a crash, the same id stands once.
        """
        with self._write() as db:
            if not db.execute(
                "UPDATE sessions SET last_at = ? WHERE id = ?", (now, session.id)
            ).rowcount:
                return None
            db.execute(
                "INSERT INTO turns (session, message_id, said, choice) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (session.id, message_id, said, choice),
            )
            row = db.execute(f"{TURNS} AND message_id = ?", (session.id, message_id)).fetchone()
        return _turn(row)

    def mark_sent(self, session: Session, message_id: str, tracker_mark: int) -> None:
        """Note that the message goes to Rasa now, and Rasa's newest event before it."""
        with self._write() as db:
            db.execute(
                "UPDATE turns SET tracker_mark = ? WHERE session = ? AND message_id = ?",
                (tracker_mark, session.id, message_id),
            )

    def finish(
        self, session: Session, message_id: str, answer: Json, offers: dict[str, Any]
    ) -> None:
        """Keep the answer of a message and its choices, both or neither."""
        with self._write() as db:
            db.execute(
                "UPDATE turns SET answer = ? WHERE session = ? AND message_id = ?",
                (json.dumps(answer), session.id, message_id),
            )
            self._keep_offers(db, session, offers)

    def choice(self, session: Session, value: str) -> tuple[str, str] | None:
        """(label, payload) of a choice that this session was given, else None."""
        with self._lock:
            row: tuple[str, str] | None = self._db.execute(
                "SELECT label, payload FROM choices WHERE session = ? AND value = ?",
                (session.id, value),
            ).fetchone()
        return row

    def history(self, session: Session) -> tuple[Json, list[Turn]]:
        """Give the opening messages and every turn, oldest first."""
        with self._lock:
            opening = self._db.execute(
                "SELECT opening FROM sessions WHERE id = ?", (session.id,)
            ).fetchone()
            rows = self._db.execute(f"{TURNS} ORDER BY id", (session.id,)).fetchall()
        return (json.loads(opening[0]) if opening else []), [_turn(row) for row in rows]

    def silent_since(self, moment: float) -> list[Session]:
        """Sessions whose last message is older than the moment."""
        with self._lock:
            rows = self._db.execute(
                "SELECT id, sender, last_at FROM sessions WHERE last_at < ?", (moment,)
            ).fetchall()
        return [Session(*row) for row in rows]

    def delete(self, sessions: list[Session]) -> None:
        """Remove sessions with all that hangs on them, from the write-ahead log as well."""
        with self._write() as db:
            db.executemany("DELETE FROM sessions WHERE id = ?", [(each.id,) for each in sessions])
        with self._lock:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _hash(self, token: str) -> str:
        return hmac.new(self._secret, token.encode(), hashlib.sha256).hexdigest()

    @staticmethod
    def _keep_offers(db: sqlite3.Connection, session: Session, offers: dict[str, Any]) -> None:
        db.executemany(
            "INSERT INTO choices (session, value, label, payload) VALUES (?, ?, ?, ?)",
            [(session.id, value, *offer) for value, offer in offers.items()],
        )

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise


def _turn(row: tuple[str, str, str | None, str | None, int | None]) -> Turn:
    message_id, said, choice, answer, mark = row
    return Turn(message_id, said, choice, json.loads(answer) if answer is not None else None, mark)
