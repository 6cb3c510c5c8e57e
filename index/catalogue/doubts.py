"""Which answers about rules stand against which studies, so that one moves them in a whole result."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.models import Study
from index.wording.ledger import doubts
from index.wording.topics import topics

BITS = "doubts.npy"
TOPICS = "topics.json"
MOST_TOPICS = 32


def doubt_bits(study: Study) -> int:
    """Two bits a topic, in the editors' order: whether a no, and whether a yes, stands against joining.

    Raises ValueError when there are more topics than bits.
    """
    order = _topic_ids()
    bits = 0
    for topic, answer in doubts(study):
        bits |= 1 << 2 * order.index(topic) + answer
    return bits


def save(folder: Path, rows: Iterable[int]) -> None:
    """Write every study's bits, in row order, and which topics they stand for."""
    np.save(folder / BITS, np.fromiter(rows, dtype=np.uint64))
    (folder / TOPICS).write_text(json.dumps(_topic_ids()), encoding="utf-8")


def _topic_ids() -> list[str]:
    order = [topic.id for topic in topics()]
    if len(order) > MOST_TOPICS:
        raise ValueError(f"questions.yml: {len(order)} topics, and there may be {MOST_TOPICS}")
    return order


class Doubts:
    """Opened from a snapshot's folder. One from before there were answers has none."""

    def __init__(self, folder: Path):
        self._bits: NDArray[np.uint64] | None = None
        if (folder / BITS).exists():
            self._bits = np.load(folder / BITS, mmap_mode="r")
            self._order: list[str] = json.loads((folder / TOPICS).read_text(encoding="utf-8"))

    def count(self, answers: Mapping[str, bool], rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many of the answers (topic -> yes or no) stand against each of the rows, (len(rows),)."""
        found = np.zeros(len(rows), dtype=np.int64)
        if self._bits is None:
            return found
        bits = self._bits[rows]
        for topic, answer in answers.items():
            if topic in self._order:
                bit = np.uint64(2 * self._order.index(topic) + answer)
                found += ((bits >> bit) & np.uint64(1)).astype(np.int64)
        return found
