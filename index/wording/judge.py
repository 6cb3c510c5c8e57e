"""What a person's own words say about one rule: it is judged only when nothing is left to judge."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from index.queries import Answer
from index.text import words
from index.wording.age_rule import age_limits
from index.wording.content import content
from index.wording.criteria import Criterion

LONGEST_ASKED_WORDS = 30
_DIAGNOSIS = re.compile(
    r"^(?:(?:patients?|participants?|people|adults?|subjects?)\s+)?(?:with\s+)?(?:an?\s+)?"
    r"(?:(?:confirmed|clinical|known|established|documented)\s+)*"
    r"(?:diagnosis of|diagnosed with|diagnosed|has|have|having)?\s*(?:an?\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Person:
    """What somebody has said of the person who may take part.

    age: years; sex: "female" or "male"; condition: their words; healthy: without the condition;
    answers: topic of `questions.yml` -> yes or no
    """

    age: float | None = None
    sex: str | None = None
    condition: str | None = None
    healthy: bool = False
    answers: dict[str, bool] = field(default_factory=dict)


NOBODY = Person()


class Judged(NamedTuple):
    """What a person's words say about a rule, why, and the topic of the question that settled it."""

    answer: Answer = "unknown"
    because: str = ""
    topic: str = ""


UNKNOWN = Judged()


@dataclass(frozen=True)
class Topic:
    """Something that a person can be asked about rules."""

    id: str
    ask: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    sex: str = ""


@cache
def topics() -> tuple[Topic, ...]:
    """The editors' topics, in their order."""
    return tuple(
        Topic(
            id=entry["id"],
            ask=entry["ask"],
            words=tuple(entry["words"]),
            unless=tuple(entry.get("unless", ())),
            sex=entry.get("sex", ""),
        )
        for entry in content("questions")["topics"]
    )


def judge(criterion: Criterion, person: Person) -> Judged:
    """Whether a rule is met by what the person said, and why; only where nothing is left to judge."""
    text = criterion.text
    if len(text.split()) > LONGEST_ASKED_WORDS:
        return UNKNOWN
    if person.age is not None and (limits := age_limits(text)):
        fits = inside(person.age, *limits)
        return Judged(_met(fits == (criterion.kind == "include")), f"You said {person.age:g}.")
    topic = topic_of(criterion)
    if topic is not None:
        if not_for(topic, person):
            # A man is not pregnant: as if he had said no.
            return Judged(_met(not yes_is_good(criterion)), f"You said {person.sex}.")
        if topic.id in person.answers:
            yes = person.answers[topic.id]
            because = f"You said {'yes' if yes else 'no'}: {topic.ask}"
            return Judged(_met(yes == yes_is_good(criterion)), because, topic.id)
    if (
        criterion.kind == "include"
        and person.condition
        and not person.healthy
        and _is_condition(text, person.condition)
    ):
        return Judged("met", f"You said “{person.condition}”.")
    return UNKNOWN


def not_for(topic: Topic, person: Person) -> bool:
    """Whether a question is for the other sex than the person's."""
    return bool(topic.sex and person.sex and topic.sex != person.sex)


def _met(fits: bool) -> Answer:
    return "met" if fits else "not_met"


def inside(age: float, low: float | None, high: float | None) -> bool:
    """Whether an age in years lies within limits, None for no limit."""
    # A limit of 65 takes in everybody who has not turned 66.
    return (low is None or age >= low) and (high is None or age < high + 1)


def topic_of(criterion: Criterion) -> Topic | None:
    """The topic that a short rule is about, if a yes or no would settle it."""
    lower = criterion.text.lower()
    if len(lower.split()) > LONGEST_ASKED_WORDS:
        return None
    for topic in topics():
        if any(word in lower for word in topic.words) and not any(word in lower for word in topic.unless):
            # A list of several things is not settled by one answer.
            return topic if len(re.findall(r"[,;]| or ", lower)) <= 1 else None
    return None


def yes_is_good(criterion: Criterion) -> bool:
    """Whether yes to the topic's question speaks for taking part."""
    denied = bool(re.search(r"\b(?:no|not|without|never|absence of|non)\b|n't\b", criterion.text.lower()))
    wanted = criterion.kind == "include"
    return wanted != denied


def _is_condition(text: str, condition: str) -> bool:
    rest = _DIAGNOSIS.sub("", text.strip(" .;"), count=1)
    rest = re.sub(r"\s+(?:of any (?:type|kind)|of any severity)$", "", rest)
    return bool(words(rest)) and words(rest) == words(condition)
