"""What taking part would take: each part with the sentence of the record that it comes from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.models import Study
from index.plain_english import Simplifier, shown
from index.plain_english.sentences import sentences
from index.wording.content import content
from index.wording.names import is_placebo

MOST_SENTENCES = 2
LONGEST_SOURCE = 20_000


@dataclass(frozen=True)
class Part:
    """One part of what a study takes, and the words that a sentence about it holds."""

    id: str
    label: str
    shape: re.Pattern[str]
    unless: tuple[str, ...] = ()

    def is_about(self, sentence: str) -> bool:
        """Whether a sentence of a record is about this part."""
        return bool(self.shape.search(sentence)) and not any(word in sentence.lower() for word in self.unless)


@cache
def parts() -> tuple[Part, ...]:
    """The editors' parts, in their order."""
    return tuple(
        Part(
            entry["id"],
            entry["label"],
            re.compile("|".join(map(_shape, entry["words"])), re.IGNORECASE),
            tuple(entry.get("unless", ())),
        )
        for entry in content("burden")["parts"]
    )


def _shape(written: str) -> str:
    return r"\b" + re.escape(written).replace(r"\ \*\ ", r" (?:\w+ ){1,3}").replace(r"\*", r"\w*") + r"(?!\w)"


def burden(study: Study) -> tuple[dict[str, str], dict[str, str]]:
    """(plain words, the record's sentences) by part; what the record does not say reads so."""
    said = content("burden")
    simplifier = Simplifier.load()
    plain: dict[str, str] = {}
    sources: dict[str, str] = {}
    told = list(_sentences(study))
    for part in parts():
        found = [sentence for sentence in told if part.is_about(sentence)][:MOST_SENTENCES]
        text = shown(simplifier.sentence(source) for source in found)
        fact = _field_fact(study, part.id)
        # Plain words that no longer speak of the part ("randomised" is left out) say nothing of it.
        if found and not (fact and (part.id == "from_home" or not part.shape.search(text))):
            plain[part.id], sources[part.id] = text, " ".join(found)
        elif fact:
            plain[part.id], sources[part.id] = fact
        else:
            plain[part.id] = said["not_said"]
    return plain, sources


def _field_fact(study: Study, part: str) -> tuple[str, str] | None:
    """(plain words, where from) that the structured fields give."""
    said = content("burden")
    if part == "from_home" and study.from_home:
        return said["from_home_yes"], said["from_home_original"]
    if part == "chance_of_new_treatment" and study.allocation == "randomized":
        return said["chance_unknown"], said["chance_original"]
    if part == "placebo" and (dummies := [item.name for item in study.interventions if is_placebo(item)]):
        return said["placebo_yes"], "; ".join(dummies)
    return None


def _sentences(study: Study) -> Iterator[str]:
    """The record's sentences, those on what happens first, each once."""
    told = [study.sections.get("involves", "")]
    told += [f"{item.name}: {item.description}" for item in study.interventions if item.description]
    told += [
        text
        for key, text in study.sections.items()
        if key not in ("involves", "contact", "run_from", "funding")
    ]
    told += [] if study.sections else [study.summary]
    told.append(study.details)
    seen: dict[str, None] = {}
    for text in told:
        for sentence in sentences(text[:LONGEST_SOURCE]):
            seen.setdefault(sentence)
    yield from seen
