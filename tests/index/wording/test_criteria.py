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


def test_a_lead_before_a_long_list_is_never_lost() -> None:
    text = (
        "PRIOR CONCURRENT THERAPY:\n\n- Patients must not be receiving treatment with any of the following"
        " (prior use is allowed):\n\n- Phenytoin\n\n- Rifampicin"
    )
    assert rules(text) == [
        (
            "include",
            "Prior concurrent therapy: Patients must not be receiving treatment with any of the following"
            " (prior use is allowed): Phenytoin; Rifampicin.",
        )
    ]


def test_a_label_says_on_which_side_its_rules_stand() -> None:
    text = "Exclusion Criteria\n\nExcluded:\n\n- Aspirin.\n\nRequired:\n\n- Indinavir.\n\nSmokers"
    assert rules(text) == [
        ("include", "Required: Indinavir."),
        ("exclude", "Excluded: Aspirin."),
        ("exclude", "Smokers"),
    ]


def test_a_list_ends_at_the_next_heading() -> None:
    text = (
        "Allowed for mild side effects of the study medicine in all groups:\n\n- Paracetamol.\n\n"
        "Patients must have:\n\n- HIV infection."
    )
    assert rules(text) == [
        ("include", "Allowed for mild side effects of the study medicine in all groups: Paracetamol."),
        ("include", "Patients must have: HIV infection."),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "History of a mini-stroke is allowed.",
        "People on codeine will not be excluded.",
        "NOTE: Subjects with an old infection (more than 6 months ago), now treated, are eligible.",
        "Patients with skin cancer may be enrolled if they have had surgery",
        "Patients should not take vitamins",
        "Patients taking insulin are permitted if the dose is stable",
        "Patients must be able to give informed consent",
    ],
)
def test_what_may_be_and_what_must_be_is_no_reason_to_be_left_out(rule: str) -> None:
    assert rules(f"Exclusion Criteria:\n* {rule}") == [("include", rule)]


@pytest.mark.parametrize(
    "rule",
    [
        "No other treatment is allowed",
        "Active cancer; skin cancer is allowed",
        "Any cramp at night. Cramp by day is allowed if mild",
        "Severe pain, but mild pain is permitted",
        "Patients with gout are not eligible",
        "Cannot take tablets by mouth",
        "Patients who must take steroids",
        "No measurable disease",
    ],
)
def test_a_reason_to_be_left_out_stays_one(rule: str) -> None:
    first = rule.split(". ", maxsplit=1)[0]
    kinds = {text.rstrip("."): kind for kind, text in rules(f"Exclusion Criteria:\n* {rule}")}
    assert kinds[first] == "exclude"


def test_a_list_of_nothing_but_denials_says_what_must_not_be() -> None:
    denials = "Exclusion Criteria:\n* No other liver disease\n* No cirrhosis\n* No misuse of alcohol"
    assert {kind for kind, _ in rules(denials)} == {"include"}
    assert {kind for kind, _ in rules(f"{denials}\n* Smokers")} == {"exclude"}


@pytest.mark.parametrize("word", ["OR", "or"])
def test_alternatives_stay_one_rule(word: str) -> None:
    inside, between = f"* Stage II {word}\n* Stage III", f"* Stage II\n{word}\n* Stage III"
    for text in (f"{inside}\n* Adults", f"{between}\n* Adults"):
        assert rules(text)[0] == ("include", f"Stage II {word} Stage III")
        assert rules(text)[1] == ("include", "Adults")
    assert len(rules(f"Exclusion Criteria:\n* Smokers {word}\n* Pregnant")) == 2


def test_blood_values_that_run_on_are_parted_and_none_is_cut_in_two() -> None:
    text = (
        "Hematopoietic: WBC at least 3,000/mm3 Platelet count at least 100,000/mm3 Hemoglobin normal"
        " Hepatic: SGOT and SGPT no greater than 2 times ULN (5 times ULN if metastases) PT and aPTT normal"
    )
    assert [rule for _, rule in rules(text)] == [
        "Hematopoietic: WBC at least 3,000/mm3",
        "Platelet count at least 100,000/mm3",
        "Hemoglobin normal",
        "Hepatic: SGOT and SGPT no greater than 2 times ULN (5 times ULN if metastases) PT and aPTT normal",
    ]
    assert [rule for _, rule in rules("Total Bilirubin less than 2 or direct Bilirubin less than 1")] == [
        "Total Bilirubin less than 2 or direct Bilirubin less than 1"
    ]


@pytest.mark.parametrize("rule", ["18 years or over", "25 to 50 years of age", "18 and over"])
def test_an_age_is_no_number_of_a_list(rule: str) -> None:
    assert rules(f"Inclusion Criteria:\n{rule}\nHas asthma")[0] == ("include", rule)
    assert rules(f"Age:\n\n- {rule}")[0] == ("include", f"Age: {rule}")


def test_a_list_of_kinds_of_people_holds_them_all() -> None:
    text = (
        "* No close contact with the following high-risk individuals:\n* Children under 5\n"
        "* Patients with eczema\n* Individuals with HIV\n* No other illness"
    )
    assert [rule for _, rule in rules(text)] == [
        "No close contact with the following high-risk individuals: Children under 5; Patients with eczema;"
        " Individuals with HIV.",
        "No other illness",
    ]


def test_labels_with_nothing_under_them_and_labels_of_their_own() -> None:
    assert [rule for _, rule in rules("Biologic therapy: Chemotherapy: No prior chemotherapy at all")] == [
        "Chemotherapy: No prior chemotherapy at all"
    ]
    assert rules("Prior therapy:\n\n- Surgery: Not specified") == []
    assert rules("Patients must have:\n\n- Allowed: Aspirin")[0] == ("include", "Allowed: Aspirin")


def test_headings_between_dashes_are_no_rules() -> None:
    text = "PROTOCOL ENTRY CRITERIA:\n\n--Disease Characteristics--\n\n- Has gout\n\n--Other:--\n\n- Adults"
    assert [rule for _, rule in rules(text)] == ["Has gout", "Adults"]
    inline = "Has gout --Prior/Concurrent Therapy-- No more than 2 operations"
    assert [rule for _, rule in rules(inline)] == ["Has gout", "No more than 2 operations"]
