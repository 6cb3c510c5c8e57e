"""Why a study was found: which of the person's words met which of the record's."""

from collections.abc import Iterator

from index.catalogue.fulltext import STOP, head_of, tokens
from index.catalogue.store import Part
from index.concepts import Concepts
from index.models import Study
from index.search.meaning import AROUND, BROADER_STEPS, Meaning
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
    asked = meaning.text.strip()
    if not asked:
        return ["You asked for studies of any condition."]
    by_concepts = list(dict.fromkeys(_by_concepts(parts, meaning, concepts)))
    if about:
        found = by_concepts or _by_words(study, meaning)
        return found[:MOST_REASONS] or [f"Its description is close in meaning to “{asked}”."]
    if by_concepts:
        return [_only_related(by_concepts[0], study, meaning, concepts)]
    if shared := _shared(parts, meaning, concepts):
        return [f"Not about “{asked}”. Both have to do with “{shared}”."]
    if by_words := _by_words(study, meaning):
        return [f"Only related: {_small(by_words[0])}"]
    return [f"Not about “{asked}”, but its description is close in meaning."]


def _only_related(reason: str, study: Study, meaning: Meaning, concepts: Concepts) -> str:
    """The record names the condition, but not all that was asked, or only in passing."""
    carried = set(tokens(head_of(study), concepts.equivalents)) if meaning.leftover else set()
    if missing := meaning.missing_in(carried):
        said = " ".join(dict.fromkeys(missing))
        return f"Only related: {_small(reason[:-1])}, but does not name “{said}”."
    return f"Only related: {_small(reason)}"


def _small(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


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
        if not 1 <= steps <= BROADER_STEPS or len(concepts.above[broader]) == 1:
            continue  # what is at the top, such as "symptom", says nothing
        if any(broader in concepts.above[one] for part in parts for one in part.numbers):
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
    asked = set(words(meaning.text)) - STOP - AROUND
    for text in (*study.conditions, study.title, *study.keywords, *study.tags):
        if asked.isdisjoint(words(text)):
            continue
        met = [word for word in text.split() if set(words(word)) & asked and len(word) > 3]
        if met:
            said = list(dict.fromkeys(met))
            verb = "word “{}” stands" if len(said) == 1 else "words “{}” stand"
            return [f"Your {verb.format(' '.join(said))} in “{text}”."]
    return []
