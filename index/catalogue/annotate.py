"""Which concepts a study is about, and how much: the ground that `about` stands on."""

from typing import NamedTuple

from index.concepts import Concepts
from index.models import Study

# How sure each part of a record makes it that the study is about what the part names, by measurement
# (docs/search.md). Parts that agree make it surer: 1 - (1 - CONDITION) * (1 - TAG) for both.
CONDITION, TITLE, TAG, SCIENTIFIC, KEYWORD, BROADER_TAG, SUMMARY = (
    0.6,
    0.5,
    0.6,
    0.3,
    0.25,
    0.3,
    0.1,
)
STEP = 0.92
"""A concept one step broader than what the record names counts this much of it."""
FOCUS = 0.94
"""For each further condition that a study lists, it is that much less about any one of them."""
SUMMARY_CHARACTERS = 3000
Weights = dict[int, tuple[float, bool]]
"""Concept number -> (weight in 0..1, whether it earns `about`)."""


class Named(NamedTuple):
    """One part of a record and the concepts it names; whole: the part is the name of the concept."""

    part: str
    text: str
    numbers: list[int]
    whole: bool


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


def named(study: Study, concepts: Concepts) -> list[Named]:
    """What each part of the record names, the most telling part first."""
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
            whole = [] if "title" in part or part == "summary" else list(concepts.whole(text))
            if len(whole) == 1:
                found.append(Named(part, text, whole, True))
            elif part not in ("tag", "keyword", "broader tag") and (inside := concepts.in_record(text)):
                kept = "" if part == "summary" else text
                found.append(Named(part, kept, inside, False))
    return found


def weigh(study: Study, parts: list[Named], concepts: Concepts) -> Weights:
    """What a study is about: the concepts its record names, and every broader one.

    A study of bowel cancer is a study of cancer.
    """
    focus = FOCUS ** max(len(study.conditions) - 1, 0)
    by_part: dict[tuple[str, bool], dict[int, float]] = {}
    for part, _, numbers, whole in parts:
        weight = _WEIGHTS[part]
        if part == "condition":
            weight *= focus if whole else focus * 0.95
        reached = by_part.setdefault((part, whole), {})
        for number in numbers:
            for broader, steps in concepts.above[number].items():
                reached[broader] = max(weight * STEP**steps, reached.get(broader, 0.0))
    found: Weights = {}
    for (part, _), reached in by_part.items():
        about = part not in _ONLY_MENTIONS
        for number, sure in reached.items():
            known, earned = found.get(number, (0.0, False))
            found[number] = (1 - (1 - known) * (1 - sure), earned or about)
    return found
