"""Ranking: concepts, words and meaning fused into one order, then filtered exactly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.catalogue.snapshot import Snapshot
from index.encoder import Encoder, Vectors
from index.queries import StudyQuery
from index.search import filters
from index.search.meaning import BROADER_STEPS, Meaning, Reader

# Shares of the three voices in a study's score; by measurement (docs/search.md).
CONCEPT, WORDS, SIMILAR = 1.0, 0.35, 0.9
BODY = 0.4
BY_WORDS, BY_MEANING = 300, 200
FULLY_SCORED = 400
"""Of what concepts and words find, so many of the best are compared in meaning too."""
ABOUT_FIRST = 100.0
DOUBT = 9.0
"""More than any score: what may not fit by an answer comes after all that may, among its like."""
ORDER_ALL = 5_000
ENOUGH_ABOUT = 10
"""With fewer studies about the condition, those about what it is a kind of are shown as related."""
BROADER, BROADER_STEP = 0.5, 0.8
MOST_RELATED = 40
"""Related studies are a help, not a list to read to the end."""
LEAST_SIMILAR, LEAST_SIMILAR_BESIDE_ABOUT = 0.4, 0.52
"""Cosine from which a study is worth showing as related; stricter where better ones were found."""
DISTANCE_WEIGHT = 0.25
MOST_DOUBTS = 4
"""More doubts move a study no further, so that one about the condition stays before related ones."""


@dataclass(frozen=True)
class Ranked:
    """Studies in order: rows, whether each is about the condition, and miles (inf if unknown)."""

    rows: NDArray[np.int64]
    about: NDArray[np.bool_]
    miles: NDArray[np.float64]
    filtered: filters.Filtered
    meaning: Meaning


@dataclass(frozen=True)
class Candidates:
    """Studies before the filters: rows, whether each is about the condition, score without meaning.

    vector: the query's, None when no condition was asked; near: rows that are nearest to it
    """

    rows: NDArray[np.int64]
    about: NDArray[np.bool_]
    score: NDArray[np.float32]
    vector: Vectors | None
    near: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))


class Engine:
    """Searches one snapshot; safe to share between threads."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder):
        self.snapshot = snapshot
        self.encoder = encoder
        self.reader = Reader(snapshot.concepts, snapshot.head.vocabulary, encoder.is_word)

    def rank(self, query: StudyQuery, answers: Mapping[str, bool] | None = None) -> Ranked:
        """All studies that match, best first: those about the condition, then related ones.

        answers: to questions about rules, topic -> yes or no; a study that one stands against comes
        after those that none does, and stays in the result
        """
        meaning = self.reader.read(query.condition or "")
        if (query.condition or "").strip():
            found = self._candidates(meaning)
        else:
            rows = np.arange(self.snapshot.rows, dtype=np.int64)
            nothing = np.zeros(len(rows), dtype=np.float32)
            found = Candidates(rows, np.ones(len(rows), dtype=np.bool_), nothing, None)
        filtered = filters.apply(query, found.rows, self.snapshot.columns)
        keep = np.flatnonzero(filtered.passed)
        rows, about, miles = found.rows[keep], found.about[keep], filtered.miles[keep]
        score = found.score[keep].astype(np.float64)
        if query.place is not None:
            # Ten miles matter near home and little far away; an unknown distance counts as far.
            score += DISTANCE_WEIGHT * 4 / (1 + np.where(np.isfinite(miles), miles, 500.0) / 15)
        if found.vector is not None:
            best = _top(np.where(about, score + ABOUT_FIRST, score), FULLY_SCORED)
            best = np.union1d(best, _places_of(found.near, rows))
            score[best] += SIMILAR * np.maximum(self._similar(found.vector, rows[best]), 0)
        if answers:
            score -= DOUBT * np.minimum(self.snapshot.doubts.count(answers, rows), MOST_DOUBTS)
        order = _order(score, about, query.offset + query.limit)
        rows, about, miles = rows[order], about[order], miles[order]
        self._measure_shown(query, rows, miles)
        return Ranked(rows, about, miles, filtered, meaning)

    def _measure_shown(
        self, query: StudyQuery, rows: NDArray[np.int64], miles: NDArray[np.float64]
    ) -> None:
        """Fill in the distances of what is shown where only near sites were measured."""
        window = slice(query.offset, query.offset + query.limit)
        if query.place is not None:
            miles[window] = filters.nearest_miles(query.place, rows[window], self.snapshot.columns)

    def _candidates(self, meaning: Meaning) -> "Candidates":
        """The studies that match a condition, filters apart."""
        shot = self.snapshot
        weight, about = self._by_concept(meaning)
        words = shot.head.scores(meaning.tokens)
        words += BODY * shot.body.scores(meaning.tokens)
        if not meaning.concepts:
            about |= self._carried(meaning.tokens)
        elif narrowing := self.reader.narrowing(meaning):
            about &= self._carried(narrowing)
        vector = self._vector(meaning)
        if np.count_nonzero(about) < ENOUGH_ABOUT:
            self._raise_broader(weight, meaning)
        # The less of the words a concept covers, the less it speaks for what was asked.
        weight *= meaning.covered
        near = shot.meaning.nearest(vector, BY_MEANING)
        score = CONCEPT * weight + (WORDS / (float(words.max()) or 1.0)) * words
        related = self._related(score, weight, words, about, near, vector)
        about[related] = True
        rows = np.flatnonzero(about)
        about[related] = False
        return Candidates(rows, about[rows], score[rows], vector, near)

    def _related(
        self,
        score: NDArray[np.float32],
        weight: NDArray[np.float32],
        words: NDArray[np.float32],
        about: NDArray[np.bool_],
        near: NDArray[np.int64],
        vector: Vectors,
    ) -> NDArray[np.int64]:
        """The best of what is near the condition but not about it."""
        apart = ~about
        by_concept = _top(weight * apart, FULLY_SCORED)
        by_words = _top(words * apart, BY_WORDS)
        rows = np.unique(np.concatenate([by_concept, by_words, near[apart[near]]]))
        similar = self._similar(vector, rows)
        least = LEAST_SIMILAR_BESIDE_ABOUT if about.any() else LEAST_SIMILAR
        worth = (similar >= least) | (weight[rows] > 0)
        total = score[rows] + SIMILAR * np.maximum(similar, 0)
        best = np.argsort(-total[worth], kind="stable")[:MOST_RELATED]
        return np.asarray(rows[worth][best], dtype=np.int64)

    def _similar(self, vector: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        return self.snapshot.meaning.similarity(vector, rows)

    def _by_concept(self, meaning: Meaning) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Each study's weight for what was asked, (n,), and whether a concept earns `about`."""
        weight = np.zeros(self.snapshot.rows, dtype=np.float32)
        about = np.zeros(self.snapshot.rows, dtype=np.bool_)
        groups = max(len(meaning.concepts), 1)
        for group in meaning.concepts:
            best = np.zeros_like(weight)
            for number in group:
                rows, weights, earned = self.snapshot.postings.of_concept(number)
                best[rows] = np.maximum(best[rows], weights)
                about[rows[earned]] = True
            # Two conditions: a study of both comes before a study of one.
            weight += best / groups
        for group in meaning.required:
            earned_too = np.zeros_like(about)
            for number in group:
                rows, _, earned = self.snapshot.postings.of_concept(number)
                earned_too[rows[earned]] = True
            about &= earned_too
        for number in meaning.negated:
            rows, _, _ = self.snapshot.postings.of_concept(number)
            wanted = np.zeros_like(about)
            wanted[rows] = True
            weight[wanted] *= 0.5
        return weight, about

    def _raise_broader(self, weight: NDArray[np.float32], meaning: Meaning) -> None:
        """Give studies of a broader condition some weight: siblings are better than nothing."""
        for number in meaning.numbers:
            for broader, steps in self.snapshot.concepts.above[number].items():
                if 1 <= steps <= BROADER_STEPS:
                    rows, weights, _ = self.snapshot.postings.of_concept(broader)
                    raised = BROADER * BROADER_STEP**steps * weights
                    weight[rows] = np.maximum(weight[rows], raised)

    def _carried(self, tokens: list[str]) -> NDArray[np.bool_]:
        """Studies whose title, conditions, keywords or tags hold every one of these words."""
        carried = np.zeros(self.snapshot.rows, dtype=np.bool_)
        if not tokens:
            return carried
        rows = self.snapshot.head.rows_with(tokens[0])
        for token in tokens[1:]:
            rows = np.intersect1d(rows, self.snapshot.head.rows_with(token))
        carried[rows] = True
        return carried

    def _vector(self, meaning: Meaning) -> Vectors:
        """The query's embedding. A known condition has one already; names speak beside odd words."""
        numbers = meaning.numbers[:3]
        if numbers and not meaning.leftover and max(numbers) < len(self.snapshot.concept_vectors):
            total = self.snapshot.concept_vectors[numbers].astype(np.float32).sum(axis=0)
            known: Vectors = total / np.linalg.norm(total)
            return known
        names = [self.snapshot.concepts.names[number] for number in numbers]
        text = meaning.text[:400]
        return self.encoder.encode_query("; ".join([text, *names]) if names else text)


def _places_of(wanted: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.intp]:
    """Where those of the wanted rows that are in `rows` (ascending) stand in it."""
    if len(rows) == 0:
        return np.empty(0, dtype=np.intp)
    at = np.minimum(np.searchsorted(rows, wanted), len(rows) - 1)
    return np.asarray(at[rows[at] == wanted])


def _order(score: NDArray[np.float64], about: NDArray[np.bool_], shown: int) -> NDArray[np.intp]:
    """About before related, best first, as they come where they are equal.

    Of very many only those up to the last one shown are put in order; the others follow.
    """
    if len(score) <= max(ORDER_ALL, shown):
        return np.lexsort((-score, ~about))
    # No two keys are equal, so that one page begins where the other ended.
    key = -(score + ABOUT_FIRST * about) + np.arange(len(score)) * 1e-12
    split = np.argpartition(key, shown)
    first = split[:shown]
    return np.concatenate([first[np.argsort(key[first])], split[shown:]])


def _top(scores: NDArray[np.floating[Any]], count: int) -> NDArray[np.intp]:
    """Rows of the highest scores above zero, at most count, unordered."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) <= count:
        return positive
    return positive[np.argpartition(-scores[positive], count)[:count]]
