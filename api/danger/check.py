"""The check itself: every text, before anything else, with everything behind it down or not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from operator import itemgetter
from pathlib import Path

from api.danger.cards import Cards
from api.danger.content import Group, SafetyContent
from api.danger.learnt import Learnt, Likelihood
from api.danger.patterns import Marks, Pattern
from api.danger.spelling import Spelling
from api.danger.text import Reading, fold, read
from api.shapes import Reply

AROUND = 2
"""Words before and after a pattern that belong to it."""
SHORTEST_SENTENCE = 3
"""Words from which a sentence is judged by itself too."""


@dataclass(frozen=True)
class Danger:
    """What was found: kinds in the order of urgency, why for tests and tuning (never logged)."""

    kinds: tuple[str, ...]
    asks_for_studies: bool
    nation: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """A pattern with its group; numbered in the order of the files."""

    number: int
    group: Group
    pattern: Pattern


class DangerCheck:
    """Finds danger in a text, by the patterns of `data/safety/` and what was learnt."""

    def __init__(
        self, content: SafetyContent, cards: Cards, learnt: Learnt | None = None
    ) -> None:
        self._content = content
        self._learnt = learnt
        self._cards = cards
        self._spelling = Spelling(content.known, content.ordinary)
        # For each word, the patterns that it may bring; a message looks at those of its words only.
        self._by_word: dict[str, list[Place]] = {}
        numbers = count()
        for group in content.groups:
            for pattern in group.patterns:
                place = Place(next(numbers), group, pattern)
                for word in pattern.key:
                    self._by_word.setdefault(word, []).append(place)

    @classmethod
    def load(cls, data: Path, model: Path) -> "DangerCheck":
        """Read `data/safety/` and what was learnt from its examples.

        Raises OSError, yaml.YAMLError or ValueError; LearntError when `model` was not trained.
        """
        patterns = cls.of_patterns(data)
        return cls(patterns._content, patterns._cards, Learnt.load(model))

    @classmethod
    def of_patterns(cls, data: Path) -> "DangerCheck":
        """The patterns alone, as the training needs them; raises as `load` does."""
        folder = data / "safety"
        return cls(SafetyContent.load(folder), Cards.load(folder / "cards.yml"))

    def cards(self, danger: Danger) -> list[Reply]:
        """Give the cards for what was found, the most urgent first."""
        return self._cards.of(danger.kinds, danger.nation)

    def check(self, text: str) -> Danger | None:
        """Give the danger in a text, None when there is none.

        Patterns and what was learnt each suffice; a pattern alone does not where everything learnt
        speaks against it ("I'm dying for a cuppa"): against the words around it too, since an
        ordinary request behind a cry for help does not take it back.
        """
        content = self._content
        folded = fold(text)
        reading = read(folded, content.expand, content.join)
        marks = Marks(map(self._mark, reading.words))
        found: dict[str, str] = {}
        likely = self._likely(folded, reading)
        for place in self._candidates(marks):
            kind = place.group.kind
            if kind not in found and any(
                likely is None or not likely.is_ordinary or not self._is_ordinary(reading, span)
                for span in _standing(place, marks, reading)
            ):
                found[kind] = place.pattern.source
        sure = bool(found) and (likely is None or likely.danger > likely.alarm)
        if likely is not None:
            found = _weighed(likely, found)
        if not found:
            return None
        kinds = tuple(kind for kind in content.kinds if kind in found)
        return Danger(
            kinds=kinds,
            # What only one half found may be wrong: studies that were asked for follow the card.
            asks_for_studies="STUDY" in marks.present or not sure,
            nation=self._cards.nation_in(folded),
            why=tuple(found[kind] for kind in kinds),
        )

    def mended(self, text: str) -> str:
        """A text's words as the patterns read them, misspellings undone."""
        reading = read(fold(text), self._content.expand, self._content.join)
        return self._joined(reading.words)

    def _joined(self, words: Sequence[str]) -> str:
        return " ".join(self._spelling.mend(word) for word in words)

    def _is_ordinary(self, reading: Reading, span: tuple[int, int]) -> bool:
        """Whether what was learnt speaks against danger in the words around a pattern as well."""
        words = reading.words[max(span[0] - AROUND, 0) : span[1] + 1 + AROUND]
        around = self._score(" ".join(words), words)
        return around is not None and around.is_ordinary

    def _likely(self, folded: str, reading: Reading) -> Likelihood | None:
        """What was learnt says of the whole message, or of a sentence that by itself is danger."""
        whole = self._score(folded, reading.words)
        if whole is None or whole.danger > whole.alarm or len(set(reading.sentences)) < 2:
            return whole
        said = zip(reading.sentences, reading.words, strict=True)
        sentences = [[word for _, word in part] for _, part in groupby(said, key=itemgetter(0))]
        scores = [self._score(" ".join(s), s) for s in sentences if len(s) >= SHORTEST_SENTENCE]
        surest = max(filter(None, scores), key=lambda each: each.danger, default=whole)
        return surest if surest.danger > surest.alarm else whole

    def _score(self, folded: str, words: Sequence[str]) -> Likelihood | None:
        return None if self._learnt is None else self._learnt.score(folded, self._joined(words))

    def _candidates(self, marks: Marks) -> list["Place"]:
        known = self._by_word.keys() & marks.present
        found = {place.number: place for word in known for place in self._by_word[word]}
        return [found[number] for number in sorted(found)]

    def _mark(self, word: str) -> frozenset[str]:
        mended = self._spelling.mend(word)
        return self._content.marks(mended)


def _weighed(likely: Likelihood, found: dict[str, str]) -> dict[str, str]:
    """What the patterns found, with what was learnt."""
    if likely.danger <= likely.alarm:
        return found
    kinds = [kind for kind, score in likely.kinds.items() if score > 0]
    if not kinds and not found:
        kinds = [max(likely.kinds, key=likely.kinds.__getitem__)]
    return {**dict.fromkeys(kinds, f"learnt ({likely.danger:.1f})"), **found}


def _standing(place: Place, marks: Marks, reading: Reading) -> Iterator[tuple[int, int]]:
    """Where the pattern stands (first and last word) with nothing to excuse it."""
    for span in place.pattern.find(marks):
        if not _is_excused(place.group, marks, reading, span):
            yield span


def _is_excused(group: Group, marks: Marks, reading: Reading, span: tuple[int, int]) -> bool:
    if not group.unless:
        return False
    sentence = range(reading.sentences[span[0]], reading.sentences[span[1]] + 1)
    pairs = zip(marks.words, reading.sentences, strict=True)
    here: frozenset[str] = frozenset().union(*(ids for ids, number in pairs if number in sentence))
    for excuse in group.unless:
        if "NOW" in marks.present and excuse.now_overrules:
            continue
        if not excuse.also <= marks.present:
            continue
        where = marks.present if excuse.anywhere else here
        if not excuse.words.isdisjoint(where):
            return True
        if any(True for pattern in excuse.patterns for _ in pattern.find(marks)):
            return True
    return False
