"""How much memory a build takes with as many studies as a whole registry has, and how long a day's changes.

Records are multiplied under new ids, and the memo with them, as after a first build: annotating one study
at a time does not depend on how many there are, and would take most of a day here. Everything else is
done as it is: every record is read and tied, every file of the snapshot written. Of all but the changed
studies the vectors are made up.
"""

import gzip
import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain, repeat
from pathlib import Path

import numpy as np

from bench.building import EVERYTHING, ONE_IN
from index.catalogue import memo
from index.catalogue.build import build
from index.catalogue.follow import default_model
from index.catalogue.gather import entry_key
from index.encoder import Encoder, Vectors
from index.places import Places
from index.registries.files import Raw, raw_records

_ID = '"nctId": "'
_TITLE = '"briefTitle": "'


@dataclass(frozen=True)
class Memory:
    """One build: megabytes at the peak (mapped files among them), seconds."""

    what: str
    studies: int
    megabytes: int
    seconds: float


class MadeUp(Encoder):
    """Random unit vectors where there are very many texts, the model's own for a few."""

    def encode_passages(self, texts: list[str], progress: bool | None = None) -> Vectors:
        """Unit vectors (n, size)."""
        if len(texts) < 1_000:
            return super().encode_passages(texts, progress)
        vectors = np.random.default_rng(len(texts)).normal(size=(len(texts), self.size)).astype(np.float32)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def measure(records: Path, built: Path, folder: Path, studies: int) -> list[Memory]:
    """Two builds of about so many studies, each in a process of its own: all new, then one in a hundred.

    records: a folder with JSON lines of ClinicalTrials.gov; built: a catalogue made from it
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in built.glob(".lexicon-*.json"):
        shutil.copyfile(file, folder / file.name)
    lines = [line for file in sorted(records.glob("*.jsonl.gz")) for line in _lines(file)]
    times = studies // len(lines) + 1
    multiplied = folder / "records.jsonl.gz"
    copies = enumerate(chain.from_iterable(repeat(lines, times)))
    _write(multiplied, (_renamed(line, at) for at, line in copies))
    _multiply_memo(built / memo.NAME, folder / memo.NAME, records, multiplied, len(lines))
    first = _in_a_process("every study new", folder, multiplied)
    changed = (line.replace(_TITLE, _TITLE + "Changed: ", 1) if not at % ONE_IN else line
               for at, line in enumerate(_lines(multiplied)))  # fmt: skip
    _write(folder / "changed.jsonl.gz", changed)
    multiplied.unlink()
    second = _in_a_process("one study in a hundred changed", folder, folder / "changed.jsonl.gz")
    shutil.rmtree(folder)
    return [first, second]


def _lines(file: Path) -> Iterator[str]:
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        yield from (line for line in stream if line.strip())


def _write(file: Path, lines: Iterator[str]) -> None:
    with gzip.open(file, "wt", encoding="utf-8", compresslevel=1) as stream:
        stream.writelines(lines)


def _renamed(line: str, number: int) -> str:
    at = line.index(_ID) + len(_ID)
    return f"{line[:at]}NCT9{number:07}{line[at + 11 :]}"


def _multiply_memo(old: Path, new: Path, records: Path, multiplied: Path, count: int) -> None:
    """The entry of each copy is that of its origin under the copy's id and digest."""
    with closing(sqlite3.connect(old)) as known, closing(sqlite3.connect(new)) as database:
        database.executescript(memo.SCHEMA)
        database.executemany("INSERT INTO version VALUES (?, ?)", known.execute("SELECT * FROM version"))
        files = sorted(records.glob("*.jsonl.gz"))
        origins = [raw.digest for raw in raw_records(files) if isinstance(raw, Raw)]
        if len(origins) != count:
            raise ValueError(f"{count} lines, but {len(origins)} records: the folder holds damaged ones")
        for at, raw in enumerate(raw_records([multiplied])):
            if not isinstance(raw, Raw):
                raise TypeError(str(raw))
            origin = origins[at % count]
            study = known.execute("SELECT study FROM read WHERE digest = ?", (origin,)).fetchone()
            key = entry_key(origin, 0)
            entry = known.execute("SELECT study, rest, text FROM entries WHERE key = ?", (key,)).fetchone()
            if entry is None:
                continue  # tied to another record: the copy is then a new study
            nct = f"NCT9{at:07}"
            database.execute("INSERT INTO read VALUES (?, ?, ?)", (raw.digest, nct, *study))
            renamed = [text.replace(json.loads(entry[0])["id"], nct) for text in entry[:2]]
            row = (entry_key(raw.digest, 0), *renamed, entry[2])
            database.execute("INSERT INTO entries VALUES (?, ?, ?, ?)", row)
        database.commit()


def _in_a_process(what: str, root: Path, file: Path) -> Memory:
    command = [sys.executable, "-m", "bench.memory", what, str(root), str(file)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 (our own)
    return Memory(**json.loads(done.stdout.splitlines()[-1]))


def main(what: str, root: Path, file: Path) -> None:
    """Build once and print the result as JSON."""
    start = time.perf_counter()
    encoder, places = MadeUp(default_model()), Places.load(None)
    manifest = build([file], root, encoder, places, EVERYTHING, partial(print, file=sys.stderr))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(asdict(Memory(what, manifest.studies, peak, time.perf_counter() - start))))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
