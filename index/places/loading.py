"""Loading an operator's postcode file once (`make places FILE=...`), and looking postcodes up in it."""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from index.places.postcode_file import (
    CODE_POINT,
    Point,
    PostcodeFileError,
    mean_of_outcodes,
    read_points,
)
from index.places.postcodes import Postcode

_SCHEMA = """
CREATE TABLE units (code TEXT PRIMARY KEY, lat REAL NOT NULL, lon REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE outcodes (code TEXT PRIMARY KEY, lat REAL NOT NULL, lon REAL NOT NULL) WITHOUT ROWID;
"""
_NOTE = {CODE_POINT: " It leaves out Northern Ireland, where a postcode stands for its post town."}


@dataclass(frozen=True)
class Loaded:
    """What was loaded: which kind of file, and how many postcodes and outward codes."""

    kind: str
    postcodes: int
    outcodes: int
    note: str


def load_postcodes(file: Path, into: Path) -> Loaded:
    """Read a postcode file into a table that search and sync use from then on.

    Raises PostcodeFileError for a wrong file; the table loaded before stays as it was.
    """
    into.parent.mkdir(parents=True, exist_ok=True)
    beside = into.with_name(f".{into.name}.{os.getpid()}")
    kinds: list[str] = []
    try:
        database = sqlite3.connect(beside, isolation_level=None)
        try:
            # Thrown away if anything goes wrong, so that no journal is needed.
            database.executescript(f"PRAGMA journal_mode = OFF; {_SCHEMA}; BEGIN")
            means = mean_of_outcodes(_kept(file, database, kinds))
            rows = [(code, lat, lon) for code, (lat, lon) in means.items()]
            database.executemany("INSERT INTO outcodes VALUES (?, ?, ?)", rows)
            count = database.execute("SELECT count(*) FROM units").fetchone()[0]
            database.execute("COMMIT")
        finally:
            database.close()
        beside.replace(into)
    finally:
        beside.unlink(missing_ok=True)
    return Loaded(kinds[0], count or len(rows), len(rows), _NOTE.get(kinds[0], ""))


def _kept(file: Path, database: sqlite3.Connection, kinds: list[str]) -> Iterator[Point]:
    for kind, point in tqdm(read_points(file), desc="Reading", unit=" postcodes", disable=None):
        if kind not in kinds:
            kinds.append(kind)
        if point.code.inward:
            code = point.code.outward + point.code.inward
            row = (code, round(point.lat, 5), round(point.lon, 5))
            database.execute("INSERT OR REPLACE INTO units VALUES (?, ?, ?)", row)
        yield point


class LoadedPostcodes:
    """A table that `load_postcodes` made, opened for reading; safe to share between threads."""

    def __init__(self, file: Path) -> None:
        """Raises PostcodeFileError when it is damaged."""
        self._address = f"{file.absolute().as_uri()}?immutable=1"
        try:
            with self._open() as database:
                found = database.execute("SELECT code, lat, lon FROM outcodes").fetchall()
        except sqlite3.DatabaseError as error:
            raise PostcodeFileError(
                f"{file} is damaged ({error}): load the postcode file again (`make places FILE=...`)"
            ) from error
        self.outcodes = {code: (lat, lon) for code, lat, lon in found}

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._address, uri=True)

    def unit(self, code: Postcode) -> tuple[float, float] | None:
        """Where a whole postcode is, None if it is not in the table."""
        database = self._open()
        try:
            key = code.outward + code.inward
            row = database.execute("SELECT lat, lon FROM units WHERE code = ?", (key,)).fetchone()
        finally:
            database.close()
        return (row[0], row[1]) if row else None
