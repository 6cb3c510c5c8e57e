"""A study's title in plain words: its own where that reads easily, else reworded, else made."""

import re
from functools import cache
from pathlib import Path

from index.models import Source, Study
from index.plain_english import Simplifier, reading_age
from index.plain_english.patterns import Pattern, load
from index.plain_english.sentences import capitalised, is_shouted, tidy
from index.wording.content import FOLDER, say
from index.wording.names import Explained, conditions, in_sentence, listed, treatments

EASY_AGE = 12.0
HARD_AGE = 16.0
LONGEST_WORDS = 18
_LABEL = re.compile(r"^title\s*:\s*", re.IGNORECASE)


# "Care for patients with cancer" must not become "care for patients with cancer for prostate cancer".
_SAYS_FOR_WHOM = re.compile(r"\b(?:for|patients|people)\b", re.IGNORECASE)


@cache
def _patterns(file: Path = FOLDER / "titles.yml") -> list[Pattern]:
    return load(file)


def title(study: Study) -> str:
    """The title of the card; names of medicines, numbers and ages are those of the record."""
    own = _LABEL.sub("", tidy(study.title or study.scientific_title))
    if study.source == Source.DEMO:
        return own or say("no_title")
    plain = _reworded(own)
    bare = " ".join(re.sub(r"\s*\([^()]{12,}\)", "", own).split())
    choices = [
        text for text in (own if _is_lower(own) else "", bare if _is_lower(own) else "", plain) if text
    ]
    if is_shouted(study.title):
        choices = []
    for text in choices:
        if len(text.split()) <= LONGEST_WORDS and reading_age(text) <= EASY_AGE:
            return text
    made = _made(study)
    for text in [*choices, *made]:
        if len(text.split()) <= LONGEST_WORDS and reading_age(text) <= HARD_AGE:
            return text
    return min(made, key=reading_age, default=own) or say("no_title")


def _is_lower(text: str) -> bool:
    """Whether most words are in small letters, as in a sentence."""
    words = [word for word in text.split() if word[:1].isalpha()]
    return sum(word[:1].islower() for word in words) * 2 >= len(words)


def _reworded(own: str) -> str:
    lowered = in_sentence(own) if not _is_lower(own) else own
    said = next((found.rstrip(".") for p in _patterns() if (found := p.apply(lowered))), lowered)
    return capitalised(Simplifier.load().reworded(said, Explained()))


def _made(study: Study) -> list[str]:
    """Titles from the structured fields, the fullest first."""
    named = conditions(study, 1, brackets=False)
    if not named:
        return []
    made = [say("title_about", conditions=named)]
    names = treatments(study)
    if 1 <= len(names) <= 2 and not _SAYS_FOR_WHOM.search(listed(names)):
        made.insert(0, capitalised(say("title_treatment", names=listed(names), conditions=named)))
    return made
