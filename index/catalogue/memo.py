"""What the last builds found out, kept beside the snapshots: unchanged records cost next to nothing.

Two tables: `read`, a registry's record as a study, and `entries`, a study as it goes into a snapshot.
Both hold results of pure functions and may be deleted at any time; a table is emptied when what its
results depend on (code, lexicon, places, options) has changed.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from index.catalogue.entry import Entry, tie_ids
from index.models import Study

NAME = ".memo.sqlite"
SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS version (name TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS read (digest BLOB PRIMARY KEY, ids TEXT NOT NULL, study BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, study TEXT NOT NULL, rest TEXT NOT NULL,
                                    text TEXT NOT NULL);
CREATE TEMP TABLE wanted (row INTEGER PRIMARY KEY, key BLOB NOT NULL);
"""


class Ticket(NamedTuple):
    """A record that was read: its digest, and the registry ids that tie it to others."""

    digest: bytes
    ids: list[str]


class Memo:
    """Opened for one build; one build at a time uses it.

    reading, entering: digests of what the results of each table depend on
    """

    def __init__(self, folder: Path, reading: str, entering: str):
        self.file = folder / NAME
        self._asked: set[bytes] = set()
        self.database = _open(self.file)
        for name, table, digest in (("reading", "read", reading), ("entering", "entries", entering)):
            known = self.database.execute("SELECT digest FROM version WHERE name = ?", (name,)).fetchone()
            if known is None or known[0] != digest:
                self.database.execute(f"DELETE FROM {table}")  # noqa: S608 (one of two fixed names)
                self.database.execute("INSERT OR REPLACE INTO version VALUES (?, ?)", (name, digest))

    def ticket(self, digest: bytes) -> Ticket | None:
        """The ticket of a record that was read before."""
        row = self.database.execute("SELECT ids FROM read WHERE digest = ?", (digest,)).fetchone()
        return Ticket(digest, row[0].split(" ")) if row else None

    def keep_read(self, digest: bytes, study: Study) -> Ticket:
        """Keep what a record was read as."""
        ids = tie_ids(study)
        content = zlib.compress(study.model_dump_json(exclude_defaults=True).encode(), 1)
        row = (digest, " ".join(ids), content)
        self.database.execute("INSERT OR REPLACE INTO read VALUES (?, ?, ?)", row)
        return Ticket(digest, ids)

    def study(self, digest: bytes) -> Study:
        """The study that a record was read as; raises KeyError when it was never read."""
        row = self.database.execute("SELECT study FROM read WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            raise KeyError(digest)
        return Study.model_validate_json(zlib.decompress(row[0]))

    def known(self, key: bytes) -> bool | None:
        """Whether this key has an entry (True), was not let in (False), or is new (None)."""
        self._asked.add(key)
        row = self.database.execute("SELECT study <> '' FROM entries WHERE key = ?", (key,)).fetchone()
        return None if row is None else bool(row[0])

    def keep_entry(self, key: bytes, entry: Entry | None) -> None:
        """Keep an entry; None for a study that is not let in."""
        self._asked.add(key)
        study, rest = entry.dump() if entry else ("", "")
        text = entry.digest if entry else ""
        self.database.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)", (key, study, rest, text))

    def want(self, row: int, key: bytes) -> None:
        """Say that this entry becomes this row of the snapshot."""
        self.database.execute("INSERT INTO wanted VALUES (?, ?)", (row, key))

    def wanted(self) -> int:
        """How many entries the snapshot will have."""
        return int(self.database.execute("SELECT count(*) FROM wanted").fetchone()[0])

    def entries(self) -> Iterator[Entry]:
        """The wanted entries, by row."""
        found = self.database.execute(
            "SELECT study, rest FROM wanted JOIN entries USING (key) ORDER BY row"
        )
        yield from (Entry.load(study, rest) for study, rest in found)

    def names(self) -> Iterator[tuple[str, str, dict[int, int]]]:
        """(id, name, above) of every name that only records have, as often as a study bears it."""
        found = self.database.execute(
            "SELECT rest ->> 'own' FROM wanted JOIN entries USING (key) WHERE rest NOT LIKE '%\"own\":[]%'"
            " ORDER BY row"
        )
        for (own,) in found:
            yield from ((name_id, name, dict(above)) for name_id, name, above in json.loads(own))

    def close(self, keep: set[bytes] | None) -> None:
        """Write everything down. keep: digests of this build's records; all else is forgotten."""
        if keep is not None:
            for select, delete, wanted in (
                ("SELECT key FROM entries", "DELETE FROM entries WHERE key = ?", self._asked),
                ("SELECT digest FROM read", "DELETE FROM read WHERE digest = ?", keep),
            ):
                old = [row for row in self.database.execute(select) if row[0] not in wanted]
                self.database.executemany(delete, old)
        self.database.commit()
        self.database.close()


def _open(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file)
    try:
        database.executescript(SCHEMA)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        # Damaged by a crash or a full disk: everything in it can be found out again.
        database.close()
        for left in file.parent.glob(f"{file.name}*"):
            left.unlink()
        database = sqlite3.connect(file)
        database.executescript(SCHEMA)
    return database
