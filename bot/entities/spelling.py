"""Tolerant spelling: the nearest known word for one that is neither known nor English."""

from functools import lru_cache
from typing import FrozenSet

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 5
"""Shorter words are too near to too many others."""


class Spelling:
    """known: words to correct to. dictionary: English words, which are left as they are."""

    def __init__(self, known: FrozenSet[str], dictionary: FrozenSet[str]):
        self.known = known
        self.dictionary = dictionary
        self._candidates = sorted(w for w in known if len(w) >= SHORTEST and w.isalpha())
        self.nearest = lru_cache(maxsize=20_000)(self._nearest)

    def _nearest(self, form: str, word: str) -> str:
        """The nearest known word to `form`, itself where none is near or `word` is English.

        One slip (a letter missing, added, changed or two swapped), two in long words.
        """
        if len(form) < SHORTEST or not form.isalpha() or word in self.dictionary:
            return form
        slips = 1 if len(form) < 8 else 2
        near = process.extract(
            form, self._candidates, scorer=OSA.distance, score_cutoff=slips, limit=20
        )
        # Few people miss the first letter; when they do, the rest must be right.
        letters = sorted(form)
        fitting = [
            # Of two equally near, the one with the same letters: "storke" is stroke, not stoke.
            (distance + (one[0] != form[0]), sorted(one) != letters, one)
            for one, distance, _ in near
            if one[0] == form[0] or (distance == 1 and len(form) > 6)
        ]
        return min(fitting)[2] if fitting else form
