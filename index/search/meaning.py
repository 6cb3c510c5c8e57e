"""What a person's words for a condition mean: concepts, what is negated, what is left over."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from index.catalogue.fulltext import STOP, tokens
from index.concepts import Concepts
from index.search.spelling import Spelling
from index.text import plain, stem, words

_NEGATED = re.compile(
    r"\b(?:not|no|without|except|havent got|hasnt got|dont have|doesnt have|isnt|never had|nothing to do"
    r" with|other than|rather than|instead of)\b (.*?)(?=$|\b(?:but|its|it is|it s|just|only)\b)"
)
_JOINED = re.compile(r",|;|/|\band\b|\bor\b|\bplus\b|&|\+", re.IGNORECASE)
BROADER_STEPS = 2
"""So many steps up from a condition lies what else may be shown as related to it."""
_CAPITALS = re.compile(r"\b[A-Z]{2,}s?\b")
_CLAUSE_END = re.compile(r"[,.;:!?\n]+")
# Words around a condition that say nothing about which one it is.
AROUND = frozenset(
    stem(word)
    for word in (
        "trouble problem problems issue issues thing things bad terrible awful severe mild moderate "
        "chronic acute recurrent new newly old early late stage diagnosed diagnosis suffer suffering "
        "suffers got get getting having help treatment treatments therapy medicine drug cure test called "
        "type kind sort of clinical join take part taking mum dad mother father son daughter husband wife "
        "child kid kids baby nan gran grandad brother sister friend partner me myself lives live living "
        "near really very lot little years year ago since now still always night day time home work need "
        "want like something anything any some open local available about around because so just also too "
        "well ok please thanks hello hi know think told doctor gp nurse hospital nhs disease disorder "
        "syndrome condition illness"
    ).split()
)


@dataclass
class Meaning:
    """concepts: one entry a condition, each a tuple of alternatives (several when ambiguous).

    required: broad concepts that only narrow the one beside them ("bile duct infection")
    """

    text: str
    concepts: list[tuple[int, ...]] = field(default_factory=list)
    required: list[tuple[int, ...]] = field(default_factory=list)
    leftover: list[str] = field(default_factory=list)
    negated: list[int] = field(default_factory=list)
    matched: dict[int, str] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)

    @property
    def numbers(self) -> list[int]:
        """Every concept number asked for."""
        return list(dict.fromkeys(number for group in self.concepts for number in group))

    @property
    def covered(self) -> float:
        """Which share of the words that carry meaning belongs to known concepts, 0 to 1."""
        if not self.tokens or not self.concepts:
            return 1.0
        return max(1 - len(self.leftover) / len(self.tokens), 0.0)

    def missing_in(self, carried: set[str]) -> list[str]:
        """The person's words that no concept covers and that are not among these tokens."""
        missing = {word for word in self.leftover if word not in carried}
        return [word for word in plain(self.text).split() if missing & {stem(word)}]

    @property
    def ambiguous(self) -> list[tuple[int, ...]]:
        """Groups of which only one can be meant."""
        return [group for group in self.concepts if len(group) > 1]


class Reader:
    """Reads queries against one snapshot's concepts; made once a snapshot.

    is_word: whether a word stands in a general English vocabulary; such a word is not misspelt
    """

    def __init__(self, concepts: Concepts, vocabulary: dict[str, int], is_word: Callable[[str], bool]):
        self.concepts = concepts
        self.vocabulary = vocabulary
        self.spelling = Spelling(concepts, vocabulary, is_word)

    @cached_property
    def _qualifiers(self) -> frozenset[str]:
        """Words of conditions' own names: left over, they narrow what was asked for."""
        same = self.concepts.equivalents.same
        return frozenset(
            same.get(word, word)
            for phrase in self.concepts.name_phrases
            for word in phrase.split()
            if len(word) > 3
        )

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The lexicon's ids -> their numbers."""
        return {concept_id: at for at, concept_id in enumerate(self.concepts.ids[: self.concepts.of_lexicon])}

    def read(self, text: str, known: Mapping[str, str] | None = None) -> Meaning:
        """The meaning of a condition text; never raises, and an empty text means nothing asked.

        known: all its words -> the lexicon's id for them; an id that this snapshot lacks makes the
        text be read as if nothing were known
        """
        if known and all(concept_id in self._numbers for concept_id in known.values()):
            return self._looked_up(text, known)
        kept, negated_text = _split_negation(text)
        meaning = Meaning(text=kept)
        if negated_text:
            meaning.negated = self.concepts.inside(words(negated_text), self.concepts.phrases)
        whole = self.concepts.whole(kept)
        if several := self._several(kept):
            for numbers, said in several:
                self._take(meaning, numbers, said)
        elif whole:
            self._take(meaning, whole, kept)
        else:
            self._scan(meaning, self._raw(kept))
            if not meaning.concepts or meaning.leftover:
                self._correct(meaning, kept)
        meaning.concepts = [g for g in meaning.concepts if not set(g) <= set(meaning.negated)]
        meaning.tokens = tokens(meaning.text, self.concepts.equivalents)
        return meaning

    def _looked_up(self, text: str, known: Mapping[str, str]) -> Meaning:
        meaning, spelled = Meaning(text=text), []
        for said, concept_id in known.items():
            number = self._numbers[concept_id]
            self._take(meaning, (number,), said)
            # Words that records cannot hold ("rhumatoid") rank nothing: the concept's name speaks for them.
            if number not in self.concepts.whole(said):
                meaning.corrected[said] = self.concepts.names[number]
            spelled.append(meaning.corrected.get(said, said))
        meaning.tokens = tokens(" ".join(spelled), self.concepts.equivalents)
        return meaning

    def _several(self, text: str) -> list[tuple[tuple[int, ...], str]]:
        """For “Diabetes and kidney disease”: each condition, where every part is one by itself."""
        parts = [part.strip() for part in _JOINED.split(text) if part.strip()]
        found = [(self.concepts.whole(part), part) for part in parts]
        return found if len(found) > 1 and all(numbers for numbers, _ in found) else []

    def _take(self, meaning: Meaning, numbers: tuple[int, ...], said: str) -> None:
        if numbers not in meaning.concepts:
            meaning.concepts.append(numbers)
        for number in numbers:
            meaning.matched.setdefault(number, said.strip())

    def _raw(self, text: str) -> list[str]:
        """Words in small letters, but for everyday ones that somebody wrote as the short form they can be."""
        loud = {} if text.isupper() else {word.lower(): word for word in _CAPITALS.findall(text)}
        return [
            loud[word] if loud.get(word) in self.concepts.exact else word for word in plain(text).split()
        ]

    def _scan(self, meaning: Meaning, raw: list[str]) -> None:
        stems = [stem(word.lower()) for word in raw]
        spans = self.concepts.spans(stems, self.concepts.phrases, raw)
        taken: set[int] = set()
        meaning.concepts, meaning.required, meaning.matched = [], [], {}
        # An everyday word that happens to be somebody's word for a condition is none here.
        spans = [s for s in spans if s[1] - s[0] > 1 or stems[s[0]] not in STOP | AROUND]
        for at, (start, end, numbers) in enumerate(spans):
            taken.update(range(start, end))
            beside = [other for other in spans[max(at - 1, 0) : at + 2] if other[2] != numbers]
            near = [n for s, e, ns in beside if end == s or e == start for n in ns]
            if any(numbers[0] in self.concepts.above[n] for n in near):
                continue  # "LGL leukaemia": what stands beside it says it all
            if self._is_broad(numbers) and any(not self._is_broad((n,)) for n in near):
                meaning.required.append(numbers)
            else:
                self._take(meaning, numbers, " ".join(raw[start:end]))
        same = self.concepts.equivalents.same
        meaning.leftover = [
            same.get(word, word)
            for at, word in enumerate(stems)
            if at not in taken and word not in STOP and word not in AROUND and len(word) > 2
        ]

    def _is_broad(self, numbers: tuple[int, ...]) -> bool:
        """Whether this is one of the lexicon's top concepts, such as "infection" or "cancer"."""
        return all(n < self.concepts.of_lexicon and len(self.concepts.above[n]) == 1 for n in numbers)

    def narrowing(self, meaning: Meaning) -> list[str]:
        """Leftover words that a record must carry too before it is about what was asked."""
        if not meaning.concepts:
            return meaning.leftover
        return [word for word in meaning.leftover if word in self._qualifiers]

    def _correct(self, meaning: Meaning, text: str) -> None:
        """Some words are not known by this spelling: try the nearest ones."""
        raw = self._raw(text)
        if not meaning.concepts and (joined := self.spelling.rejoined(raw)):
            meaning.leftover = []
            self._take(meaning, self.concepts.phrases[joined], text)
            return
        fixed = [
            word if word.isupper() or stem(word) in STOP | AROUND else self.spelling.nearest(word)
            for word in raw
        ]
        if fixed == raw:
            return
        meaning.corrected = {old: new for old, new in zip(raw, fixed, strict=True) if old != new}
        meaning.text = " ".join(fixed)
        if whole := self.concepts.whole(meaning.text):
            meaning.concepts, meaning.required = [], []
            meaning.matched, meaning.leftover = {}, []
            self._take(meaning, whole, meaning.text)
        else:
            self._scan(meaning, fixed)


def _split_negation(text: str) -> tuple[str, str]:
    """For “not diabetes, high blood pressure” -> ("high blood pressure", "diabetes")."""
    kept, negated = [], []
    for clause in _CLAUSE_END.split(text):
        folded = plain(clause)
        match = _NEGATED.search(folded)
        if match and match[1].strip():
            negated.append(match[1])
            kept.append(folded[: match.start()] + " " + folded[match.end() :])
        else:
            kept.append(clause)
    rest = ", ".join(part.strip() for part in kept if part.strip())
    return (rest, " ".join(negated)) if rest else (text, "")
