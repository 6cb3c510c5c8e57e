"""Eligibility text as single rules, however it was typed; no word is lost."""

import re

import pytest

from index.wording.criteria import criteria
from tests.index.wording.records import isrctn, study


def rules(text: str) -> list[tuple[str, str]]:
    return [(rule.kind, rule.text) for rule in criteria(study(eligibility=text))]


def test_bullets_under_headings() -> None:
    assert rules("Inclusion Criteria:\n\n* Adults\n* Has asthma\n\nExclusion Criteria:\n\n* Smokes") == [
        ("include", "Adults"),
        ("include", "Has asthma"),
        ("exclude", "Smokes"),
    ]


@pytest.mark.parametrize(
    "heading",
    ["EXCLUSION CRITERIA", "Key exclusion criteria:", "## Exclusion Criteria", "**Exclusion criteria**"],
)
def test_headings_are_known_in_any_dress(heading: str) -> None:
    assert rules(f"Inclusion criteria\n1. Adults\n{heading}\n1. Smokes")[-1] == ("exclude", "Smokes")


def test_one_unbroken_line_is_parted() -> None:
    text = "Inclusion Criteria: 1. Aged 18 or over 2. Has asthma Exclusion Criteria: 1. Smokes 2. Is pregnant"
    assert rules(text) == [
        ("include", "Aged 18 or over"),
        ("include", "Has asthma"),
        ("exclude", "Smokes"),
        ("exclude", "Is pregnant"),
    ]


def test_labels_in_one_line_begin_rules() -> None:
    text = (
        "PATIENT CHARACTERISTICS: Age: 16 to 75 Performance status: WHO 0-2"
        " Renal: Creatinine no greater than 1.6 mg/dL"
    )
    assert [rule for _, rule in rules(text)] == [
        "Age: 16 to 75",
        "Performance status: WHO 0-2",
        "Renal: Creatinine no greater than 1.6 mg/dL",
    ]


def test_a_list_under_one_of_the_following_stays_one_rule() -> None:
    text = "Inclusion:\n* At least one of the following:\n  - asthma\n  - eczema\n* Aged 18 or over"
    assert rules(text) == [
        ("include", "At least one of the following: asthma; eczema."),
        ("include", "Aged 18 or over"),
    ]
    flat = "Inclusion:\n* One of the following:\n* asthma\n* eczema\n* Aged 18 or over"
    assert rules(flat) == [
        ("include", "One of the following: asthma; eczema."),
        ("include", "Aged 18 or over"),
    ]


def test_who_is_not_eligible_stands_among_the_exclusions() -> None:
    assert rules("Adults\nPatients with gout are not eligible") == [
        ("include", "Adults"),
        ("exclude", "Patients with gout are not eligible"),
    ]


def test_what_is_not_specified_is_left_out() -> None:
    assert rules("Age: Not specified\nRenal: Not specified\nOther: Not pregnant") == [
        ("include", "Other: Not pregnant")
    ]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "Inclusion criteria:", "*", "a" * 5000, "-\n-\n-", "<p>Adults</p>", "{'a': 1}", "• • •"],
)
def test_nothing_breaks_it(text: str) -> None:
    assert all(rule.strip() for _, rule in rules(text))


def test_no_word_is_lost() -> None:
    text = (
        "Inclusion Criteria: Histologically proven melanoma that is unresectable No prior chemotherapy except"
        " adjuvant therapy At least 4 weeks since surgery Not pregnant or nursing"
    )
    said = " ".join(rule for _, rule in rules(text)).split()
    assert said == re.sub("Inclusion Criteria: ", "", text).split()


def test_lists_of_the_other_registry() -> None:
    assert [rule.kind for rule in criteria(isrctn())] == ["include", "include", "exclude", "exclude"]


def test_who_is_not_eligible_heads_a_list_of_its_own() -> None:
    text = (
        "Patients may be eligible for this trial if they:\n- Are HIV-positive.\n\n"
        "Patients are not eligible for this trial if they:\nAre pregnant or breast-feeding."
    )
    assert rules(text) == [
        ("include", "Are HIV-positive."),
        ("exclude", "Are pregnant or breast-feeding."),
    ]


def test_a_head_that_says_which_patients_or_that_one_thing_is_enough_is_part_of_the_rule() -> None:
    text = "Patients with diabetes are excluded if they have:\n  - kidney disease\n  - eye disease"
    [(_, rule)] = rules(text)
    assert "diabetes" in rule
    [(_, rule)] = rules("Patients are eligible if they have any of:\n  - asthma\n  - eczema")
    assert "any of" in rule


def test_a_list_under_a_lead_keeps_items_that_would_be_rules_by_themselves() -> None:
    text = "No close contact with the following people:\n- Children under 5\n- Pregnant women\n- Babies"
    assert rules(text) == [
        ("include", "No close contact with the following people: Children under 5; Pregnant women; Babies.")
    ]


def test_rules_that_have_run_together_are_parted_in_short_lines_too() -> None:
    assert [rule for _, rule in rules("Renal: Creatinine normal Cardiovascular: No heart failure")] == [
        "Renal: Creatinine normal",
        "Cardiovascular: No heart failure",
    ]
    assert [rule for _, rule in rules("No prior cancer except of the skin Not HIV positive")] == [
        "No prior cancer except of the skin",
        "Not HIV positive",
    ]


def test_a_heading_alone_is_no_rule_and_an_aside_stays_with_its_rule() -> None:
    text = "Surgery\nNo antifungal medicine\n(e.g., itraconazole)\nAdults"
    assert rules(text) == [
        ("include", "No antifungal medicine (e.g., itraconazole)"),
        ("include", "Adults"),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "24-hour urine volume below 2 litres",
        "No distant metastases, including peritoneal carcinomatosis",
        "Clinical activity defined as at least one relapse in 12 months",
        "Still ill following first line chemotherapy",
        "Allergy to any of the parts of these medicines",
    ],
)
def test_a_rule_that_only_sounds_like_a_lead_does_not_take_in_the_next_one(rule: str) -> None:
    assert rules(f"Inclusion Criteria:\n* {rule}\n* Smartphone user") == [
        ("include", rule),
        ("include", "Smartphone user"),
    ]
