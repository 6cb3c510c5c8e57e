"""What the concepts asked for say about studies: which ones, how surely, and whether they earn `about`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalogue.postings import Postings

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Evidence:
    """Studies that carry a condition: rows ascending, weights float32, earned bool, all of shape (n,)."""

    rows: Rows
    weights: NDArray[np.float32]
    earned: NDArray[np.bool_]

    @classmethod
    def of_concept(cls, number: int, postings: Postings) -> "Evidence":
        """Of one concept, broader mentions included."""
        return cls(*postings.of_concept(number))

    @classmethod
    def of_rows(cls, rows: Rows, weight: float, earned: bool) -> "Evidence":
        """The same weight for each of these rows."""
        weights = np.full(len(rows), weight, dtype=np.float32)
        return cls(rows, weights, np.full(len(rows), earned))

    def weighing(self, factor: float) -> "Evidence":
        """The same with other weights."""
        return Evidence(self.rows, np.float32(factor) * self.weights, self.earned)

    def unearned(self) -> "Evidence":
        """The same studies, none of them `about`."""
        return Evidence(self.rows, self.weights, np.zeros_like(self.earned))

    def only_in(self, rows: Rows) -> "Evidence":
        """Of those that earned `about`, only these do."""
        return Evidence(self.rows, self.weights, self.earned & is_among(self.rows, rows))

    def halved_in(self, rows: Rows) -> "Evidence":
        """These studies count half: they are of something that was ruled out."""
        halved = np.where(is_among(self.rows, rows), np.float32(0.5), np.float32(1))
        return Evidence(self.rows, halved * self.weights, self.earned)

    def split(self) -> tuple[Rows, NDArray[np.float32], Rows, NDArray[np.float32]]:
        """(rows, weights) of those that earned `about`, then of the others."""
        others = ~self.earned
        return self.rows[self.earned], self.weights[self.earned], self.rows[others], self.weights[others]


def either(parts: list[Evidence]) -> Evidence:
    """Evidence for any of several things: the surest counts."""
    return _together(parts, np.maximum)


def both(parts: list[Evidence]) -> Evidence:
    """Evidence for several things at once: a study of both comes before a study of one."""
    return _together([part.weighing(1 / len(parts)) for part in parts], np.add)


def _together(parts: list[Evidence], join: np.ufunc) -> Evidence:
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Evidence.of_rows(np.empty(0, dtype=np.intp), 0, False)
    size = 1 + max((int(part.rows[-1]) for part in parts if len(part.rows)), default=0)
    weights, earned = np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.bool_)
    touched = np.zeros(size, dtype=np.bool_)
    for part in parts:
        weights[part.rows] = join(weights[part.rows], part.weights)
        earned[part.rows] |= part.earned
        touched[part.rows] = True
    rows = np.flatnonzero(touched)
    return Evidence(rows, weights[rows], earned[rows])


def is_among(wanted: NDArray[np.integer], rows: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which of the wanted rows are in `rows` (ascending)."""
    if len(rows) == 0:
        return np.zeros(len(wanted), dtype=np.bool_)
    at = np.minimum(np.searchsorted(rows, wanted), len(rows) - 1)
    found: NDArray[np.bool_] = rows[at] == wanted
    return found


def looked_up(evidence_rows: Rows, weights: NDArray[np.float32], wanted: Rows) -> NDArray[np.float32]:
    """The weights of the wanted rows, 0 for those without evidence."""
    if len(evidence_rows) == 0:
        return np.zeros(len(wanted), dtype=np.float32)
    at = np.minimum(np.searchsorted(evidence_rows, wanted), len(evidence_rows) - 1)
    return np.where(evidence_rows[at] == wanted, weights[at], np.float32(0))
