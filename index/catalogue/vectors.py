"""Meaning: the FAISS index over the studies' embeddings.

Flat (exact) up to 50,000 studies, then IVF with 8-bit codes: the sizes at which each was the
faster one with at least 0.99 of the exact top 10 (docs/search.md).
"""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.arrays import mapped
from index.encoder import Vectors

FLAT_UP_TO = 50_000
PIECE = 50_000
"""Vectors in memory at a time while building."""
Rows = NDArray[np.int64]


def build(vectors: NDArray[np.float16], file: Path) -> str:
    """Write the index over unit vectors of shape (n, d), read piece by piece; gives back its kind."""
    count, size = vectors.shape
    index: Any
    if count <= FLAT_UP_TO:
        index = faiss.IndexFlatIP(size)
        kind = "Flat"
    else:
        lists = int(2 ** round(np.log2(4 * np.sqrt(count))))
        kind = f"IVF{lists},SQ8"
        index = faiss.index_factory(size, kind, faiss.METRIC_INNER_PRODUCT)
        sample = np.random.default_rng(0).choice(count, min(count, 40 * lists), replace=False)
        index.train(vectors[np.sort(sample)].astype(np.float32))
    for start in range(0, count, PIECE):
        index.add(vectors[start : start + PIECE].astype(np.float32))
    faiss.write_index(index, str(file))
    return kind


class Meaning:
    """The index opened for reading; the vectors lie beside it in half precision."""

    def __init__(self, file: Path, vectors: Path):
        self.index = faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)
        self.vectors: NDArray[np.float16] = mapped(vectors)
        if hasattr(self.index, "nprobe"):
            self.index.nprobe = 32

    def nearest(self, query: Vectors, count: int) -> Rows:
        """Rows of the studies nearest in meaning, best first, shape (count or fewer,)."""
        count = min(count, self.index.ntotal)
        if count == 0:
            return np.empty(0, dtype=np.int64)
        _, rows = self.index.search(query.reshape(1, -1), count)
        found: Rows = rows[0]
        return found[found >= 0]

    def similarity(self, query: Vectors, rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """Cosine of the query with these rows, shape (len(rows),)."""
        chosen = np.asarray(self.vectors[rows], dtype=np.float32)
        result: NDArray[np.float32] = chosen @ query
        return result
