"""Which rules an answer settles: none that holds anything else, by kinds that were read wrong before."""

import pytest

from index.wording.criteria import Criterion
from index.wording.judge import Person, judge
from index.wording.topics import read_rule, topics

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"


def answers(kind: str, rule: str, topic: str) -> tuple[str, str]:
    """How a rule is judged after no, and after yes."""
    said = [
        judge(Criterion(kind, rule), Person(answers={topic: yes})).answer  # type: ignore[arg-type]  # any text is tried
        for yes in (False, True)
    ]
    return said[0], said[1]


@pytest.mark.parametrize(
    ("kind", "rule", "topic", "after_no", "after_yes"),
    [
        # Just what was asked.
        ("exclude", "Pregnant or breast-feeding", "pregnant", MET, NOT_MET),
        ("include", "Other: Not pregnant or nursing", "pregnant", MET, NOT_MET),
        ("include", "No prior chemotherapy", "chemotherapy", MET, NOT_MET),
        ("exclude", "HIV positive patients", "hiv", MET, NOT_MET),
        ("include", "Patients must have: Documented HIV infection.", "hiv", NOT_MET, MET),
        ("exclude", "Unable to speak or understand English", "english", NOT_MET, MET),
        ("include", "Fluent in English", "english", NOT_MET, MET),
        ("include", "non - smokers", "smoker", MET, NOT_MET),
        ("exclude", "Participation in another clinical trial.", "other_study", MET, NOT_MET),
        ("exclude", "History of drug or alcohol abuse", "alcohol", MET, NOT_MET),
        # Less than was asked: only no settles it.
        ("exclude", "Pregnant", "pregnant", MET, UNKNOWN),
        ("include", "No prior chemotherapy for leukemia", "chemotherapy", MET, UNKNOWN),
        ("exclude", "Prior radiotherapy to the chest", "radiotherapy", MET, UNKNOWN),
        ("include", "No concurrent chemotherapy", "chemotherapy", MET, UNKNOWN),
        ("include", "No prior malignancy except nonmelanoma skin cancer", "other_cancer", MET, UNKNOWN),
        ("include", "No other malignancy within the past 5 years", "other_cancer", MET, UNKNOWN),
        ("exclude", "History of seizures in the last 6 months", "epilepsy", MET, UNKNOWN),
        ("exclude", "Uncontrolled diabetes mellitus", "diabetes", MET, UNKNOWN),
        ("include", "Type 2 diabetes", "diabetes", NOT_MET, UNKNOWN),
        # More than was asked: only yes settles it.
        ("include", "No concurrent systemic corticosteroids", "steroid", UNKNOWN, NOT_MET),
    ],
)
def test_a_rule_is_settled_as_far_as_the_question_reaches(
    kind: str, rule: str, topic: str, after_no: str, after_yes: str
) -> None:
    assert answers(kind, rule, topic) == (after_no, after_yes)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        # What is allowed asks for nothing.
        ("include", "Chemotherapy: Prior chemotherapy allowed"),
        ("include", "Concurrent entry into other clinical trials allowed"),
        ("include", "Radiotherapy: Recovered from prior radiotherapy"),
        # Something else is in it too.
        ("include", "No seizure disorder or compromised CNS function"),
        ("include", "Other: No other cancer or life-threatening disease"),
        ("include", "No concurrent heparin or warfarin Concurrent NSAIDs allowed"),
        ("include", "No prior malignancies except nonmelanoma skin cancer Not HIV positive"),
        ("include", "Renal: Creatinine less than 1.5 times ULN Other: Not pregnant or nursing"),
        ("include", "No prior immunosuppressive therapy, including systemic steroids"),
        ("include", "Be aged between 18-75 years, with type 2 diabetes of duration <6 years."),
        ("include", "HIV infection or AIDS-defining conditions"),
        ("exclude", "Using anticoagulation therapy (except aspirin), or have a bleeding disorder"),
        # About something else that has the same word in it.
        ("include", "Visual acuity of 3 lines on the Early Treatment Diabetic Retinopathy Study chart"),
        ("include", "No concurrent sulfonylurea agent for diabetes or antiarrhythmic agents"),
        ("exclude", "Taking part in a trial for antidiabetic medication"),
        ("include", "Must agree to follow pregnancy precautions as required per the protocol"),
        ("exclude", "Women in childbearing age, pregnancy and breast-feeding"),
        ("exclude", "Pregnant patients or patients who may become pregnant"),
        ("include", "Not pregnant or nursing for 2 weeks after completion of study therapy"),
        ("include", "Patient must be previously untreated with chemotherapy for metastatic disease."),
        ("exclude", "Seizures within the last 6 months or the need for anticonvulsant therapy."),
        # Another time than the question's.
        ("exclude", "Recent participation in another trial"),
        ("exclude", "Planned participation in another clinical trial"),
        ("exclude", "Patients who have had or are being considered for organ transplant"),
        ("exclude", "Previous smoker"),
        # Other people.
        ("exclude", "Donor: Pregnant or lactating women"),
        ("include", "The infant may be eligible if the mother: Is HIV-positive."),
        # A list that has lost its heading, or stands under a wrong one.
        ("include", "Pregnant or nursing women"),
        ("include", "Cardiac pacemaker"),
        ("include", "Current alcohol/drug abuse."),
        ("include", "Chemotherapy"),
        ("exclude", "Subjects must not be pregnant."),
        ("exclude", "No pregnant or breast-feeding women"),
    ],
)
def test_a_rule_that_holds_anything_else_is_left_for_the_study_team(kind: str, rule: str) -> None:
    assert read_rule(Criterion(kind, rule)) is None  # type: ignore[arg-type]  # any text is tried


def test_every_topic_reads_one_of_its_own_phrases() -> None:
    for topic in topics():
        assert topic.full or topic.part, topic.id
        assert topic.any.pattern
