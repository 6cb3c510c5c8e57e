"""Which concepts a study is about, and how much: the ground that `about` stands on.

A concept is a number where the lexicon has it, else the id of a name that records have. Nothing here
depends on other studies, so that an unchanged study is never annotated twice.
"""

from typing import NamedTuple

from index.concepts import Concepts
from index.models import Study
from index.text import words

# How sure each part of a record makes it that the study is about what the part names, by measurement
# (docs/search.md). Parts that agree make it surer: 1 - (1 - CONDITION) * (1 - TAG) for both.
CONDITION, TITLE, TAG, SCIENTIFIC, KEYWORD, BROADER_TAG, SUMMARY = 0.6, 0.5, 0.6, 0.3, 0.25, 0.3, 0.1
STEP = 0.92
"""A concept one step broader than what the record names counts this much of it."""
FOCUS = 0.94
"""For each further condition that a study lists, it is that much less about any one of them."""
SUMMARY_CHARACTERS = 3000
Concept = int | str
Weights = dict[Concept, tuple[float, bool]]
"""Concept -> (weight in 0..1, whether it earns `about`)."""


class Named(NamedTuple):
    """One part of a record and the concepts it names; whole: the part is the name of the concept."""

    part: str
    text: str
    concepts: list[Concept]
    whole: bool


class OwnName(NamedTuple):
    """A condition's name that the lexicon lacks: as the record writes it, and what it is a kind of."""

    name: str
    above: dict[int, int]


_WEIGHTS = {
    "condition": CONDITION,
    "tag": TAG,
    "title": TITLE,
    "scientific title": SCIENTIFIC,
    "keyword": KEYWORD,
    "broader tag": BROADER_TAG,
    "summary": SUMMARY,
}
_ONLY_MENTIONS = ("keyword", "summary")
"""Parts that do not earn `about`."""
_RUNNING = ("condition", "title", "scientific title", "summary")
"""Parts inside which a concept may stand among other words."""


def own_names(study: Study, concepts: Concepts) -> dict[str, OwnName]:
    """The conditions and tags of a study that only records know, by id."""
    found: dict[str, OwnName] = {}
    for name in (*study.tags, *study.conditions):
        if 3 <= len(name) <= 120 and (name_id := concepts.name_id(name)):
            found.setdefault(name_id, OwnName(name, concepts.above_name(name)))
    return found


def named(study: Study, own: dict[str, OwnName], concepts: Concepts) -> list[Named]:
    """What each part of the record names, the most telling part first."""
    phrases = {name_id: f" {' '.join(words(one.name))} " for name_id, one in own.items()}
    found: list[Named] = []
    for part, texts in (
        ("condition", study.conditions),
        ("title", [study.title]),
        ("tag", study.tags),
        ("scientific title", [study.scientific_title]),
        ("keyword", study.keywords),
        ("broader tag", study.broader_tags),
        ("summary", [study.summary[:SUMMARY_CHARACTERS]]),
    ):
        for text in texts:
            whole = [] if "title" in part or part == "summary" else _whole(text, concepts)
            if len(whole) == 1:
                found.append(Named(part, text, whole, True))
            elif part in _RUNNING and (inside := _inside(text, phrases, concepts)):
                found.append(Named(part, "" if part == "summary" else text, inside, False))
    return found


def _whole(text: str, concepts: Concepts) -> list[Concept]:
    known: list[Concept] = list(concepts.whole(text))
    if not known and (name_id := concepts.name_id(text)):
        known.append(name_id)
    return known


def _inside(text: str, phrases: dict[str, str], concepts: Concepts) -> list[Concept]:
    """Concepts of the lexicon that stand in running words, and the record's own names."""
    found: list[Concept] = list(concepts.in_record(text))
    if phrases:
        running = f" {' '.join(words(text))} "
        found += [name_id for name_id, phrase in phrases.items() if phrase in running]
    return found


def weigh(study: Study, parts: list[Named], own: dict[str, OwnName], concepts: Concepts) -> Weights:
    """What a study is about: the concepts its record names, and every broader one.

    A study of bowel cancer is a study of cancer.
    """
    focus = FOCUS ** max(len(study.conditions) - 1, 0)
    by_part: dict[tuple[str, bool], dict[Concept, float]] = {}
    for part, _, numbers, whole in parts:
        weight = _WEIGHTS[part]
        if part == "condition":
            weight *= focus if whole else focus * 0.95
        reached = by_part.setdefault((part, whole), {})
        for concept in numbers:
            for broader, steps in _above(concept, own, concepts).items():
                reached[broader] = max(weight * STEP**steps, reached.get(broader, 0.0))
    found: Weights = {}
    for (part, _), reached in by_part.items():
        about = part not in _ONLY_MENTIONS
        for concept, sure in reached.items():
            known, earned = found.get(concept, (0.0, False))
            found[concept] = (1 - (1 - known) * (1 - sure), earned or about)
    return found


def _above(concept: Concept, own: dict[str, OwnName], concepts: Concepts) -> dict[Concept, int]:
    if isinstance(concept, int):
        return dict(concepts.above[concept].items())
    return {concept: 0} | dict((own[concept].above if concept in own else {}).items())
