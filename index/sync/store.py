"""The registries' records as they came, kept in one SQLite file, so that a sync fetches what is new.

Every page is kept in one transaction together with how far the download has come: a process killed at
any moment goes on from the last whole page.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import zstandard

from index.models import Source
from index.sync.record import DERIVED_VERSION, Raw

_SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
    registry TEXT NOT NULL, id TEXT NOT NULL, updated TEXT NOT NULL, body BLOB NOT NULL,
    british INTEGER NOT NULL, joinable INTEGER NOT NULL, closes TEXT, gone INTEGER NOT NULL DEFAULT 0,
    listed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (registry, id));
CREATE INDEX IF NOT EXISTS by_updated ON records (registry, updated);
CREATE INDEX IF NOT EXISTS by_open ON records (british, joinable) WHERE gone = 0;
CREATE TABLE IF NOT EXISTS refs (
    ref TEXT NOT NULL, registry TEXT NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (ref, registry, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS refs_of ON refs (registry, id);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_OPEN = "gone = 0 AND british = 1 AND joinable = 1 AND (closes IS NULL OR closes >= ?)"


class RawStore:
    """The file, for one process at a time: `with RawStore(file) as store: ...`."""

    def __init__(self, file: Path) -> None:
        """Raises sqlite3.DatabaseError when the file is damaged."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self.file = file
        # autocommit: transactions are opened by `transaction`, nowhere else.
        self._database = sqlite3.connect(file, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.executescript(_SCHEMA)
        self._pack = zstandard.ZstdCompressor(level=3)
        self._unpack = zstandard.ZstdDecompressor()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._database.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is written inside."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    @property
    def stale(self) -> bool:
        """Whether what is kept beside the bodies was worked out by another version."""
        found = self._database.execute("PRAGMA user_version").fetchone()[0]
        return bool(found != DERIVED_VERSION)

    def mark_fresh(self) -> None:
        """Say that it was worked out by this version."""
        self._database.execute(f"PRAGMA user_version = {DERIVED_VERSION}")

    def put(self, raw: Raw, listed: int = 0) -> bool:
        """Keep a record, unless a newer one of its id is there; whether anything changed.

        listed: the number of the complete listing that it was seen in, 0 for none
        """
        known = self._database.execute(
            "SELECT updated, body, gone FROM records WHERE registry = ? AND id = ?",
            (raw.registry, raw.id),
        ).fetchone()
        if known and not known[2] and known[0] > raw.updated:
            self._list(raw.registry, raw.id, listed)
            return False
        same = known is not None and not known[2] and self._unpacked(known[1]) == raw.body
        self._database.execute(
            "INSERT INTO records (registry, id, updated, body, british, joinable, closes, listed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (registry, id) DO UPDATE SET"
            " updated = excluded.updated, body = excluded.body, british = excluded.british,"
            " joinable = excluded.joinable, closes = excluded.closes, gone = 0,"
            " listed = max(listed, excluded.listed)",
            (
                *(raw.registry, raw.id, raw.updated, self._pack.compress(raw.body)),
                *(raw.british, raw.joinable, raw.closes and raw.closes.isoformat(), listed),
            ),
        )
        key = (raw.registry, raw.id)
        self._database.execute("DELETE FROM refs WHERE registry = ? AND id = ?", key)
        self._database.executemany(
            "INSERT OR IGNORE INTO refs VALUES (?, ?, ?)", [(ref, *key) for ref in raw.refs]
        )
        return not same

    def _list(self, registry: Source, record_id: str, listed: int) -> None:
        self._database.execute(
            "UPDATE records SET listed = max(listed, ?) WHERE registry = ? AND id = ?",
            (listed, registry, record_id),
        )

    def remove(self, registry: Source, record_id: str) -> None:
        """Mark a record that the registry no longer has; it comes back when the registry has it."""
        self._database.execute(
            "UPDATE records SET gone = 1 WHERE registry = ? AND id = ?", (registry, record_id)
        )

    def has(self, registry: Source, record_id: str) -> bool:
        """Whether the record is there, gone or not."""
        found = self._database.execute(
            "SELECT 1 FROM records WHERE registry = ? AND id = ?", (registry, record_id)
        )
        return found.fetchone() is not None

    def count(self, registry: Source, since: str = "", before: str = "~") -> int:
        """Records that the registry still has, by their time of change: since <= time < before."""
        found = self._database.execute(
            "SELECT count(*) FROM records WHERE registry = ? AND gone = 0 AND updated >= ?"
            " AND updated < ?",
            (registry, since, before),
        )
        return int(found.fetchone()[0])

    def ids(self, registry: Source, since: str, before: str) -> set[str]:
        """Ids of the records that `count` counts."""
        found = self._database.execute(
            "SELECT id FROM records WHERE registry = ? AND gone = 0 AND updated >= ?"
            " AND updated < ?",
            (registry, since, before),
        )
        return {row[0] for row in found}

    def newest(self, registry: Source) -> str:
        """The latest time of change of all records, "" without any."""
        found = self._database.execute(
            "SELECT max(updated) FROM records WHERE registry = ? AND gone = 0", (registry,)
        )
        return str(found.fetchone()[0] or "")

    def open_ids(self, registry: Source, today: date) -> set[str]:
        """Ids of the British records that people can join."""
        found = self._database.execute(
            f"SELECT id FROM records WHERE registry = ? AND {_OPEN}",  # noqa: S608 (a constant)
            (registry, today.isoformat()),
        )
        return {row[0] for row in found}

    def unlisted(self, registry: Source, today: date, listing: int) -> list[str]:
        """British open records that the complete listing of this number did not hold."""
        found = self._database.execute(
            f"SELECT id FROM records WHERE registry = ? AND listed < ? AND {_OPEN} ORDER BY id",  # noqa: S608 (the same)
            (registry, listing, today.isoformat()),
        )
        return [row[0] for row in found]

    def keys(self) -> Iterator[tuple[Source, str, str]]:
        """(registry, id, updated) of every record that is not gone."""
        found = self._database.execute("SELECT registry, id, updated FROM records WHERE gone = 0")
        for registry, record_id, updated in found:
            yield Source(registry), record_id, updated

    def bodies(self, today: date | None) -> Iterator[tuple[Source, str, str, bytes]]:
        """(registry, id, updated, body) of the British open records; of every record for None."""
        where, values = (_OPEN, (today.isoformat(),)) if today else ("1", ())
        found = self._database.execute(
            f"SELECT registry, id, updated, body FROM records WHERE {where} ORDER BY registry, id",  # noqa: S608 (the same)
            values,
        )
        for registry, record_id, updated, body in found:
            yield Source(registry), record_id, updated, self._unpacked(body)

    def body(self, registry: Source, record_id: str) -> bytes | None:
        """One record that is not gone."""
        found = self._database.execute(
            "SELECT body FROM records WHERE registry = ? AND id = ? AND gone = 0",
            (registry, record_id),
        ).fetchone()
        return self._unpacked(found[0]) if found else None

    def naming(self, ref: str) -> list[tuple[Source, str]]:
        """(registry, id) of the records that name this number."""
        found = self._database.execute("SELECT registry, id FROM refs WHERE ref = ?", (ref,))
        return [(Source(registry), record_id) for registry, record_id in found]

    def refs(self, registry: Source, record_id: str) -> list[str]:
        """The numbers that a record names."""
        found = self._database.execute(
            "SELECT ref FROM refs WHERE registry = ? AND id = ?", (registry, record_id)
        )
        return [row[0] for row in found]

    def note(self, name: str, value: Any) -> None:
        """Keep a JSON value under a name; None forgets it."""
        if value is None:
            self._database.execute("DELETE FROM notes WHERE name = ?", (name,))
            return
        self._database.execute(
            "INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, json.dumps(value))
        )

    def noted(self, name: str) -> Any:
        """The value under a name, None if there is none."""
        found = self._database.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else None

    def _unpacked(self, body: bytes) -> bytes:
        return self._unpack.decompress(body)


def put_aside(file: Path, stamp: str) -> Path:
    """Move a damaged store out of the way, its journal with it; where it went."""
    aside = file.with_name(f"{file.name}.damaged-{stamp}")
    for ending in ("", "-wal", "-shm"):
        found = file.with_name(file.name + ending)
        if found.exists():
            found.replace(aside.with_name(aside.name + ending))
    return aside
