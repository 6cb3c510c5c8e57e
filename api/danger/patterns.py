"""Patterns of words, and finding them in a message.

A pattern is written as editors write it in `data/safety/*.yml`:

    <want> <die>          words of the two families, in this order, at most two other words between
    <chest> & <pain>      in any order, at most eight words apart
    cannot cope_any more  joined by _: directly after one another

`/` gives alternatives: bed/bedroom. The time is bounded by the number of words times the number of
patterns whose every word occurs in the message.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

GAP = 2
REACH = 8
NEGATION_REACH = 2
NEGATIONS = frozenset({"not", "no", "never", "without", "nor", "neither"})
# "I can't stop thinking ..." is no denial.
NOT_DENIED_BY = frozenset(
    {
        "stop",
        "help",
        "know",
        "cope",
        "bear",
        "only",
        "sure",
        "think",
        "if",
        "but",
        "because",
        "and",
        "it",
        "sleep",
        "one",
        "doubt",
        "more",
        "longer",
        "point",
    }
)


class Marks:
    """A message as patterns see it: for each of its words, the word itself and its families."""

    def __init__(self, words: Iterable[frozenset[str]]) -> None:
        self.words = list(words)
        self._where: dict[str, list[int]] = {}
        for place, ids in enumerate(self.words):
            for mark in ids:
                self._where.setdefault(mark, []).append(place)
        # A set of its own: telling sets apart is far quicker than a set and the keys of a dict.
        self.present = frozenset(self._where)
        self.negations = frozenset(self.where(NEGATIONS))

    def where(self, ids: frozenset[str]) -> list[int]:
        """The places of any of these, in order."""
        if len(ids) == 1:
            return self._where.get(next(iter(ids)), [])
        places = {place for mark in ids & self.present for place in self._where[mark]}
        return sorted(places)


@dataclass(frozen=True)
class Item:
    """One place of a pattern: any of these words or families; tight: directly after the last."""

    ids: frozenset[str]
    tight: bool = False


@dataclass(frozen=True)
class Pattern:
    """Sequences that must all be there, near to one another."""

    source: str
    parts: tuple[tuple[Item, ...], ...]

    @classmethod
    def parse(cls, source: str, expand: Mapping[str, list[str]]) -> list["Pattern"]:
        """Read a pattern; one with alternatives of several words becomes several patterns.

        expand: as in `api.danger.text.read`, so that a pattern reads words as a message does
        Raises ValueError when nothing is left of a part.
        """
        parts = [_sequences(part, expand) for part in source.split(" & ")]
        if not all(sequence for part in parts for sequence in part):
            raise ValueError(f"the pattern {source!r} has an empty part")
        return [cls(source, chosen) for chosen in product(*parts)]

    @property
    def denies_itself(self) -> bool:
        """Whether it begins with a negation of its own, as in "not breathe"."""
        return bool(self.parts[0][0].ids & NEGATIONS)

    @cached_property
    def items(self) -> tuple[frozenset[str], ...]:
        """What each place may hold, the rarest first: a message without one holds no pattern."""
        return tuple(sorted((item.ids for part in self.parts for item in part), key=_commonness))

    @property
    def key(self) -> frozenset[str]:
        """The rarest of its words: a message without any of these cannot hold the pattern."""
        return self.items[0]

    def find(self, marks: Marks) -> Iterator[tuple[int, int]]:
        """Everywhere that it stands (first and last word) and is not denied."""
        for ids in self.items:
            if ids.isdisjoint(marks.present):
                return
        for start, end in _spans(self.parts[0], marks):
            whole = (start, end)
            for part in self.parts[1:]:
                near = _nearest(part, marks, whole)
                if near is None:
                    break
                whole = (min(whole[0], near[0]), max(whole[1], near[1]))
            else:
                if self.denies_itself or not is_denied(marks, whole[0]):
                    yield whole


def _commonness(ids: frozenset[str]) -> int:
    return len(ids) + 20 * sum(word.isupper() for word in ids)


def _sequences(part: str, expand: Mapping[str, list[str]]) -> list[tuple[Item, ...]]:
    """Every way to read a part: single words stay together, "it_all" is a way of its own."""
    ways: list[list[tuple[Item, ...]]] = []
    for chunk in part.split():
        single: set[str] = set()
        several: list[tuple[Item, ...]] = []
        for alternative in chunk.split("/"):
            words = [
                word for piece in alternative.split("_") for word in expand.get(piece, [piece])
            ]
            if len(words) == 1:
                single.add(words[0])
            elif words:
                several.append(
                    tuple(Item(frozenset({word}), at > 0) for at, word in enumerate(words))
                )
        choices = ([(Item(frozenset(single)),)] if single else []) + several
        if choices:
            ways.append(choices)
    return [tuple(item for items in chosen for item in items) for chosen in product(*ways)]


def _spans(items: tuple[Item, ...], marks: Marks) -> list[tuple[int, int]]:
    found = []
    words = marks.words
    for start in marks.where(items[0].ids):
        end = start
        for item in items[1:]:
            stop = end + (1 if item.tight else GAP + 1)
            for place in range(end + 1, min(stop, len(words) - 1) + 1):
                if not words[place].isdisjoint(item.ids):
                    end = place
                    break
                # A "not" between turns the meaning round: "I want not to die".
                if place in marks.negations and item.ids.isdisjoint(NEGATIONS):
                    end = -1
                    break
            else:
                end = -1
            if end < 0:
                break
        if end >= 0:
            found.append((start, end))
    return found


def _nearest(
    items: tuple[Item, ...], marks: Marks, whole: tuple[int, int]
) -> tuple[int, int] | None:
    """Give the span of the part that lies nearest, within reach, and is not the same one word."""
    best, best_apart = None, REACH + 1
    for start, end in _spans(items, marks):
        apart = max(start - whole[1], whole[0] - end)
        if apart < best_apart and (start, end) != whole:
            best, best_apart = (start, end), apart
    return best


def is_denied(marks: Marks, start: int) -> bool:
    """Whether a negation stands just before, and does not itself belong to something else."""
    for place in range(start - 1, max(-1, start - 1 - NEGATION_REACH), -1):
        if place in marks.negations:
            return True
        if not marks.words[place].isdisjoint(NOT_DENIED_BY):
            return False
    return False
