"""What a person's own words say about one rule: it is judged only when nothing is left to judge."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from index.queries import Answer
from index.text import words
from index.wording.age_rule import age_limits
from index.wording.criteria import Criterion
from index.wording.topics import LONGEST_RULE_WORDS, Topic, read_rule, yes_is_good

_SEXES = {
    "female": re.compile(r"\b(?:wom[ae]n|females?|girls?)\b", re.IGNORECASE),
    "male": re.compile(r"\b(?:m[ae]n|males?|boys?)\b", re.IGNORECASE),
}
_OVER = re.compile(r"\b(?:over|above|older than)\b|>(?!=)", re.IGNORECASE)
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


def judge(criterion: Criterion, person: Person) -> Judged:
    """Whether a rule is met by what the person said, and why; only where nothing is left to judge."""
    text = criterion.text
    if len(text.split()) > LONGEST_RULE_WORDS:
        return UNKNOWN
    if person.age is not None and (limits := age_limits(text)):
        if _is_for_others(text, person) or _is_on_the_edge(text, person.age, limits[0]):
            return UNKNOWN
        fits = inside(person.age, *limits)
        return Judged(_met(fits == (criterion.kind == "include")), f"You said {person.age:g}.")
    if (reading := read_rule(criterion)) is not None:
        good, topic = yes_is_good(criterion, reading), reading.topic
        if not_for(topic, person):
            # A man is not pregnant: as if he had said no.
            return Judged(_met(not good), f"You said {person.sex}.") if False in reading.settles else UNKNOWN
        said = person.answers.get(topic.id)
        if said is not None and said in reading.settles:
            because = f"You said {'yes' if said else 'no'}: {topic.ask}"
            return Judged(_met(said == good), because, topic.id)
    if (
        criterion.kind == "include"
        and person.condition
        and not person.healthy
        and _is_condition(text, person.condition)
    ):
        return Judged("met", f"You said “{person.condition}”.")
    return UNKNOWN


def _is_for_others(text: str, person: Person) -> bool:
    """Whether an age rule is for one sex, which is not known to be the person's: "women aged 60 or over"."""
    sexes = {sex for sex, shape in _SEXES.items() if shape.search(text)}
    return len(sexes) == 1 and person.sex not in sexes


def _is_on_the_edge(text: str, age: float, low: float | None) -> bool:
    """Whether "over 18" leaves it open: somebody of 18 may be over 18, or meant to be left out."""
    return low is not None and low - 1 <= age < low and bool(_OVER.search(text))


def not_for(topic: Topic, person: Person) -> bool:
    """Whether a question is for the other sex than the person's."""
    return bool(topic.sex and person.sex and topic.sex != person.sex)


def _met(fits: bool) -> Answer:
    return "met" if fits else "not_met"


def inside(age: float, low: float | None, high: float | None) -> bool:
    """Whether an age in years lies within limits, None for no limit."""
    # A limit of 65 takes in everybody who has not turned 66.
    return (low is None or age >= low) and (high is None or age < high + 1)


def _is_condition(text: str, condition: str) -> bool:
    rest = _DIAGNOSIS.sub("", text.strip(" .;"), count=1)
    rest = re.sub(r"\s+(?:of any (?:type|kind)|of any severity)$", "", rest)
    return bool(words(rest)) and words(rest) == words(condition)
