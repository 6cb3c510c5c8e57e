"""What a person's words for a condition mean: concepts, what is negated, what is left over."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process

from index.catalogue.fulltext import STOP, tokens
from index.concepts import Concepts
from index.text import plain, stem, words

_NEGATED = re.compile(
    r"\b(?:not|no|without|except|havent got|hasnt got|dont have|doesnt have|isnt|never had|nothing to do"
    r" with|other than|rather than|instead of)\b (.*?)(?=$|\b(?:but|its|it is|it s|just|only)\b)"
)
_CLAUSE_END = re.compile(r"[,.;:!?\n]+")
# Words around a condition that say nothing about which one it is.
_AROUND = frozenset(
    stem(word)
    for word in [
        "trouble",
        "problem",
        "problems",
        "issue",
        "issues",
        "thing",
        "things",
        "bad",
        "terrible",
        "awful",
        "severe",
        "mild",
        "moderate",
        "chronic",
        "acute",
        "recurrent",
        "new",
        "newly",
        "old",
        "early",
        "late",
        "stage",
        "diagnosed",
        "diagnosis",
        "suffer",
        "suffering",
        "suffers",
        "got",
        "get",
        "getting",
        "having",
        "help",
        "treatment",
        "treatments",
        "therapy",
        "medicine",
        "drug",
        "cure",
        "test",
        "called",
        "type",
        "kind",
        "sort",
        "of",
        "clinical",
        "join",
        "take",
        "part",
        "taking",
        "mum",
        "dad",
        "mother",
        "father",
        "son",
        "daughter",
        "husband",
        "wife",
        "child",
        "kid",
        "kids",
        "baby",
        "nan",
        "gran",
        "grandad",
        "brother",
        "sister",
        "friend",
        "partner",
        "me",
        "myself",
        "lives",
        "live",
        "living",
        "near",
        "really",
        "very",
        "lot",
        "little",
        "years",
        "year",
        "old",
        "ago",
        "since",
        "now",
        "still",
        "always",
        "night",
        "day",
        "time",
        "home",
        "work",
        "need",
        "want",
        "like",
        "something",
        "anything",
        "any",
        "some",
        "open",
        "local",
        "available",
        "about",
        "around",
        "because",
        "so",
        "just",
        "also",
        "too",
        "well",
        "ok",
        "please",
        "thanks",
        "hello",
        "hi",
        "know",
        "think",
        "told",
        "doctor",
        "gp",
        "nurse",
        "hospital",
        "nhs",
        "disease",
        "disorder",
        "syndrome",
        "condition",
        "illness",
    ]
)


@dataclass
class Meaning:
    """concepts: one entry a condition, each a tuple of alternatives (several when ambiguous)."""

    text: str
    concepts: list[tuple[int, ...]] = field(default_factory=list)
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
    def ambiguous(self) -> list[tuple[int, ...]]:
        """Groups of which only one can be meant."""
        return [group for group in self.concepts if len(group) > 1]


class Reader:
    """Reads queries against one snapshot's concepts; made once a snapshot."""

    def __init__(self, concepts: Concepts, vocabulary: dict[str, int]):
        self.concepts = concepts
        self.vocabulary = vocabulary

    @cached_property
    def _qualifiers(self) -> frozenset[str]:
        """Words of conditions' own names: left over, they narrow what was asked for."""
        same = self.concepts.equivalents.same
        return frozenset(
            same.get(word, word)
            for phrase in self.concepts.record_phrases
            for word in phrase.split()
            if len(word) > 3
        )

    @cached_property
    def _spellings(self) -> list[str]:
        return [phrase for phrase in self.concepts.phrases if len(phrase) > 3]

    @cached_property
    def _words(self) -> list[str]:
        found = {word for phrase in self.concepts.phrases for word in phrase.split()}
        return [word for word in found if len(word) > 4]

    @cached_property
    def _word_set(self) -> frozenset[str]:
        return frozenset(word for phrase in self.concepts.phrases for word in phrase.split())

    def read(self, text: str) -> Meaning:
        """The meaning of a condition text; never raises, and an empty text means nothing asked."""
        kept, negated_text = _split_negation(text)
        meaning = Meaning(text=kept)
        if negated_text:
            meaning.negated = self.concepts.inside(words(negated_text), self.concepts.phrases)
        whole = self.concepts.whole(kept)
        if whole:
            self._take(meaning, whole, kept)
        else:
            self._scan(meaning, words(kept))
        if not meaning.concepts:
            self._correct(meaning, kept)
        meaning.concepts = [g for g in meaning.concepts if not set(g) <= set(meaning.negated)]
        meaning.tokens = tokens(meaning.text, self.concepts.equivalents)
        return meaning

    def _take(self, meaning: Meaning, numbers: tuple[int, ...], said: str) -> None:
        if numbers not in meaning.concepts:
            meaning.concepts.append(numbers)
        for number in numbers:
            meaning.matched.setdefault(number, said.strip())

    def _scan(self, meaning: Meaning, stems: list[str]) -> None:
        spans = self.concepts.spans(stems, self.concepts.phrases)
        taken: set[int] = set()
        for start, end, numbers in spans:
            if end - start == 1 and stems[start] in STOP | _AROUND:
                continue  # an everyday word that happens to be somebody's word for a condition
            self._take(meaning, numbers, " ".join(stems[start:end]))
            taken.update(range(start, end))
        same = self.concepts.equivalents.same
        meaning.leftover = [
            same.get(word, word)
            for at, word in enumerate(stems)
            if at not in taken and word not in STOP and word not in _AROUND and len(word) > 2
        ]

    def narrowing(self, meaning: Meaning) -> list[str]:
        """Leftover words that a record must carry too before it is about what was asked."""
        if not meaning.concepts:
            return meaning.leftover
        return [word for word in meaning.leftover if word in self._qualifiers]

    def _correct(self, meaning: Meaning, text: str) -> None:
        """Nothing is known by this spelling: try the nearest ones."""
        stems = words(text)
        phrase = " ".join(stems)
        if 4 <= len(phrase) <= 60:
            best = process.extractOne(
                phrase, self._spellings, scorer=fuzz.ratio, score_cutoff=_cutoff(phrase)
            )
            if best:
                meaning.leftover = []
                self._take(meaning, self.concepts.phrases[best[0]], text)
                meaning.corrected[text.strip()] = best[0]
                return
        fixed = [self._nearest_word(word) for word in stems]
        if fixed != stems:
            meaning.corrected = {
                old: new for old, new in zip(stems, fixed, strict=True) if old != new
            }
            self._scan(meaning, fixed)
            meaning.text = " ".join(fixed)

    def _nearest_word(self, word: str) -> str:
        known = word in self.vocabulary or word in self._word_set
        if known or len(word) < 5 or word in STOP or word in _AROUND:
            return word
        best = process.extractOne(word, self._words, scorer=fuzz.ratio, score_cutoff=_cutoff(word))
        return best[0] if best else word


def _cutoff(text: str) -> float:
    """Short words must be nearer: one letter of five is 80, two of twelve 83."""
    return 84 if len(text) < 8 else 82


def _split_negation(text: str) -> tuple[str, str]:
    """ "not diabetes, high blood pressure" -> ("high blood pressure", "diabetes")."""
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
