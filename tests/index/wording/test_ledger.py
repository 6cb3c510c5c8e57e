"""The reason ledger: rules judged only by what a person said, and questions for the rest."""

import pytest

from index.wording.age_rule import age_limits
from index.wording.criteria import Criterion
from index.wording.judge import Person, judge
from index.wording.ledger import against, doubts, questions, rules
from index.wording.topics import topics
from tests.index.wording.records import isrctn, study


@pytest.mark.parametrize(
    ("rule", "limits"),
    [
        ("Aged 18 to 65 years", (18, 65)),
        ("Age: 16 to 75", (16, 75)),
        ("Age ≥ 18 years", (18, None)),
        ("18 years or older", (18, None)),
        ("Adults aged 18 years and over", (18, None)),
        ("Male or female, aged at least 40 years", (40, None)),
        ("Over 50 years of age", (51, None)),
        ("Under 18 years old", (None, 17)),
        ("Aged up to 21 years", (None, 21)),
        ("Aged between 18 and 80 years", (18, 80)),
        ("Age greater than or equal to 18 years.", (18, None)),
        ("Patients must be greater than or equal to 1 year of age but less than 25 years of age", None),
        ("Age ≥ 1 and ≤ 16 years", (1, 16)),
        ("Age >= 18 years and <= 75 years", (18, 75)),
        ("Age less than or equal to 21 years", (None, 21)),
        ("Age less than 18 years or greater than 65 years", None),
        ("At least 18 years of age with asthma", None),
        ("Platelets over 100", None),
        ("Diagnosed at least 2 years ago", None),
        ("2 to 3 visits", None),
    ],
)
def test_a_rule_on_age_alone_is_read(rule: str, limits: tuple[float, float] | None) -> None:
    assert age_limits(rule) == limits


@pytest.mark.parametrize(
    ("kind", "rule", "person", "answer"),
    [
        ("include", "Aged 18 to 65 years", Person(age=40), "met"),
        ("include", "Aged 18 to 65 years", Person(age=65.5), "met"),
        ("include", "Aged 18 to 65 years", Person(age=70), "not_met"),
        ("include", "Aged 18 to 65 years", Person(), "unknown"),
        ("include", "Over 18 years of age", Person(age=18), "unknown"),
        ("include", "Over 18 years of age", Person(age=19), "met"),
        ("include", "Over 18 years of age", Person(age=17), "not_met"),
        ("exclude", "Age > 75 years", Person(age=75), "unknown"),
        ("include", "Under 65 years of age", Person(age=64.5), "met"),
        ("include", "Women aged 60 or over", Person(age=50, sex="male"), "unknown"),
        ("include", "Women aged 60 or over", Person(age=50), "unknown"),
        ("include", "Women aged 60 or over", Person(age=50, sex="female"), "not_met"),
        ("include", "Men and women aged 60 or over", Person(age=50), "not_met"),
        ("exclude", "Under 18 years old", Person(age=12), "not_met"),
        ("exclude", "Under 18 years old", Person(age=40), "met"),
        ("exclude", "Pregnant or breastfeeding", Person(sex="male"), "met"),
        ("exclude", "Pregnant or breastfeeding", Person(sex="female"), "unknown"),
        ("exclude", "Pregnant or breastfeeding", Person(answers={"pregnant": True}), "not_met"),
        ("exclude", "Pregnant or breastfeeding", Person(answers={"pregnant": False}), "met"),
        ("include", "Pregnant women", Person(sex="male"), "unknown"),
        ("include", "Not pregnant", Person(sex="male"), "met"),
        ("include", "Not pregnant", Person(answers={"pregnant": True}), "unknown"),
        ("include", "Not pregnant or nursing", Person(answers={"pregnant": True}), "not_met"),
        ("include", "Not pregnant", Person(answers={"pregnant": False}), "met"),
        ("include", "No prior chemotherapy", Person(answers={"chemotherapy": True}), "not_met"),
        ("exclude", "Prior chemotherapy", Person(answers={"chemotherapy": True}), "not_met"),
        ("include", "Current smoker", Person(answers={"smoker": True}), "met"),
        ("include", "Able to understand English", Person(answers={"english": False}), "not_met"),
        ("include", "Diagnosis of asthma", Person(condition="asthma"), "met"),
        ("include", "Diagnosis of severe asthma", Person(condition="asthma"), "unknown"),
        ("exclude", "Asthma", Person(condition="asthma"), "unknown"),
        ("include", "Diagnosis of asthma", Person(condition="asthma", healthy=True), "unknown"),
        ("exclude", "Chemotherapy within 4 weeks", Person(answers={"chemotherapy": True}), "unknown"),
        (
            "exclude",
            "Diabetes, asthma, gout or heart failure",
            Person(answers={"diabetes": False}),
            "unknown",
        ),
    ],
)
def test_a_rule_is_judged_by_what_was_said_and_by_nothing_else(
    kind: str, rule: str, person: Person, answer: str
) -> None:
    assert judge(Criterion(kind, rule), person)[0] == answer  # type: ignore[arg-type]  # any text is tried


def test_each_rule_stands_beside_its_source_with_the_fields_first() -> None:
    found = rules(study(), Person(age=60, condition="myocardial infarction"))
    assert [rule.answer for rule in found] == ["met", "met", "met", "unknown", "unknown"]
    assert found[0].text == "You are aged 18 to 75."
    assert found[2].original == "Myocardial infarction"
    assert found[2].text == "Heart attack (myocardial infarction)"
    assert "You said 60." in found[0].because


def test_questions_are_few_closed_and_never_asked_twice() -> None:
    asked = questions(study(), Person(age=30, sex="female"))
    assert [question.topic for question in asked] == ["pregnant", "smoker"]
    assert asked[0].text.endswith("?")
    assert [q.topic for q in questions(study(), Person(answers={"pregnant": False}))] == ["smoker"]
    assert [q.topic for q in questions(study(), Person(sex="male"))] == ["smoker"]
    assert [q.topic for q in questions(study(), Person(age=80))] == ["smoker"]
    many = isrctn(
        exclusion=["Pregnant", "Current smoker", "Has HIV infection", "Has epilepsy", "Takes warfarin"]
    )
    assert len(questions(many)) == 3


def test_nobody_is_asked_for_the_condition_that_they_look_for() -> None:
    rules_of_it = "Inclusion Criteria:\n* Type 1 diabetes\n\nExclusion Criteria:\n* Current smoker"
    record = study(eligibility=rules_of_it)
    assert [q.topic for q in questions(record, Person(condition="sugar diabetes"))] == ["smoker"]
    assert [q.topic for q in questions(record, Person(condition="asthma"))] == ["smoker", "diabetes"]


def test_no_question_is_long() -> None:
    assert all(len(topic.ask.split()) <= 20 and topic.ask.endswith("?") for topic in topics())
    assert len({topic.id for topic in topics()}) == len(topics())


def test_an_answer_gives_a_reason_and_hides_nothing() -> None:
    person = Person(answers={"smoker": True})
    assert against(study(), person) == ["You said yes: Do you smoke now?"]
    assert len(rules(study(), person)) == len(rules(study()))


def test_an_age_rule_of_one_group_does_not_stand_against_somebody_whom_the_record_takes_in() -> None:
    record = study(eligibility="Age 45-70 years\nAge 40-44 years\nOver 75 years", age_min=35.0, age_max=70.0)
    answers = [(rule.text, rule.answer) for rule in rules(record, Person(age=50))]
    assert answers[0] == ("You are aged 35 to 70.", "met")
    assert [answer for text, answer in answers[1:]] == ["met", "unknown", "unknown"]
    outside = [rule.answer for rule in rules(record, Person(age=20))]
    assert outside == ["not_met"] * 4


def test_what_would_stand_against_somebody_is_what_an_answer_can_settle() -> None:
    excluded = "Exclusion Criteria:\n* Pregnant or nursing\n* Prior chemotherapy for lung cancer"
    record = study(eligibility=excluded)
    assert doubts(record) == {("pregnant", True)}
    assert {question.topic for question in questions(record)} == {"pregnant", "chemotherapy"}
