"""Tolerant spelling: the nearest known word for one that nothing knows.

A word is left as it is when the lexicon, the catalogue or general English knows it: "sight problems"
must not become "weight problems".
"""

from collections.abc import Callable
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.concepts import Concepts
from index.text import stem

SHORTEST = 5
"""Shorter words are too near to too many others."""


class Spelling:
    """Corrects words against one snapshot's names; made once a snapshot.

    is_word: whether a word stands in a general English vocabulary
    """

    def __init__(self, concepts: Concepts, vocabulary: dict[str, int], is_word: Callable[[str], bool]):
        self.concepts = concepts
        self.vocabulary = vocabulary
        self.is_word = is_word
        self.nearest = lru_cache(maxsize=5_000)(self._nearest)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(word for phrase in self.concepts.phrases for word in phrase.split())

    @cached_property
    def _candidates(self) -> list[str]:
        return sorted(word for word in self._known if len(word) >= SHORTEST - 1)

    @cached_property
    def _run_together(self) -> dict[str, str]:
        """Names without their spaces: "heartattack" and "angio plasty" are found by them."""
        return {phrase.replace(" ", ""): phrase for phrase in self.concepts.phrases if len(phrase) > 6}

    def rejoined(self, raw: list[str]) -> str | None:
        """The known phrase that these words are when their spaces do not count."""
        return self._run_together.get("".join(stem(word) for word in raw)) or (
            self._run_together.get(stem("".join(raw)))
        )

    def _nearest(self, word: str) -> str:
        """The nearest known word by letters missing, added, changed or swapped; else the word."""
        form = stem(word)
        known = form in self._known or form in self.vocabulary or self.is_word(word)
        if known or len(word) < SHORTEST or not word.isalpha():
            return word
        slips = 1 if len(form) < 8 else 2
        found = process.extract(form, self._candidates, scorer=OSA.distance, score_cutoff=slips, limit=20)
        # Few people miss the first letter; when they do, the rest must be right.
        letters = sorted(form)
        fitting = [
            # Of two equally near, the one with the same letters: "storke" is stroke, not stork.
            (distance + (one[0] != form[0]), sorted(one) != letters, one)
            for one, distance, _ in found
            if one[0] == form[0] or (distance == 1 and len(form) >= 6)
        ]
        return min(fitting)[2] if fitting else word
