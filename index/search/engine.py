"""Ranking: concepts, words and meaning fused into one order, then filtered exactly."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalogue.snapshot import Snapshot
from index.encoder import Encoder, Vectors
from index.queries import StudyQuery
from index.search import filters
from index.search.meaning import Meaning, Reader

# Shares of the three voices in a study's score; by measurement (docs/search.md).
CONCEPT, WORDS, SIMILAR = 1.0, 0.35, 0.9
BY_WORDS, BY_MEANING = 300, 200
ENOUGH_ABOUT = 10
"""With fewer studies about the condition, those about what it is a kind of are shown as related."""
BROADER, BROADER_STEP, BROADER_STEPS = 0.5, 0.8, 2
MOST_RELATED = 40
"""Related studies are a help, not a list to read to the end."""
LEAST_SIMILAR, LEAST_SIMILAR_BESIDE_ABOUT = 0.4, 0.52
"""Cosine from which a study is worth showing as related; stricter where better ones were found."""
DISTANCE_WEIGHT = 0.25


@dataclass(frozen=True)
class Ranked:
    """Studies in order: rows, whether each is about the condition, and miles (inf if unknown)."""

    rows: NDArray[np.int64]
    about: NDArray[np.bool_]
    miles: NDArray[np.float64]
    filtered: filters.Filtered
    meaning: Meaning


class Engine:
    """Searches one snapshot; safe to share between threads."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder):
        self.snapshot = snapshot
        self.encoder = encoder
        self.reader = Reader(snapshot.concepts, snapshot.head.vocabulary, encoder.is_word)

    def rank(self, query: StudyQuery) -> Ranked:
        """All studies that match, best first: those about the condition, then related ones."""
        meaning = self.reader.read(query.condition or "")
        if not (query.condition or "").strip():
            rows = np.arange(self.snapshot.rows, dtype=np.int64)
            about = np.ones(len(rows), dtype=np.bool_)
            score = np.zeros(len(rows), dtype=np.float32)
        else:
            rows, about, score = self._candidates(meaning)
        filtered = filters.apply(query, rows, self.snapshot.columns)
        keep = np.flatnonzero(filtered.passed)
        order = self._order(score[keep], about[keep], filtered.miles[keep], query)
        chosen = keep[order]
        return Ranked(rows[chosen], about[chosen], filtered.miles[chosen], filtered, meaning)

    def _candidates(
        self, meaning: Meaning
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.float32]]:
        """(rows, about, score) of the studies that match a condition, filters apart."""
        shot = self.snapshot
        weight, about_all = self._by_concept(meaning)
        head = shot.head.scores(meaning.tokens)
        words = head + 0.4 * shot.body.scores(meaning.tokens)
        if not meaning.concepts:
            about_all |= self._carried(meaning.tokens)
        elif narrowing := self.reader.narrowing(meaning):
            about_all &= self._carried(narrowing)
        vector = self._vector(meaning)
        if np.count_nonzero(about_all) < ENOUGH_ABOUT:
            self._raise_broader(weight, meaning)
        # The less of the words a concept covers, the less it speaks for what was asked.
        weight *= meaning.covered
        found = np.union1d(np.flatnonzero(weight > 0), np.flatnonzero(about_all))
        by_words = _top(words, BY_WORDS)
        rows = np.union1d(np.union1d(found, by_words), shot.meaning.nearest(vector, BY_MEANING))
        rows = rows.astype(np.int64)
        similar = shot.meaning.similarity(vector, rows)
        most = float(words.max()) or 1.0
        score = (
            CONCEPT * weight[rows] + WORDS * words[rows] / most + SIMILAR * np.maximum(similar, 0)
        ).astype(np.float32)
        about = about_all[rows]
        return self._cut_related(rows, about, score, similar, weight[rows])

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

    def _cut_related(
        self,
        rows: NDArray[np.int64],
        about: NDArray[np.bool_],
        score: NDArray[np.float32],
        similar: NDArray[np.float32],
        weight: NDArray[np.float32],
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.float32]]:
        """Keep what is about the condition, and the best of what is near it."""
        least = LEAST_SIMILAR_BESIDE_ABOUT if about.any() else LEAST_SIMILAR
        near = ~about & ((similar >= least) | (weight > 0))
        related = np.flatnonzero(near)
        related = related[np.argsort(-score[related], kind="stable")[:MOST_RELATED]]
        keep = np.sort(np.concatenate([np.flatnonzero(about), related]))
        return rows[keep], about[keep], score[keep]

    def _order(
        self,
        score: NDArray[np.float32],
        about: NDArray[np.bool_],
        miles: NDArray[np.float64],
        query: StudyQuery,
    ) -> NDArray[np.intp]:
        """About before related; within each, fit and nearness together."""
        total = score.astype(np.float64)
        if query.place is not None:
            # Ten miles matter near home and little far away; an unknown distance counts as far.
            nearness = 1 / (1 + np.where(np.isfinite(miles), miles, 500.0) / 15)
            total = total + DISTANCE_WEIGHT * 4 * nearness
        return np.lexsort((np.arange(len(total)), -total, ~about))


def _top(scores: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Rows of the highest scores above zero, at most count, unordered."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) <= count:
        return positive
    return positive[np.argpartition(-scores[positive], count)[:count]]
