"""Ranking: concepts, words and meaning fused into one order, then filtered exactly."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays import highest
from index.catalogue.snapshot import Snapshot
from index.encoder import Encoder
from index.queries import StudyQuery
from index.search import candidates, filters
from index.search.candidates import Candidates, Finder
from index.search.evidence import is_among
from index.search.meaning import Meaning

ABOUT_FIRST = 100.0
DISTANCE_WEIGHT = 0.25
DOUBT, MOST_DOUBTS = 9.0, 4
"""More than any score: what may not fit by an answer comes after all that may, among its like. More doubts
move a study no further, so that one about the condition stays before related ones."""
NEXT = 1e-12
"""So much less counts a row than the one before it: no two scores are equal, and pages never overlap."""


@dataclass(frozen=True)
class Ranked:
    """A page of the studies that match: rows, whether each is about the condition, miles (inf if unknown).

    total, total_about: of all that match, not of the page
    """

    rows: NDArray[np.int64]
    about: NDArray[np.bool_]
    miles: NDArray[np.float64]
    total: int
    total_about: int
    filtered: filters.Filtered
    meaning: Meaning


class Engine:
    """Searches one snapshot; safe to share between threads."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder):
        self.snapshot = snapshot
        self.finder = Finder(snapshot, encoder)

    def rank(self, query: StudyQuery, answers: Mapping[str, bool] | None = None) -> Ranked:
        """The page asked for, best first: studies about the condition, then related ones.

        answers: to questions about rules, topic -> yes or no; a study that one stands against comes
        after those that none does, and stays in the result
        """
        meaning = self.finder.reader.read(query.condition or "", query.concepts)
        found = self.finder.find(meaning) if (query.condition or "").strip() else self._everything()
        columns = self.snapshot.columns
        filtered = filters.apply(query, found.rows, columns)
        rows, about, base, miles = found.rows, found.about, found.score, filtered.miles
        if not filtered.passed.all():
            keep = np.flatnonzero(filtered.passed)
            rows, about, base, miles = rows[keep], about[keep], base[keep], miles[keep]
        score = 1 + base + ABOUT_FIRST * about - NEXT * np.arange(len(rows))
        if query.place is not None:
            # Ten miles matter near home and little far away; an unknown distance counts as far.
            score += DISTANCE_WEIGHT * 4 / (1 + np.minimum(miles, 500.0) / 15)
        if found.vector is not None:
            best = highest(score, candidates.FULLY_SCORED)
            best = np.union1d(best, np.searchsorted(rows, found.near[is_among(found.near, rows)]))
            score[best] += candidates.SIMILAR * self.finder.cosine(found.vector, rows[best])
        if answers:
            doubts = np.minimum(self.snapshot.doubts.count(answers, rows), MOST_DOUBTS)
            # Never below zero, where a score would count for nothing.
            score += DOUBT * (MOST_DOUBTS - doubts)
        page = highest(score, query.offset + query.limit)
        page = page[np.argsort(-score[page])][query.offset :]
        if query.place is not None:
            # With very many studies only near ones were measured: fill in what is shown.
            away = filters.nearest_miles(query.place, rows[page], columns)
        else:
            away = np.full(len(page), np.inf)
        total_about = int(np.count_nonzero(about))
        return Ranked(rows[page], about[page], away, len(rows), total_about, filtered, meaning)

    def _everything(self) -> Candidates:
        rows = np.arange(self.snapshot.rows, dtype=np.int64)
        nothing = np.zeros(len(rows), dtype=np.float32)
        return Candidates(rows, np.ones(len(rows), dtype=np.bool_), nothing, None)
