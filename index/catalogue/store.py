"""The studies themselves: one row a study in `studies.sqlite`, found by row or by any of its ids."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.catalogue.annotate import Named
from index.models import Study
from index.wording.plainly import with_plain

NAME = "studies.sqlite"
_SCHEMA = """
CREATE TABLE studies (row INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, digest TEXT NOT NULL,
                      study TEXT NOT NULL, named TEXT NOT NULL);
CREATE TABLE ids (id TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID;
"""


def write(
    folder: Path, studies: Iterable[Study], digests: Iterable[str], parts: Iterable[list[Named]]
) -> None:
    """Write all studies by row; ids of the other registry lead to the same row.

    parts: what each study's record names, kept so that a search can say why it was found
    """
    with sqlite3.connect(folder / NAME) as database:
        database.executescript(_SCHEMA)
        for row, (study, digest, named) in enumerate(zip(studies, digests, parts, strict=True)):
            content = with_plain(study).model_dump_json(exclude_defaults=True)
            names = json.dumps(named, ensure_ascii=False, separators=(",", ":"))
            database.execute(
                "INSERT INTO studies VALUES (?, ?, ?, ?, ?)",
                (row, study.id, digest, content, names),
            )
            ids = {record.id for record in study.records} | {study.id}
            database.executemany(
                "INSERT OR IGNORE INTO ids VALUES (?, ?)", [(one.upper(), row) for one in ids]
            )
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

    def named(self, row: int) -> list[Named]:
        """What each part of a row's record names; raises KeyError when there is no such row."""
        found = self._connection().execute("SELECT named FROM studies WHERE row = ?", (int(row),))
        line = found.fetchone()
        if line is None:
            raise KeyError(row)
        return [Named(*part) for part in json.loads(line[0])]

    def row_of(self, study_id: str) -> int | None:
        """The row of a study by any registry's id, in any case."""
        found = self._connection().execute("SELECT row FROM ids WHERE id = ?", (study_id.strip().upper(),))
        line = found.fetchone()
        return int(line[0]) if line else None

    def digests(self) -> Iterator[tuple[int, str]]:
        """(row, digest of the embedded text) of every study."""
        yield from self._connection().execute("SELECT row, digest FROM studies ORDER BY row")
