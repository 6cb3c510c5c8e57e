"""Which concepts a study is about, and how much: the ground that `about` stands on."""

from collections.abc import Iterator

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
Weights = dict[int, tuple[float, bool]]
"""Concept number -> (weight in 0..1, whether it earns `about`)."""


def concepts_of(study: Study, concepts: Concepts) -> Weights:
    """What a study is about: the concepts its record names, and every broader one.

    A study of bowel cancer is a study of cancer. Keywords and the summary only mention: they do not
    earn `about`.
    """
    found: Weights = {}
    for weight, about, numbers in _parts(study, concepts):
        part: dict[int, float] = {}
        for number in numbers:
            for broader, steps in concepts.above[number].items():
                part[broader] = max(weight * STEP**steps, part.get(broader, 0.0))
        for number, sure in part.items():
            known, earned = found.get(number, (0.0, False))
            found[number] = (1 - (1 - known) * (1 - sure), earned or about)
    return found


def _parts(study: Study, concepts: Concepts) -> Iterator[tuple[float, bool, list[int]]]:
    """Each part of the record: its weight, whether it earns `about`, and the concepts it names."""
    whole: list[int] = []
    inside: list[int] = []
    for name in study.conditions:
        named = concepts.whole(name)
        if len(named) == 1:
            whole.append(named[0])
        else:
            inside += concepts.in_record(name)
    focus = FOCUS ** max(len(study.conditions) - 1, 0)
    yield CONDITION * focus, True, whole
    yield CONDITION * focus * 0.95, True, inside
    yield TAG, True, _named(study.tags, concepts)
    yield TITLE, True, concepts.in_record(study.title)
    yield SCIENTIFIC, True, concepts.in_record(study.scientific_title)
    yield KEYWORD, False, _named(study.keywords, concepts)
    yield BROADER_TAG, True, _named(study.broader_tags, concepts)
    yield SUMMARY, False, concepts.in_record(study.summary[:3000])


def _named(names: list[str], concepts: Concepts) -> list[int]:
    """The concepts that whole names stand for, without the ambiguous ones."""
    return [named[0] for name in names if len(named := concepts.whole(name)) == 1]
