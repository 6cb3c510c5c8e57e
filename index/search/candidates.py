"""Which studies match a condition, by concepts, words and meaning; filters come after."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.arrays import highest
from index.catalogue.snapshot import Snapshot
from index.encoder import Encoder, Vectors
from index.search.evidence import Evidence, both, either, is_among, looked_up
from index.search.meaning import BROADER_STEPS, Meaning, Reader

# Shares of the three voices in a study's score; by measurement (docs/search.md).
CONCEPT, WORDS, SIMILAR = 1.0, 0.35, 0.9
BODY = 0.4
BY_WORDS, BY_MEANING = 300, 200
FULLY_SCORED = 400
"""Of what concepts and words find, so many of the best are compared in meaning too."""
ENOUGH_ABOUT = 10
"""With fewer studies about the condition, those about what it is a kind of are shown as related."""
BROADER, BROADER_STEP = 1.0, 0.8
SPEAKS = 0.1
"""A concept's weight from which a study is worth showing as related however unlike its words are."""
MOST_RELATED = 40
"""Related studies are a help, not a list to read to the end."""
LEAST_SIMILAR, LEAST_SIMILAR_BESIDE_ABOUT = 0.4, 0.52
"""Cosine from which a study is worth showing as related; stricter where better ones were found."""
RELATED_BESIDE = 1_000
"""With more studies about the condition nobody reads on to those that are only related to it."""


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
        # The less of the words a concept covers, the less it speaks for what was asked.
        about, weights, known, known_weights = self._evidence(meaning).weighing(meaning.covered).split()
        vector = self._vector(meaning)
        words = np.zeros(shot.rows, dtype=np.float32)
        shot.head.add_scores(words, meaning.tokens)
        shot.body.add_scores(words, meaning.tokens, BODY)
        words *= WORDS / (float(words.max()) or 1.0)
        near = shot.meaning.nearest(vector, BY_MEANING)
        score = weights + words.take(about)
        every = np.ones(len(about), dtype=np.bool_)
        if len(about) > RELATED_BESIDE:
            return Candidates(about, every, score, vector, near)
        words[about] = 0
        others = np.concatenate([known[highest(known_weights, FULLY_SCORED)], highest(words, BY_WORDS), near])
        others = np.setdiff1d(others, about)
        by_concept = looked_up(known, known_weights, others)
        least = LEAST_SIMILAR_BESIDE_ABOUT if len(about) else LEAST_SIMILAR
        similar = self.cosine(vector, others)
        # A word alone is too little to be related; a concept that few studies share speaks for itself.
        worth = np.flatnonzero((similar >= least) | (by_concept > SPEAKS))
        total = by_concept + words[others] + SIMILAR * similar
        best = np.sort(worth[np.argsort(-total[worth], kind="stable")[:MOST_RELATED]])
        at = np.searchsorted(about, others[best])
        return Candidates(
            np.insert(about, at, others[best]),
            np.insert(every, at, False),
            np.insert(score, at, by_concept[best] + words[others[best]]),
            vector,
            near,
        )

    def cosine(self, vector: Vectors, rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """Likeness in meaning of the query with these rows, 0 where they are unlike, (len(rows),)."""
        return np.maximum(self.snapshot.meaning.similarity(vector, rows), 0)

    def _evidence(self, meaning: Meaning) -> Evidence:
        """What concepts say; of words that no concept knows, what carries every one of them."""
        found = both([either([self._of(number) for number in group]) for group in meaning.concepts])
        if not meaning.concepts:
            found = Evidence.of_rows(self._carrying(meaning.tokens), 0, True)
        elif narrowing := self.reader.narrowing(meaning):
            found = found.only_in(self._carrying(narrowing))
        for group in meaning.required:
            needed = either([self._of(number) for number in group])
            found = found.only_in(needed.rows[needed.earned])
        for number in meaning.negated:
            found = found.halved_in(self._of(number).rows)
        if np.count_nonzero(found.earned) < ENOUGH_ABOUT:
            found = either([found, *self._broader(meaning)])
        return found

    def _of(self, number: int) -> Evidence:
        return Evidence.of_concept(number, self.snapshot.postings)

    def _broader(self, meaning: Meaning) -> list[Evidence]:
        """Studies of a broader condition, with some weight: siblings are better than nothing.

        The fewer studies share the broader condition, the nearer to what was asked they are: warts say
        much of a verruca, viral infections little.
        """
        above = self.snapshot.concepts.above
        return [
            shared.weighing(BROADER * BROADER_STEP**steps * self._telling(len(shared.rows))).unearned()
            for number in meaning.numbers
            for broader, steps in above[number].items()
            if 1 <= steps <= BROADER_STEPS and len((shared := self._of(broader)).rows)
        ]

    def _telling(self, studies: int) -> float:
        """How much it says of a study that it is one of so many, 0 to 1: its information content."""
        return 1 - math.log1p(studies) / math.log1p(self.snapshot.rows)

    def _carrying(self, tokens: list[str]) -> NDArray[np.intp]:
        """Studies whose title, conditions, keywords or tags hold every one of these words, ascending."""
        if not tokens:
            return np.empty(0, dtype=np.intp)
        # The rarest word first: what holds it is looked up among what holds the others.
        rows, *others = sorted(map(self.snapshot.head.rows_with, tokens), key=len)
        for other in others:
            rows = rows[is_among(rows, other)]
        return rows.astype(np.intp)

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
