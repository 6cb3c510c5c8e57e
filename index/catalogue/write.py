"""Writing a snapshot's files from its entries, a few in memory at a time."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import mapped
from index.catalogue import doubts, fulltext, store, vectors
from index.catalogue.columns import Columns
from index.catalogue.embed import Embedder
from index.catalogue.entry import Entry
from index.catalogue.memo import Memo
from index.catalogue.postings import Postings
from index.catalogue.snapshot import CONCEPT_VECTORS
from index.concepts import Concepts

UNPLACED = "unplaced_sites.jsonl"
"""A site a line that has no known place, as its record gives it."""
MOST_NAMES = 200_000
"""Names that only records have; of more than this the most frequent count."""
IN_MEMORY = 20_000
"""Up to so many entries are read once and held; more are read anew for each file."""
Numbers = dict[int | str, int]


@dataclass
class Written:
    """What went into a snapshot: counts, newest update by source, kind of vector index, lexicon's digest."""

    sources: Counter[str] = field(default_factory=Counter)
    newest: dict[str, date | None] = field(default_factory=dict)
    studies: int = 0
    open: int = 0
    sites: int = 0
    unplaced: int = 0
    tied: int = 0
    concepts: int = 0
    kind: str = ""
    lexicon: str = ""

    def count(self, entry: Entry) -> None:
        """Add one study."""
        self.sources[entry.source] += 1
        newest = self.newest.get(entry.source)
        self.newest[entry.source] = max(filter(None, (newest, entry.updated)), default=None)
        self.studies += 1
        self.open += entry.open
        self.sites += entry.sites
        self.unplaced += len(entry.unplaced)
        self.tied += len(entry.ids) - 1


def write(
    folder: Path,
    memo: Memo,
    concepts: Concepts,
    embedder: Embedder,
    vectors_of_lexicon: Callable[[], NDArray[np.float16]],
) -> tuple[Written, int]:
    """Everything but the manifest; gives back also how many studies had to be embedded.

    concepts: of the lexicon; the names of the records are added to it
    vectors_of_lexicon: gives what `embedder.lexicon` made
    """
    written = Written(lexicon=embedder.digest)
    numbers: Numbers = {number: number for number in range(concepts.of_lexicon)}
    numbers.update(concepts.extend(_names(memo)))
    concepts.save(folder / "concepts.json")
    written.concepts = len(concepts.ids)

    few = list(memo.entries()) if memo.wanted() <= IN_MEMORY else None

    def entries() -> Iterator[Entry]:
        return memo.entries() if few is None else iter(few)

    def rows() -> Iterator[store.Row]:
        with (folder / UNPLACED).open("w", encoding="utf-8") as unplaced:
            for entry in entries():
                written.count(entry)
                unplaced.writelines(json.dumps(site, ensure_ascii=False) + "\n" for site in entry.unplaced)
                yield store.Row(entry.id, entry.ids, entry.digest, entry.study, _parts(entry, numbers))

    store.write(folder, rows())
    Columns.of((entry.properties, entry.points) for entry in entries()).save(folder / "columns")
    doubts.save(folder, (entry.doubts for entry in entries()))
    postings = Postings.of((_weights(entry, numbers) for entry in entries()), written.concepts)
    postings.save(folder / "postings")
    fulltext.build((entry.head for entry in entries()), folder / fulltext.HEAD)
    fulltext.build((entry.body for entry in entries()), folder / fulltext.BODY)
    embedded = embedder.studies(entries(), written.studies, folder / "vectors.npy")
    np.save(folder / CONCEPT_VECTORS, vectors_of_lexicon())
    written.kind = vectors.build(mapped(folder / "vectors.npy"), folder / "vectors.faiss")
    return written, embedded


def _names(memo: Memo) -> list[tuple[str, str, dict[int, int]]]:
    """Each name that only records have, in its most frequent writing."""
    writings: dict[str, Counter[str]] = {}
    above: dict[str, dict[int, int]] = {}
    for name_id, name, over in memo.names():
        writings.setdefault(name_id, Counter())[name] += 1
        above.setdefault(name_id, over)
    counted = sorted(writings.items(), key=lambda item: -item[1].total())
    return [(name_id, names.most_common(1)[0][0], above[name_id]) for name_id, names in counted[:MOST_NAMES]]


def _parts(entry: Entry, numbers: Numbers) -> str:
    """What each part names, in the snapshot's numbers; names that no record lists are left out."""
    if '"name:' not in entry.parts:
        return entry.parts
    parts = [
        (part, text, known, whole)
        for part, text, named, whole in json.loads(entry.parts)
        if (known := [numbers[one] for one in named if one in numbers])
    ]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def _weights(entry: Entry, numbers: Numbers) -> Iterator[tuple[int, float, bool]]:
    for concept, (weight, about) in entry.weights.items():
        if concept in numbers:
            yield numbers[concept], weight, about
