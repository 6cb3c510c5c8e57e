"""What taking part would take: each part with the sentence of the record that it comes from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from index.models import Study
from index.plain_english import Sentence, Simplifier, shown
from index.plain_english.sentences import sentences
from index.wording.content import content
from index.wording.lead import frightens
from index.wording.names import is_placebo

MOST_SENTENCES = 2
LONGEST_SOURCE = 20_000
# Why a study is done, and what was tried before, stand between these two in many records.
_RATIONALE = re.compile(r"\bRATIONALE:.*?(?=\bPURPOSE:|\Z)", re.DOTALL)
TELL_MORE = {"benefits_and_risks"}
NOT_WHAT_HAPPENS = {"contact", "run_from", "funding"}


@dataclass(frozen=True)
class Part:
    """One part of what a study takes, and the words that a sentence about it holds.

    needs: a sentence must hold one of these too; unless: it must hold none of these
    first: sentences that hold one of these are taken before the others
    """

    id: str
    label: str
    shape: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    needs: re.Pattern[str] | None = None
    first: re.Pattern[str] | None = None

    def is_about(self, sentence: str) -> bool:
        """Whether a sentence of a record is about this part."""
        return bool(
            self.shape.search(sentence)
            and (self.needs is None or self.needs.search(sentence))
            and not (self.unless and self.unless.search(sentence))
        )

    def is_first(self, sentence: str) -> bool:
        """Whether a sentence says more of this part than others do."""
        return bool(self.first and self.first.search(sentence))


@cache
def parts() -> tuple[Part, ...]:
    """The editors' parts, in their order."""
    common = content("burden")["never"]
    return tuple(
        Part(
            entry["id"],
            entry["label"],
            _any_of(entry["words"]),
            unless=_any_of([*entry.get("unless", ()), *common]),
            needs=_any_of(entry["needs"]) if "needs" in entry else None,
            first=_any_of(entry["first"]) if "first" in entry else None,
        )
        for entry in content("burden")["parts"]
    )


def _any_of(written: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_shape, written)))


def _shape(written: str) -> str:
    """A saying as a pattern. Capitals count where there are some: "PET" is a scan, and "pet" is not."""
    shape = re.escape(written).replace(r"\ \*\ ", r" (?:[\w-]+ ){1,3}").replace(r"\*", r"\w*")
    whole = rf"(?<!\w){shape}(?!\w)".replace("\\#", r"\d+")
    return whole if re.search("[A-Z]", written) else f"(?i:{whole})"


def burden(study: Study) -> tuple[dict[str, str], dict[str, str]]:
    """(plain words, the record's sentences) by part; what the record does not say reads so."""
    said = content("burden")
    plain: dict[str, str] = {}
    sources: dict[str, str] = {}
    told = list(_sentences(study))
    for part in parts():
        about = sorted(filter(part.is_about, told), key=lambda one: (frightens(one), not part.is_first(one)))
        fact = _field_fact(study, part.id)
        if fact and (part.id == "from_home" or not any(map(part.is_first, about))):
            # The record's own field is exact; a sentence stands before it only where it says more.
            plain[part.id], sources[part.id] = fact
        elif about:
            found = [_in_plain_words(part, source) for source in about[:MOST_SENTENCES]]
            plain[part.id], sources[part.id] = shown(found), " ".join(about[:MOST_SENTENCES])
        else:
            plain[part.id] = said["not_said"]
    return plain, sources


def _in_plain_words(part: Part, source: str) -> Sentence:
    """The sentence reworded; as it stands where plain words would no longer speak of the part."""
    sentence = Simplifier.load().sentence(source)
    return sentence if part.is_about(sentence.text) else replace(sentence, text=source, own=True)


def _field_fact(study: Study, part: str) -> tuple[str, str] | None:
    """(plain words, where from) that the structured fields give."""
    said = content("burden")
    if part == "from_home" and study.from_home:
        return said["from_home_yes"], said["from_home_original"]
    if part == "chance_of_new_treatment" and study.allocation == "randomized":
        return said["chance_unknown"], said["chance_original"]
    if part == "chance_of_new_treatment" and study.allocation == "non_randomized":
        return said["no_chance"], said["no_chance_original"]
    if part == "placebo" and (dummies := [item.name for item in study.interventions if is_placebo(item)]):
        return said["placebo_yes"], "; ".join(dummies)
    return None


def _sentences(study: Study) -> Iterator[str]:
    """The record's sentences, those on what happens first, each once."""
    told = [study.sections.get("involves", "")]
    told += [f"{item.name}: {item.description}" for item in study.interventions if item.description]
    # Where a page says what happens, its other headings tell of the illness and of who may join.
    wanted = TELL_MORE if study.sections.get("involves") else set(study.sections) - NOT_WHAT_HAPPENS
    told += [text for key, text in study.sections.items() if key in wanted]
    told += [] if study.sections else [study.summary]
    told.append(study.details)
    seen: dict[str, None] = {}
    for text in told:
        for sentence in sentences(_RATIONALE.sub("", text[:LONGEST_SOURCE])):
            seen.setdefault(sentence)
    yield from seen
