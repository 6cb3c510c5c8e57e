"""Which concepts a study is about, and how much: the ground that `about` stands on."""

from index.concepts import Concepts
from index.models import Study

# How far each part of a record speaks for what the study is about, by measurement (docs/search.md).
CONDITION, TITLE, TAG, SCIENTIFIC, KEYWORD, BROADER_TAG, SUMMARY = (
    1.0,
    0.9,
    0.85,
    0.7,
    0.5,
    0.4,
    0.2,
)
STEP = 0.92
"""A concept one step broader than what the record names counts this much of it."""
Weights = dict[int, tuple[float, bool]]
"""Concept number -> (weight in 0..1, whether it earns `about`)."""


def direct(study: Study, concepts: Concepts) -> Weights:
    """The concepts that the record names itself, before broader ones are added."""
    found: Weights = {}

    def add(numbers: list[int], weight: float, about: bool = True) -> None:
        for number in numbers:
            known_weight, known_about = found.get(number, (0.0, False))
            found[number] = (max(weight, known_weight), about or known_about)

    # A study of one condition is more about it than a study of six.
    focus = 1.0 if len(study.conditions) <= 2 else 0.9
    for name in study.conditions:
        whole = concepts.whole(name)
        if len(whole) == 1:
            add([whole[0]], CONDITION * focus)
        else:
            add(concepts.in_record(name), CONDITION * focus * 0.95)
    for name in study.tags:
        whole = concepts.whole(name)
        add([whole[0]] if len(whole) == 1 else [], TAG)
    add(concepts.in_record(study.title), TITLE)
    add(concepts.in_record(study.scientific_title), SCIENTIFIC)
    for name in study.keywords:
        whole = concepts.whole(name)
        add([whole[0]] if len(whole) == 1 else [], KEYWORD, about=False)
    for name in study.broader_tags:
        whole = concepts.whole(name)
        add([whole[0]] if len(whole) == 1 else [], BROADER_TAG)
    add(concepts.in_record(study.summary[:3000]), SUMMARY, about=False)
    return found


def closed(named: Weights, concepts: Concepts) -> Weights:
    """The same with every broader concept: a study of bowel cancer is a study of cancer."""
    found: Weights = {}
    for number, (weight, about) in named.items():
        for broader, steps in concepts.above[number].items():
            reached = weight * STEP**steps
            known_weight, known_about = found.get(broader, (0.0, False))
            if about and not known_about:
                known_weight = 0.0  # what earns `about` counts before a mere mention
            if about or not known_about:
                found[broader] = (max(reached, known_weight), about or known_about)
    return found
