"""How long a catalogue takes to build: from nothing, and with one record in a hundred changed."""

import gzip
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from index.catalogue.build import Options, build
from index.encoder import Encoder
from index.places import Places

ONE_IN = 100
_TITLE = '"briefTitle": "'
EVERYTHING = Options("any", "any")


@dataclass(frozen=True)
class Build:
    """Seconds."""

    studies: int
    from_nothing: float
    one_percent_changed: float


def measure(records: Path, folder: Path, encoder: Encoder) -> Build:
    """Build twice into `folder`/catalogue, which is kept for the other measurements."""
    root = folder / "catalogue"
    shutil.rmtree(root, ignore_errors=True)
    places = Places.load(None)
    start = time.perf_counter()
    manifest = build([records], root, encoder, places, EVERYTHING, print)
    first = time.perf_counter() - start
    changed = _changed(records, folder / "changed")
    start = time.perf_counter()
    build([changed], folder / "catalogue", encoder, places, EVERYTHING, print)
    return Build(manifest.studies, first, time.perf_counter() - start)


def _changed(records: Path, folder: Path) -> Path:
    """A copy of the records in which one title in a hundred is another."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(records, folder, copy_function=shutil.copyfile)
    for file in folder.glob("*.jsonl.gz"):
        with gzip.open(file, "rt", encoding="utf-8") as stream:
            lines = stream.readlines()
        for at in range(0, len(lines), ONE_IN):
            lines[at] = lines[at].replace(_TITLE, _TITLE + "Changed: ", 1)
        with gzip.open(file, "wt", encoding="utf-8", compresslevel=1) as stream:
            stream.writelines(lines)
    return folder
