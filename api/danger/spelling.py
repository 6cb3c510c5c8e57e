"""Which known word a misspelt one stands for: by deletions (Garbe's SymSpell), so without a scan.

One slip is forgiven in words of five letters or more, two in words of nine or more. Everyday words
are left as they are, or "joking" would read as "choking".
"""

from functools import lru_cache
from itertools import combinations

ONE_SLIP_FROM = 5
TWO_SLIPS_FROM = 9


class Spelling:
    """known: the words that matter; ordinary: words that are never misspellings of them."""

    def __init__(self, known: frozenset[str], ordinary: frozenset[str]) -> None:
        self._known = known
        self._ordinary = ordinary
        self._reached: dict[str, str] = {}
        for word in sorted(known):
            for slips in range(_slips(word) + 1):
                for shorter in _without(word, slips):
                    self._reached.setdefault(shorter, word)
        self.mend = lru_cache(maxsize=20_000)(self._mend)

    def _mend(self, word: str) -> str:
        """Give the known word, or the word itself."""
        if word in self._known or word in self._ordinary or word.isdigit():
            return word
        if len(word) < ONE_SLIP_FROM - 1:
            return word
        slips = 2 if len(word) >= TWO_SLIPS_FROM - 1 else 1
        for missing in range(slips + 1):
            for shorter in _without(word, missing):
                found = self._reached.get(shorter)
                if found and _apart(word, found) <= _slips(found):
                    return found
        return word


def _slips(word: str) -> int:
    return 2 if len(word) >= TWO_SLIPS_FROM else 1 if len(word) >= ONE_SLIP_FROM else 0


def _without(word: str, letters: int) -> list[str]:
    """Every way to drop that many letters."""
    kept = len(word) - letters
    if kept < 3:
        return []
    return ["".join(part) for part in combinations(word, kept)]


def _apart(one: str, other: str) -> int:
    """How many slips lie between: a letter missing, added, changed, or two swapped."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        new = [i]
        for j, right in enumerate(other, 1):
            step = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                step = min(step, before[j - 2] + 1)
            new.append(step)
        before, row = row, new
    return row[-1]
