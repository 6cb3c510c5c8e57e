"""The reason ledger: each rule of a study beside what a person has said.

met: what the person said fits the rule. not_met: it stands against taking part. unknown: the person
has not said, or the rule is for the study team to judge. It never says that somebody is eligible.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from index.models import Sex, Study
from index.plain_english import Sentence, Simplifier
from index.queries import Answer, Question, Rule
from index.text import words
from index.wording.age_rule import age_limits
from index.wording.content import content
from index.wording.criteria import Criterion, criteria
from index.wording.facts import ages
from index.wording.kept import Kept

MOST_QUESTIONS = 3
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


def rules(study: Study, person: Person = NOBODY) -> list[Rule]:
    """Every rule in plain words beside its source, judged by what the person said."""
    found = list(_from_fields(study, person))
    for criterion, sentence in _worded.of(study, _word):
        answer, because = judge(criterion, person)
        found.append(
            Rule(
                kind=criterion.kind,
                text=sentence.text,
                original=criterion.text,
                own_words=sentence.own,
                answer=answer,
                because=because,
            )
        )
    return found


def _word(study: Study) -> list[tuple[Criterion, Sentence]]:
    """Every rule with its plain words, which no person changes."""
    simplifier, seen = Simplifier.load(), set[str]()
    return [(rule, simplifier.sentence(rule.text, seen)) for rule in criteria(study)]


_worded = Kept[list[tuple[Criterion, Sentence]]](500)


def against(study: Study, person: Person) -> list[str]:
    """Why a study may not fit somebody, by what they answered; nothing is hidden because of it."""
    return [
        because
        for rule in criteria(study)
        for answer, because in [judge(rule, person)]
        if answer == "not_met"
    ]


def questions(study: Study, person: Person = NOBODY) -> list[Question]:
    """At most three questions whose answer would settle a rule that is still unknown."""
    found: dict[str, Question] = {}
    for criterion in criteria(study):
        topic = topic_of(criterion)
        if topic is None or topic.id in person.answers or topic.id in found:
            continue
        if topic.sex and person.sex and topic.sex != person.sex:
            continue
        if topic.id == "pregnant" and person.age is not None and not 12 <= person.age <= 55:
            continue
        found[topic.id] = Question(topic=topic.id, text=topic.ask, rule=criterion.text)
    order = [topic.id for topic in topics()]
    return sorted(found.values(), key=lambda asked: order.index(asked.topic))[:MOST_QUESTIONS]


def _from_fields(study: Study, person: Person) -> list[Rule]:
    """The record's own fields for age, sex and healthy people, which are exact."""
    found = []
    if study.age_min or study.age_max is not None:
        inside = person.age is not None and _inside(person.age, study.age_min, study.age_max)
        answer: Answer = "unknown" if person.age is None else "met" if inside else "not_met"
        found.append(
            _field_rule(
                f"You are {ages(study.age_min, study.age_max)}.",
                "ages",
                answer,
                f"You said {person.age:g}." if person.age is not None else "",
            )
        )
    if study.sex != Sex.ALL:
        answer = "unknown" if person.sex is None else "met" if person.sex == study.sex else "not_met"
        found.append(
            _field_rule(
                f"You are {study.sex}.", "sex", answer, f"You said {person.sex}." if person.sex else ""
            )
        )
    if person.healthy:
        answer = "met" if study.healthy else "not_met"
        text = "Healthy people can join." if study.healthy else "The study is not for healthy people."
        found.append(_field_rule(text, "healthy volunteers", answer, "You said that you are healthy."))
    return found


def _field_rule(text: str, name: str, answer: Answer, because: str) -> Rule:
    return Rule(
        kind="include",
        text=text,
        original=f"From the record’s field for {name}.",
        answer=answer,
        because=because,
    )


def _inside(age: float, low: float | None, high: float | None) -> bool:
    # A limit of 65 takes in everybody who has not turned 66.
    return (low is None or age >= low) and (high is None or age < high + 1)


def judge(criterion: Criterion, person: Person) -> tuple[Answer, str]:
    """Whether a rule is met by what the person said, and why; only where nothing is left to judge."""
    text = criterion.text
    if len(text.split()) > LONGEST_ASKED_WORDS:
        return "unknown", ""
    if person.age is not None and (limits := age_limits(text)):
        fits = (
            _inside(person.age, *limits) if criterion.kind == "include" else not _inside(person.age, *limits)
        )
        return ("met" if fits else "not_met"), f"You said {person.age:g}."
    topic = topic_of(criterion)
    if topic is not None:
        if topic.sex and person.sex and topic.sex != person.sex:
            return "met", f"You said {person.sex}."
        if topic.id in person.answers:
            yes = person.answers[topic.id]
            return (
                "met" if yes == _yes_is_good(criterion) else "not_met"
            ), f"You said {'yes' if yes else 'no'}: {topic.ask}"
    if (
        criterion.kind == "include"
        and person.condition
        and not person.healthy
        and _is_condition(text, person.condition)
    ):
        return "met", f"You said “{person.condition}”."
    return "unknown", ""


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


def _yes_is_good(criterion: Criterion) -> bool:
    denied = bool(re.search(r"\b(?:no|not|without|never|absence of|non)\b|n't\b", criterion.text.lower()))
    wanted = criterion.kind == "include"
    return wanted != denied


def _is_condition(text: str, condition: str) -> bool:
    rest = _DIAGNOSIS.sub("", text.strip(" .;"), count=1)
    rest = re.sub(r"\s+(?:of any (?:type|kind)|of any severity)$", "", rest)
    return bool(words(rest)) and words(rest) == words(condition)
