"""Which studies each concept has: concept -> rows, weights and whether each earns `about`."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import mapped

_NAMES = ("start", "rows", "weights", "about")


@dataclass(frozen=True)
class Postings:
    """c concepts over their studies, rows ascending within a concept.

    start: int64 (c + 1,); rows: int32 (p,); weights: float32 (p,); about: bool (p,)
    """

    start: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    about: NDArray[np.bool_]

    @classmethod
    def of(cls, studies: Iterable[Iterable[tuple[int, float, bool]]], concepts: int) -> "Postings":
        """Turned round from each study's (concept, weight, about)."""
        numbers, rows, weights, earned = array("i"), array("i"), array("f"), array("b")
        for row, found in enumerate(studies):
            for number, weight, about in found:
                numbers.append(number)
                rows.append(row)
                weights.append(weight)
                earned.append(about)
        by_concept = np.array(numbers, dtype=np.int32)
        order = np.argsort(by_concept, kind="stable")
        counts = np.bincount(by_concept, minlength=concepts)
        return cls(
            np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            np.array(rows, dtype=np.int32)[order],
            np.array(weights, dtype=np.float32)[order],
            np.array(earned, dtype=np.bool_)[order],
        )

    def save(self, folder: Path) -> None:
        """One .npy file each."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in _NAMES:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def open(cls, folder: Path) -> "Postings":
        """Memory-mapped."""
        return cls(*(mapped(folder / f"{name}.npy") for name in _NAMES))

    def of_concept(self, number: int) -> tuple[NDArray[np.intp], NDArray[np.float32], NDArray[np.bool_]]:
        """(rows, weights, about) of one concept, broader mentions included."""
        part = slice(self.start[number], self.start[number + 1])
        # As numpy wants them: it would turn them into places each time they are used.
        return self.rows[part].astype(np.intp), self.weights[part], self.about[part]
