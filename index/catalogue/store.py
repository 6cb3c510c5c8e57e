"""The studies themselves: one row a study in `studies.sqlite`, found by row or by any of its ids."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from index.models import Study

NAME = "studies.sqlite"
_SCHEMA = """
CREATE TABLE studies (row INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, digest TEXT NOT NULL,
                      study TEXT NOT NULL, named TEXT NOT NULL);
CREATE TABLE ids (id TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID;
"""


class Part(NamedTuple):
    """A part of a record and the concepts it names, as the snapshot numbers them."""

    part: str
    text: str
    numbers: list[int]
    whole: bool


class Row(NamedTuple):
    """A study to be written: its JSON, every id that leads to it, and what its record names (JSON).

    digest: of the text that its vector was made from
    """

    id: str
    ids: list[str]
    digest: str
    study: str
    parts: str


def write(folder: Path, rows: Iterable[Row]) -> None:
    """Write all studies in order; ids of the other registry lead to the same row."""
    database = sqlite3.connect(folder / NAME)
    # The folder is thrown away if this does not end well.
    database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
    for number, row in enumerate(rows):
        database.execute(
            "INSERT INTO studies VALUES (?, ?, ?, ?, ?)",
            (number, row.id, row.digest, row.study, row.parts),
        )
        database.executemany(
            "INSERT OR IGNORE INTO ids VALUES (?, ?)", [(one.upper(), number) for one in row.ids]
        )
    database.commit()
    database.close()


class Store:
    """The file opened read-only; each thread has its own connection."""

    def __init__(self, folder: Path):
        self.file = folder / NAME
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            # immutable: a snapshot never changes, so that no lock and no journal is needed.
            found = sqlite3.connect(f"{self.file.absolute().as_uri()}?immutable=1", uri=True)
            found.execute("PRAGMA mmap_size = 1073741824")
            self._local.connection = found
        return found

    def count(self) -> int:
        """Number of studies."""
        return int(self._connection().execute("SELECT count(*) FROM studies").fetchone()[0])

    def study(self, row: int) -> Study:
        """The study of a row; raises KeyError when there is none."""
        found = self._connection().execute("SELECT study FROM studies WHERE row = ?", (int(row),))
        line = found.fetchone()
        if line is None:
            raise KeyError(row)
        return Study.model_validate_json(line[0])

    def named(self, row: int) -> list[Part]:
        """What each part of a row's record names; raises KeyError when there is no such row."""
        found = self._connection().execute("SELECT named FROM studies WHERE row = ?", (int(row),))
        line = found.fetchone()
        if line is None:
            raise KeyError(row)
        return [Part(*part) for part in json.loads(line[0])]

    def row_of(self, study_id: str) -> int | None:
        """The row of a study by any registry's id, in any case."""
        found = self._connection().execute(
            "SELECT row FROM ids WHERE id = ?", (study_id.strip().upper(),)
        )
        line = found.fetchone()
        return int(line[0]) if line else None

    def digests(self) -> Iterator[tuple[int, str]]:
        """(row, digest of the embedded text) of every study."""
        yield from self._connection().execute("SELECT row, digest FROM studies ORDER BY row")
