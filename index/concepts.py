"""Concepts of one catalogue: the lexicon's, and the names that its own records add.

Made when a catalogue is built and kept in the snapshot, so that a snapshot means the same wherever
it is copied to.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from index.lexicon import Equivalents, Lexicon
from index.text import plain, words

LONGEST_PHRASE = 8
LONGEST_BAG = 5
SHORTEST_IN_RECORD = 4
_CAPITALS = re.compile(r"\b[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*\b")


@dataclass
class Concepts:
    """Names to concept numbers and back.

    phrases: stemmed phrase -> numbers; several where it is ambiguous
    keys: bag-of-words key -> numbers
    record_phrases: the same without everyday words, which in a record may mean anything
    short: abbreviation in capitals -> numbers
    exact: abbreviation in small letters, unstemmed -> numbers ("ards" is not several "ard"); in capitals
      where the small letters are an everyday word ("HAND")
    above: number -> {broader number: steps}
    """

    equivalents: Equivalents
    ids: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    phrases: dict[str, tuple[int, ...]] = field(default_factory=dict)
    keys: dict[str, tuple[int, ...]] = field(default_factory=dict)
    record_phrases: dict[str, tuple[int, ...]] = field(default_factory=dict)
    short: dict[str, tuple[int, ...]] = field(default_factory=dict)
    exact: dict[str, tuple[int, ...]] = field(default_factory=dict)
    above: list[dict[int, int]] = field(default_factory=list)
    of_lexicon: int = 0

    @classmethod
    def of(cls, lexicon: Lexicon) -> "Concepts":
        """The lexicon's concepts; `extend` adds the names that only a catalogue has."""
        self = cls(lexicon.equivalents)
        number = {concept_id: at for at, concept_id in enumerate(lexicon.concepts)}
        self.ids = list(lexicon.concepts)
        self.names = [concept.name for concept in lexicon.concepts.values()]
        self.of_lexicon = len(self.ids)

        def numbers(found: dict[str, tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
            return {text: tuple(number[i] for i in ids) for text, ids in found.items()}

        self.phrases = numbers(lexicon.phrases)
        self.keys = numbers(lexicon.keys)
        for concept in lexicon.concepts.values():
            at = number[concept.id]
            for term in (concept.name, *concept.medical):
                phrase = " ".join(words(term))
                known = self.record_phrases.get(phrase, ())
                if phrase and at not in known:
                    self.record_phrases[phrase] = (*known, at)
            for short in concept.abbreviations:
                exact = short if plain(short) in lexicon.equivalents.everyday else plain(short)
                for found, key in ((self.short, short), (self.exact, exact)):
                    known = found.get(key, ())
                    if at not in known:
                        found[key] = (*known, at)
            self.above.append({number[i]: n for i, n in lexicon.ancestors(concept.id).items()})
        return self

    def name_id(self, name: str) -> str | None:
        """The id of a record's own name for a condition, one for all orders of its words.

        None when the lexicon knows the name, or when it is no name (empty, a sentence).
        """
        stems = words(name)
        if not stems or len(stems) > LONGEST_PHRASE or self.whole(name):
            return None
        return f"name:{self.equivalents.key(stems)}"

    def above_name(self, name: str) -> dict[int, int]:
        """What a record's own name is a kind of: "recurrent colon cancer" is a colon cancer."""
        above: dict[int, int] = {}
        for inside in self.inside(words(name), self.record_phrases):
            for broader, steps in self.above[inside].items():
                above[broader] = min(steps + 1, above.get(broader, 99))
        return above

    def extend(self, names: Iterable[tuple[str, str, dict[int, int]]]) -> dict[str, int]:
        """Add names of a catalogue as (id, name, what it is a kind of); gives back their numbers."""
        numbers: dict[str, int] = {}
        for name_id, name, above in names:
            at = numbers[name_id] = len(self.ids)
            self.ids.append(name_id)
            self.names.append(name)
            self.above.append({at: 0, **above})
            self.phrases.setdefault(" ".join(words(name)), (at,))
            self.keys.setdefault(name_id.removeprefix("name:"), (at,))
        for made in ("_longest_from", "_bag_words"):
            self.__dict__.pop(made, None)  # to be made again with the names that were added
        return numbers

    def whole(self, text: str) -> tuple[int, ...]:
        """The concepts that a whole text names, by its words in order, else by its bag of words."""
        stems = words(text)
        return (
            self.exact.get(text.strip())
            or self.exact.get(plain(text))
            or self.phrases.get(" ".join(stems))
            or self.keys.get(self.equivalents.key(stems))
            or self._without_brackets(text)
            or ()
        )

    def _without_brackets(self, text: str) -> tuple[int, ...] | None:
        """For “Glioblastoma (GBM)”: what stands outside the brackets, else inside."""
        match = re.fullmatch(r"\s*([^()]{3,})\s*\(([^()]{2,})\)\s*", text)
        if not match:
            return None
        return self.whole(match[1]) or self.whole(match[2]) or None

    def spans(
        self, stems: list[str], phrases: dict[str, tuple[int, ...]], raw: list[str] | None = None
    ) -> list[tuple[int, int, tuple[int, ...]]]:
        """Concepts in running words: (start, end, numbers), longest first, none overlapping.

        raw: the same words unstemmed, where short forms are to be told from plurals; in capitals those that
          are a short form only so
        """
        found: list[tuple[int, int, tuple[int, ...]]] = []
        taken = [False] * len(stems)
        reach = [self._longest_from.get(word, 0) for word in stems]
        bags = self._bag_reach(stems)
        for length in range(min(LONGEST_PHRASE, len(stems)), 0, -1):
            for start in range(len(stems) - length + 1):
                if length > reach[start] and length > bags[start] and not (raw and length == 1):
                    continue
                end = start + length
                if any(taken[start:end]):
                    continue
                window = stems[start:end]
                numbers = self.exact.get(raw[start]) if raw and length == 1 else None
                numbers = numbers or phrases.get(" ".join(window))
                if numbers is None and 2 <= length <= bags[start]:
                    numbers = self._bag(window)
                if numbers:
                    found.append((start, end, numbers))
                    taken[start:end] = [True] * length
        return sorted(found)

    @cached_property
    def _longest_from(self) -> dict[str, int]:
        """First word -> words of the longest phrase that begins with it: most words begin none."""
        longest: dict[str, int] = {}
        for phrase in (*self.phrases, *self.record_phrases):
            parts = phrase.split()
            longest[parts[0]] = max(len(parts), longest.get(parts[0], 0))
        return longest

    @cached_property
    def _bag_words(self) -> frozenset[str]:
        return frozenset(word for key in self.keys if " " in key for word in key.split())

    def _bag_reach(self, stems: list[str]) -> list[int]:
        """For each word, how many from it on may be one bag: known words and fillers."""
        same, empty = self.equivalents.same, self.equivalents.empty
        fillers = empty | self.equivalents.empty_beside_cancer
        reach = [0] * (len(stems) + 1)
        for at in range(len(stems) - 1, -1, -1):
            word = stems[at]
            if same.get(word, word) in self._bag_words or word in fillers:
                reach[at] = min(reach[at + 1] + 1, LONGEST_BAG)
        return reach[:-1]

    def _bag(self, window: list[str]) -> tuple[int, ...] | None:
        # A bag that begins or ends with a filler word is found by its shorter window.
        if window[0] in self.equivalents.empty or window[-1] in self.equivalents.empty:
            return None
        key = self.equivalents.key(window)
        return self.keys.get(key) if " " in key else None

    def inside(self, stems: list[str], phrases: dict[str, tuple[int, ...]]) -> list[int]:
        """The unambiguous concepts in running words."""
        return [numbers[0] for _, _, numbers in self.spans(stems, phrases) if len(numbers) == 1]

    def in_record(self, text: str) -> list[int]:
        """Concepts that a record's title or sentence names; abbreviations only in capitals.

        Short ones mean too many things ("OI" is brittle bones and opportunistic infections).
        """
        found = self.inside(words(text), self.record_phrases)
        for match in _CAPITALS.finditer(text):
            numbers = self.short.get(match[0], ()) if len(match[0]) >= SHORTEST_IN_RECORD else ()
            if len(numbers) == 1:
                found.append(numbers[0])
        return list(dict.fromkeys(found))

    @property
    def name_phrases(self) -> set[str]:
        """The names that records use for conditions: the lexicon's formal ones, and their own."""
        return {*self.record_phrases, *(" ".join(words(name)) for name in self.names[self.of_lexicon :])}

    def save(self, file: Path) -> None:
        """As JSON."""
        content = {
            "same": self.equivalents.same,
            "empty": sorted(self.equivalents.empty),
            "empty_beside_cancer": sorted(self.equivalents.empty_beside_cancer),
            **{
                name: getattr(self, name)
                for name in ("ids", "names", "phrases", "keys", "record_phrases", "short", "exact")
            },
            "above": [list(map(list, above.items())) for above in self.above],
            "of_lexicon": self.of_lexicon,
        }
        file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def open(cls, file: Path) -> "Concepts":
        """From what `save` wrote."""
        content = json.loads(file.read_text(encoding="utf-8"))
        equivalents = Equivalents(
            content.pop("same"),
            frozenset(content.pop("empty")),
            frozenset(content.pop("empty_beside_cancer")),
        )
        for name in ("phrases", "keys", "record_phrases", "short", "exact"):
            content[name] = {text: tuple(found) for text, found in content[name].items()}
        content["above"] = [dict(map(tuple, above)) for above in content["above"]]
        return cls(equivalents, **content)
