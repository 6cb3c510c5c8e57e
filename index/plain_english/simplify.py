"""A text in plain English, sentence by sentence, each checked; what fails stays as it stands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from index.plain_english import patterns
from index.plain_english.glossary import Glossary
from index.plain_english.language import is_english
from index.plain_english.readability import reading_age
from index.plain_english.reword import Explanations, reword
from index.plain_english.sentences import capitalised, sentences
from index.plain_english.split import split
from index.plain_english.verify import Verifier

HARD_AGE = 16.0
"""A sentence that reads harder than this and could not be changed is marked as the record's own."""
_LATIN = (
    (re.compile(r"\be\.?\s?g\.?(?=[\s,:])[,:]?", re.IGNORECASE), "for example"),
    (re.compile(r"\bi\.?\s?e\.(?=[\s,:])[,:]?", re.IGNORECASE), "that is,"),
    (re.compile(r",?\s\betc\b\.?", re.IGNORECASE), " and so on"),
    (re.compile(r"\s&\s"), " and "),
)
_LABEL = re.compile(
    r"^(?:RATIONALE|PURPOSE|OBJECTIVES?|OUTLINE|BACKGROUND|AIMS?|SUMMARY|DESIGN|METHODS?|HYPOTHESIS|BRIEF SUMMARY"
    r"|Background and aims?|Background|Aims?|Purpose|Rationale)\s*[:\-]\s+(?=\S)"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a record.

    text: what is shown; source: how it stands in the record
    own: nothing could be made plainer in it and it is hard, so it is marked as the team's own words
    refused: a plainer version was made, and the verifier did not let it through
    """

    text: str
    source: str
    own: bool = False
    refused: bool = False


class Simplifier:
    """Rewords texts; made once, safe to share."""

    def __init__(self, glossary: Glossary, known: Iterable[patterns.Pattern]):
        self.glossary = glossary
        self.patterns = list(known)
        self.verifier = Verifier(glossary, self.patterns)

    @classmethod
    @cache
    def load(cls) -> "Simplifier":
        """With the editors' glossary and patterns; raises GlossaryError or PatternError."""
        return cls(Glossary.load(), patterns.load())

    def sentences(self, text: str, seen: set[str] | None = None) -> Iterator[Sentence]:
        """Every sentence of a text in order. seen: terms that were explained before."""
        explained = set() if seen is None else seen
        for source in sentences(text):
            yield self.sentence(source, explained)

    def sentence(self, source: str, seen: set[str] | None = None) -> Sentence:
        """One sentence, reworded if the verifier lets it through."""
        explained = set() if seen is None else seen
        if not is_english(source):
            return Sentence(source, source, own=True)
        stripped = capitalised(_LABEL.sub("", source))
        bare = latin(stripped)
        said = next((found for p in self.patterns if (found := p.apply(bare))), bare)
        before = set(explained)
        plain = reword(split(said), self.glossary, explained)
        if plain == source:
            return Sentence(source, source, own=reading_age(source) > HARD_AGE)
        if self.verifier.faults(bare, plain):
            explained.intersection_update(before)
            return Sentence(stripped, source, own=True, refused=True)
        return Sentence(plain, source, own=plain == bare and reading_age(plain) > HARD_AGE)

    def reworded(self, name: str, seen: Explanations) -> str:
        """A name or heading with plain words; the name itself where the verifier refuses them."""
        plain = reword(name, self.glossary, seen)
        return name if self.verifier.faults(name, plain) else plain


def latin(text: str) -> str:
    """The same with "eg", "ie", "etc" and "&" in English."""
    for shape, english in _LATIN:
        text = shape.sub(english, text)
    return text


def shown(found: Iterable[Sentence]) -> str:
    """The sentences as one text; runs of the team's own words are marked as theirs."""
    lines: list[str] = []
    own: list[str] = []
    for sentence in [*found, None]:
        if sentence is not None and sentence.own:
            own.append(sentence.text)
            continue
        if own:
            lines.append(f"In the study team’s own words: “{' '.join(own)}”")
            own = []
        if sentence is not None:
            lines.append(sentence.text)
    return " ".join(lines)
