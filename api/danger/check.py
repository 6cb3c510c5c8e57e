"""The check itself: every text, before anything else, with everything behind it down or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from api.danger.cards import Cards
from api.danger.content import Group, SafetyContent
from api.danger.patterns import Marks
from api.danger.spelling import Spelling
from api.danger.text import Reading, fold, read
from api.shapes import Reply


@dataclass(frozen=True)
class Danger:
    """What was found: kinds in the order of urgency, why for tests and tuning (never logged)."""

    kinds: tuple[str, ...]
    asks_for_studies: bool
    nation: str = ""
    why: tuple[str, ...] = ()


class DangerCheck:
    """Finds danger in a text, by the words and patterns of `data/safety/`."""

    def __init__(self, content: SafetyContent, cards: Cards) -> None:
        self._content = content
        self._cards = cards
        self._spelling = Spelling(content.known, content.ordinary)
        self._marks: dict[str, frozenset[str]] = {}

    @classmethod
    def load(cls, data: Path) -> "DangerCheck":
        """Read `data/safety/`. Raises FileNotFoundError, yaml.YAMLError, ValueError with the file."""
        folder = data / "safety"
        return cls(SafetyContent.load(folder), Cards.load(folder / "cards.yml"))

    def cards(self, danger: Danger) -> list[Reply]:
        """The cards for what was found, the most urgent first."""
        return self._cards.of(danger.kinds, danger.nation)

    def check(self, text: str) -> Danger | None:
        """The danger in a text, None when there is none."""
        content = self._content
        reading = read(text, content.expand, content.join)
        marks = [self._mark(word) for word in reading.words]
        present = frozenset().union(*marks) if marks else frozenset()
        found: dict[str, str] = {}
        for group in content.groups:
            if group.kind in found:
                continue
            why = next(_hits(group, marks, present, reading), None)
            if why:
                found[group.kind] = why
        if not found:
            return None
        kinds = tuple(kind for kind in content.kinds if kind in found)
        return Danger(
            kinds=kinds,
            asks_for_studies="STUDY" in present,
            nation=self._cards.nation_in(fold(text)),
            why=tuple(found[kind] for kind in kinds),
        )

    def _mark(self, word: str) -> frozenset[str]:
        mended = self._spelling.mend(word)
        return self._content.marks(mended)


def _hits(
    group: Group, marks: Marks, present: frozenset[str], reading: Reading
) -> Iterator[str]:
    """The patterns of the group that stand in the message and that nothing excuses."""
    for pattern in group.patterns:
        for span in pattern.find(marks, present):
            if not _is_excused(group, marks, present, reading, span):
                yield pattern.source


def _is_excused(
    group: Group,
    marks: Marks,
    present: frozenset[str],
    reading: Reading,
    span: tuple[int, int],
) -> bool:
    if not group.unless:
        return False
    sentence = range(reading.sentences[span[0]], reading.sentences[span[1]] + 1)
    here: frozenset[str] = frozenset().union(
        *(ids for ids, number in zip(marks, reading.sentences, strict=True) if number in sentence)
    )
    for excuse in group.unless:
        if "NOW" in present and excuse.now_overrules:
            continue
        where = present if excuse.anywhere else here
        if not excuse.words.isdisjoint(where) and excuse.also.issubset(present):
            return True
        if excuse.also.issubset(present) and any(
            True for pattern in excuse.patterns for _ in pattern.find(marks, present)
        ):
            return True
    return False
