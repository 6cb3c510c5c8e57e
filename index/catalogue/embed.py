"""Vectors of a snapshot: of the studies' texts and of the lexicon's names, each embedded once only."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import mapped
from index.catalogue import store
from index.catalogue.entry import Entry
from index.catalogue.snapshot import CONCEPT_VECTORS, read_manifest
from index.concepts import Concepts
from index.encoder import Encoder

AT_ONCE = 8192


@dataclass(frozen=True)
class Embedder:
    """Embeds what the last snapshot did not.

    last: a snapshot whose vectors were made by the same model; digest: the lexicon's
    """

    encoder: Encoder
    last: Path | None
    digest: str

    def studies(self, entries: Iterator[Entry], count: int, file: Path) -> int:
        """Write the studies' vectors, float16 (count, d); gives back how many were new."""
        known: dict[str, int] = {}
        if self.last:
            known = {digest: row for row, digest in store.Store(self.last).digests()}
            old = mapped(self.last / "vectors.npy")
        found = np.lib.format.open_memmap(file, "w+", np.float16, (count, self.encoder.size))
        new = 0
        rows = enumerate(entries)
        while piece := [(row, e.embedded, known.get(e.digest)) for row, e in islice(rows, AT_ONCE)]:
            kept = [(row, at) for row, _, at in piece if at is not None]
            if kept:
                found[[row for row, _ in kept]] = old[[at for _, at in kept]]
            missing = [(row, text) for row, text, at in piece if at is None]
            if missing:
                texts = [text for _, text in missing]
                found[[row for row, _ in missing]] = self.encoder.encode_passages(texts)
            new += len(missing)
        found.flush()
        return new

    def lexicon(self, concepts: Concepts) -> NDArray[np.float16]:
        """The lexicon's plain names (n, d), so that a known condition costs no embedding when asked."""
        names = concepts.names[: concepts.of_lexicon]
        if self.last and read_manifest(self.last).lexicon == self.digest:
            kept: NDArray[np.float16] = np.load(self.last / CONCEPT_VECTORS)
            if len(kept) == len(names):
                return kept
        return self.encoder.encode_passages(names, progress=False).astype(np.float16)
