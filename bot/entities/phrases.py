"""A set of phrases, found in running words."""

from typing import Dict, FrozenSet, Iterator, List, Sequence, Tuple


class Phrases:
    """Phrases by their words; each carries values (ids of concepts, names of places)."""

    def __init__(self) -> None:
        self._values: Dict[Tuple[str, ...], List[str]] = {}
        self._longest = 0

    def add(self, words: Sequence[str], values: Sequence[str]) -> None:
        """Add a phrase, or further values to one that is there; no words add nothing."""
        key = tuple(word for word in words if word.strip())
        if key:
            known = self._values.setdefault(key, [])
            known.extend(value for value in values if value not in known)
            self._longest = max(self._longest, len(key))

    def dump(self) -> List[Tuple[Sequence[str], List[str]]]:
        """Every phrase with its values, to be kept as JSON."""
        return [(key, values) for key, values in self._values.items()]

    @classmethod
    def of(cls, dumped: Sequence[Tuple[Sequence[str], List[str]]]) -> "Phrases":
        """From what `dump` gave."""
        self = cls()
        self._values = {tuple(key): values for key, values in dumped}
        self._longest = max(map(len, self._values), default=0)
        return self

    def words(self) -> FrozenSet[str]:
        """Every word of every phrase."""
        return frozenset(word for key in self._values for word in key)

    def find(self, words: Sequence[str]) -> Iterator[Tuple[int, int, List[str]]]:
        """(start, end, values) of every phrase in these words; they may overlap."""
        for start in range(len(words)):
            for end in range(start + 1, min(start + self._longest, len(words)) + 1):
                values = self._values.get(tuple(words[start:end]))
                if values:
                    yield start, end, values
