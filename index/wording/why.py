"""Why a study was found: which of the person's words met which of the record's."""

from collections.abc import Iterator

from index.catalogue.store import Part
from index.concepts import Concepts
from index.models import Study
from index.search.meaning import BROADER_STEPS, Meaning
from index.text import words

MOST_REASONS = 3
_VERB = {
    "condition": "lists",
    "tag": "is filed under",
    "broader tag": "is filed under",
    "keyword": "has the keyword",
}


def reasons(study: Study, parts: list[Part], meaning: Meaning, concepts: Concepts, about: bool) -> list[str]:
    """Plain reasons, at most three; every study has at least one.

    parts: what each part of the study's record names
    """
    found: dict[str, None] = {}
    if meaning.numbers:
        for reason in _by_concepts(parts, meaning, concepts):
            found[reason] = None
    if not found:
        for reason in _by_words(study, meaning):
            found[reason] = None
    if not found:
        asked = meaning.text.strip()
        if not asked:
            return ["You asked for studies of any condition."]
        shared = _shared(parts, meaning, concepts)
        if shared:
            return [f"Not about “{asked}”. Both have to do with “{shared}”."]
        return [f"Not about “{asked}”, but its description is close in meaning."]
    if not about:
        first = next(iter(found))
        return [f"Only related: {first[0].lower()}{first[1:]}"]
    return list(found)[:MOST_REASONS]


def _by_concepts(parts: list[Part], meaning: Meaning, concepts: Concepts) -> Iterator[str]:
    """One reason for each concept that was asked for, from the first part that names it."""
    missing = list(meaning.numbers)
    for part, text, named, _ in parts:
        for number in list(missing):
            narrower = next((one for one in named if number in concepts.above[one]), None)
            if narrower is not None:
                said = meaning.matched.get(number, concepts.names[number])
                yield _sentence(part, text, said, concepts.names[number], narrower == number)
                missing.remove(number)


def _shared(parts: list[Part], meaning: Meaning, concepts: Concepts) -> str:
    """The nearest broader condition of what was asked that the record is about too; "" if none."""
    above = sorted(
        (steps, broader) for asked in meaning.numbers for broader, steps in concepts.above[asked].items()
    )
    for steps, broader in above:
        if 1 <= steps <= BROADER_STEPS and any(
            broader in concepts.above[one] for part in parts for one in part.numbers
        ):
            return concepts.names[broader]
    return ""


def _sentence(field: str, text: str, said: str, name: str, same: bool) -> str:
    asked = f"You said “{said}”"
    if " ".join(words(said)) != " ".join(words(name)):
        asked += f" ({name})"
    kind = "" if same else ", which is a kind of it" if field == "condition" else ", a kind of it"
    if field in ("title", "scientific title", "summary"):
        part = "description" if field == "summary" else "title"
        return f"{asked}: the study’s {part} names it{'' if same else ', or a kind of it'}."
    part = _VERB[field]
    return f"{asked}: the study {part} “{text}”{kind}."


def _by_words(study: Study, meaning: Meaning) -> list[str]:
    asked = set(words(meaning.text))
    for text in (*study.conditions, study.title, *study.keywords, *study.tags):
        if asked.isdisjoint(words(text)):
            continue
        met = [word for word in text.split() if set(words(word)) & asked and len(word) > 3]
        if met:
            return [f"Your words “{' '.join(dict.fromkeys(met))}” stand in “{text}”."]
    return []
