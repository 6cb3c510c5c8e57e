"""Why a study was found: which of the person's words met which of the record's."""

from index.concepts import Concepts
from index.models import Study
from index.search.meaning import Meaning
from index.text import words

MOST_REASONS = 3


def reasons(study: Study, meaning: Meaning, concepts: Concepts, about: bool) -> list[str]:
    """Plain reasons, at most three; every study has at least one."""
    found: dict[str, None] = {}
    for number in meaning.numbers:
        for reason in _by_concept(study, meaning, concepts, number):
            found[reason] = None
    if not found:
        for reason in _by_words(study, meaning):
            found[reason] = None
    if not found:
        asked = meaning.text.strip()
        if not asked:
            return ["You asked for studies of any condition."]
        return [f"Not about “{asked}”, but its description is close in meaning."]
    if not about:
        return [f"Only related: {list(found)[0][0].lower()}{list(found)[0][1:]}"]
    return list(found)[:MOST_REASONS]


def _by_concept(study: Study, meaning: Meaning, concepts: Concepts, number: int) -> list[str]:
    said = meaning.matched.get(number, concepts.names[number])
    name = concepts.names[number]
    fields = [
        *(("condition", text) for text in study.conditions),
        ("title", study.title),
        *(("tag", text) for text in study.tags),
        ("title", study.scientific_title),
        *(("keyword", text) for text in study.keywords),
        ("summary", study.summary[:3000]),
    ]
    reasons = []
    for field, text in fields:
        inside = concepts.whole(text) if field in ("condition", "tag", "keyword") else ()
        for named in inside or concepts.in_record(text):
            if number not in concepts.above[named]:
                continue
            reasons.append(_sentence(field, text, said, name, named == number))
            break
        if reasons:
            break
    return reasons


def _sentence(field: str, text: str, said: str, name: str, same: bool) -> str:
    asked = f"You said “{said}”"
    if " ".join(words(said)) != " ".join(words(name)):
        asked += f" ({name})"
    kind = "" if same else ", which is a kind of it" if field == "condition" else ", a kind of it"
    if field in ("title", "summary"):
        part = "title" if field == "title" else "description"
        return f"{asked}: the study’s {part} names it{'' if same else ', or a kind of it'}."
    part = {"condition": "lists", "tag": "is filed under", "keyword": "has the keyword"}[field]
    return f"{asked}: the study {part} “{text}”{kind}."


def _by_words(study: Study, meaning: Meaning) -> list[str]:
    asked = set(words(meaning.text))
    for text in (*study.conditions, study.title, *study.keywords, *study.tags):
        met = [word for word in text.split() if set(words(word)) & asked and len(word) > 3]
        if met:
            return [f"Your words “{' '.join(dict.fromkeys(met))}” stand in “{text}”."]
    return []
