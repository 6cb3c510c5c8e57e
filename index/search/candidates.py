"""Which studies match a condition, by concepts, words and meaning; filters come after."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.arrays import highest
from index.catalogue.snapshot import Snapshot
from index.encoder import Encoder, Vectors
from index.search.meaning import BROADER_STEPS, Meaning, Reader

# Shares of the three voices in a study's score; by measurement (docs/search.md).
CONCEPT, WORDS, SIMILAR = 1.0, 0.35, 0.9
BODY = 0.4
BY_WORDS, BY_MEANING = 300, 200
FULLY_SCORED = 400
"""Of what concepts and words find, so many of the best are compared in meaning too."""
ENOUGH_ABOUT = 10
"""With fewer studies about the condition, those about what it is a kind of are shown as related."""
BROADER, BROADER_STEP = 0.5, 0.8
MOST_RELATED = 40
"""Related studies are a help, not a list to read to the end."""
LEAST_SIMILAR, LEAST_SIMILAR_BESIDE_ABOUT = 0.4, 0.52
"""Cosine from which a study is worth showing as related; stricter where better ones were found."""
Rows = NDArray[np.int64]


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


class Finder:
    """Finds what matches a condition in one snapshot."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder):
        self.snapshot = snapshot
        self.encoder = encoder
        self.reader = Reader(snapshot.concepts, snapshot.head.vocabulary, encoder.is_word)

    def find(self, meaning: Meaning) -> Candidates:
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
        if len(earned := np.flatnonzero(about)) < ENOUGH_ABOUT:
            self._raise_broader(weight, meaning)
        # The less of the words a concept covers, the less it speaks for what was asked.
        weight *= CONCEPT * meaning.covered
        by_words = WORDS / (float(words.max()) or 1.0)

        def score(rows: Rows) -> NDArray[np.float32]:
            return weight.take(rows) + by_words * words.take(rows)

        near = shot.meaning.nearest(vector, BY_MEANING)
        apart = ~about
        near_it = [
            highest(weight * apart, FULLY_SCORED),
            highest(words * apart, BY_WORDS),
            near[apart[near]],
        ]
        related = self._related(np.unique(np.concatenate(near_it)), weight, score, vector, len(earned) > 0)
        found = np.insert(earned, np.searchsorted(earned, related), related)
        return Candidates(found, about.take(found), score(found), vector, near)

    def _related(
        self,
        rows: Rows,
        weight: NDArray[np.float32],
        score: Callable[[Rows], NDArray[np.float32]],
        vector: Vectors,
        beside_about: bool,
    ) -> Rows:
        """The best of these rows that are near the condition but not about it."""
        similar = self._cosine(vector, rows)
        least = LEAST_SIMILAR_BESIDE_ABOUT if beside_about else LEAST_SIMILAR
        worth = (similar >= least) | (weight[rows] > 0)
        total = score(rows) + SIMILAR * similar
        best = np.argsort(-total[worth], kind="stable")[:MOST_RELATED]
        return np.sort(rows[worth][best])

    def similar(self, vector: Vectors, rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """What likeness in meaning adds to the scores of these rows, (len(rows),)."""
        return SIMILAR * self._cosine(vector, rows)

    def _cosine(self, vector: Vectors, rows: NDArray[np.integer]) -> NDArray[np.float32]:
        return np.maximum(self.snapshot.meaning.similarity(vector, rows), 0)

    def _by_concept(self, meaning: Meaning) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Each study's weight for what was asked, (n,), and whether a concept earns `about`."""
        weight = np.zeros(self.snapshot.rows, dtype=np.float32)
        about = np.zeros(self.snapshot.rows, dtype=np.bool_)
        groups = max(len(meaning.concepts), 1)
        for group in meaning.concepts:
            best = weight if groups == 1 else np.zeros_like(weight)
            for number in group:
                rows, weights, earned = self.snapshot.postings.of_concept(number)
                best[rows] = np.maximum(best[rows], weights) if len(group) > 1 else weights
                about[rows] |= earned
            if groups > 1:
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
            weight[rows] *= 0.5
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
        # The rarest word first: what holds it is looked up among what holds the others.
        rows, *others = sorted(map(self.snapshot.head.rows_with, tokens), key=len)
        for other in others:
            rows = other[places_of(rows, other)]
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


def places_of(wanted: NDArray[np.integer], rows: NDArray[np.integer]) -> NDArray[np.intp]:
    """Where those of the wanted rows that are in `rows` (ascending) stand in it."""
    if len(rows) == 0:
        return np.empty(0, dtype=np.intp)
    at = np.minimum(np.searchsorted(rows, wanted), len(rows) - 1)
    return np.asarray(at[rows[at] == wanted])
