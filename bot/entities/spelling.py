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
        candidates = known | dictionary
        self._candidates = sorted(w for w in candidates if len(w) >= SHORTEST and w.isalpha())
        self.nearest = lru_cache(maxsize=20_000)(self._nearest)

    def _nearest(self, form: str, word: str) -> str:
        """The nearest known word to `form`, itself where none is near or `word` is English.

        One slip (a letter missing, added, changed or two swapped), two in long words.
        """
        if len(form) < SHORTEST or not form.isalpha() or word in self.dictionary:
            return form
        slips = 1 if len(form) < 8 else 2
        near = process.extract(
            form, self._candidates, scorer=OSA.distance, score_cutoff=slips, limit=40
        )
        letters, bones = sorted(form), _bones(form)
        # Few people miss the first letter; when they do, the rest must be right. Of two equally near
        # the one that sounds like it: "speling" is spelling, not swelling. Then the one with the same
        # letters: "storke" is stroke, not stoke. English words compete, and one that wins is no slip.
        fitting = [
            (
                distance + (one[0] != form[0]),
                _bones(one) != bones,
                sorted(one) != letters,
                one not in self.known,
                one,
            )
            for one, distance, _ in near
            if one[0] == form[0] or (distance == 1 and len(form) > 6)
        ]
        best = min(fitting)[-1] if fitting else form
        return best if best in self.known else form


def _bones(word: str) -> str:
    """A word's consonants, doubled ones once: what is left of it in most misspellings."""
    kept = [char for at, char in enumerate(word) if char not in "aeiouy" or at == 0]
    return "".join(char for at, char in enumerate(kept) if at == 0 or kept[at - 1] != char)
