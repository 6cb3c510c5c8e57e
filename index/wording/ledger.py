"""The reason ledger: each rule of a study beside what a person has said.

met: what the person said fits the rule. not_met: it stands against taking part. unknown: the person
has not said, or the rule is for the study team to judge. It never says that somebody is eligible.
"""

from index.models import Sex, Study
from index.plain_english import Sentence
from index.queries import Answer, Question, Rule
from index.wording.age_rule import age_limits
from index.wording.criteria import Criterion, criteria
from index.wording.facts import ages
from index.wording.judge import NOBODY, Person, inside, judge, not_for
from index.wording.kept import Kept
from index.wording.rule_words import plain_rule
from index.wording.topics import Topic, read_rule, topics, yes_is_good

MOST_QUESTIONS = 3


def rules(study: Study, person: Person = NOBODY) -> list[Rule]:
    """Every rule in plain words beside its source, judged by what the person said."""
    found = list(_from_fields(study, person))
    fits_age = person.age is not None and inside(person.age, study.age_min, study.age_max)
    fits_age = fits_age and (study.age_min is not None or study.age_max is not None)
    for criterion, sentence in _worded.of(study, _word):
        answer, because, topic = judge(criterion, person)
        if answer == "not_met" and fits_age and age_limits(criterion.text):
            # The field takes them in: the rule is one group's of several, or loosely put.
            answer, because = "unknown", ""
        found.append(
            Rule(
                kind=criterion.kind,
                text=sentence.text,
                original=criterion.text,
                own_words=sentence.own,
                answer=answer,
                because=because,
                topic=topic,
            )
        )
    return found


def _word(study: Study) -> list[tuple[Criterion, Sentence]]:
    """Every rule with its plain words, which no person changes."""
    seen = set[str]()
    return [(rule, plain_rule(rule.text, seen)) for rule in criteria(study)]


_worded = Kept[list[tuple[Criterion, Sentence]]](500)


def against(study: Study, person: Person) -> list[str]:
    """Why a study may not fit somebody, by what they answered; nothing is hidden because of it."""
    found = [judge(rule, person) for rule in criteria(study)]
    return list(dict.fromkeys(one.because for one in found if one.topic and one.answer == "not_met"))


def answers_that_count(person: Person) -> dict[str, bool]:
    """The person's answers, without those to questions for the other sex."""
    apart = {topic.id for topic in topics() if not_for(topic, person)}
    return {topic: said for topic, said in person.answers.items() if topic not in apart}


def doubts(study: Study) -> set[tuple[str, bool]]:
    """Every (topic, yes or no) that would stand against taking part."""
    found = ((rule, read_rule(rule)) for rule in criteria(study))
    return {
        (reading.topic.id, bad)
        for rule, reading in found
        if reading is not None and (bad := not yes_is_good(rule, reading)) in reading.settles
    }


def questions(study: Study, person: Person = NOBODY) -> list[Question]:
    """At most three questions whose answer would settle a rule that is still unknown."""
    found: dict[str, Question] = {}
    for criterion in criteria(study):
        reading = read_rule(criterion)
        if reading is None or reading.topic.id in person.answers or reading.topic.id in found:
            continue
        topic = reading.topic
        if not_for(topic, person) or _has_said(topic, person):
            continue
        if topic.id == "pregnant" and person.age is not None and not 12 <= person.age <= 55:
            continue
        found[topic.id] = Question(topic=topic.id, text=topic.ask, rule=criterion.text)
    order = [topic.id for topic in topics()]
    return sorted(found.values(), key=lambda asked: order.index(asked.topic))[:MOST_QUESTIONS]


def _has_said(topic: Topic, person: Person) -> bool:
    """Whether the question names what the person looks for: nobody is asked that again."""
    return bool(person.condition and not person.healthy and topic.any.search(person.condition.lower()))


def _from_fields(study: Study, person: Person) -> list[Rule]:
    """The record's own fields for age, sex and healthy people, which are exact."""
    found = []
    if study.age_min or study.age_max is not None:
        fits = person.age is not None and inside(person.age, study.age_min, study.age_max)
        answer: Answer = "unknown" if person.age is None else "met" if fits else "not_met"
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
