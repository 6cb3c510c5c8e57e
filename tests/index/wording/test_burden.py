"""What a study takes: which sentences of a record speak of which part, by kinds once read wrong."""

import pytest

from index.wording.burden import burden, parts
from tests.index.wording.records import isrctn, study

PARTS = {part.id: part for part in parts()}
NOT_SAID = "The record does not say."


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        # Another sense of the same word.
        ("expenses", "Compensating where necessary for drug resistance and avoiding poor compliance."),
        ("expenses", "People with compensated cirrhosis are studied."),
        ("expenses", "NHS care costs of £4.53bn annually."),
        ("expenses", "The results will inform reimbursement decisions."),
        ("blood_tests", "The adviser recommends a test such as percutaneous needle biopsy."),
        ("scans", "The family pet is part of the programme."),
        ("scans", "You scan the QR code on the letter."),
        ("overnight_stays", "Children who wet the bed at least 4 nights a week."),
        ("overnight_stays", "Blood is taken after an overnight fast."),
        ("overnight_stays", "Adults admitted to intensive care with sepsis."),
        ("from_home", "Participants will be randomised using an online randomisation system."),
        ("from_home", "Pain will be followed by post-operative checks."),
        # The opposite.
        ("chance_of_new_treatment", "This is a non-randomised, open label study of safety."),
        ("scans", "Participants were not treated, nor were they to have undergone MRI."),
        # Another study, another time, other people.
        ("chance_of_new_treatment", "It has been shown safe in the SPIRIT III Randomized Control Trial."),
        ("chance_of_new_treatment", "No change was seen for ten years following participant randomisation."),
        ("visits", "The programme led to better satisfaction with asthma visits to doctors."),
        ("visits", "It will bring benefits through reduced hospital visits."),
        ("length", "The study will continue to recruit for a further three years."),
        ("length", "PROJECTED ACCRUAL: 200 patients will be entered over 2 years."),
        ("length", "Treatment in women who have received tamoxifen for at least 5 years."),
        ("length", "The disease can progress if it remains untreated for many years."),
        ("length", "Patients over 55 years old are treated for 3 weeks."),
        ("length", "Patients were included if they had been ill for at least two years."),
        ("length", "In a pilot study in which the dose was raised over 2 weeks, no harm was seen."),
        ("chance_of_new_treatment", "The study reported that 28% of subjects randomized to it saw better."),
        ("placebo", "The only therapy is a supplement tested in a large, sham-controlled trial."),
        ("overnight_stays", "Assuming that 2400 patients will be admitted to the four units, power is 80%."),
        ("placebo", "Doctors no longer feel it is ethical to do a placebo study."),
        ("length", "The prevalence of asthma has risen, and controls for at least 3 months are advised."),
        ("length", "Cyclophosphamide is given I.V. over 1 hour."),
        # One part of a visit is not how long a study lasts, and what care costs is not what is paid back.
        ("length", "The biopsy takes about 30 minutes."),
        ("expenses", "Early discharge may result in a decrease in medical care expenses for the patient."),
        # No time in it.
        ("length", "Asparaginase continues for up to 6 doses."),
        ("length", "Patients are followed for survival."),
    ],
)
def test_a_sentence_that_is_about_something_else_is_not_taken(part: str, sentence: str) -> None:
    assert not PARTS[part].is_about(sentence)


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("visits", "You come in weekly at first, then monthly."),
        ("visits", "There are 12 visits in one year."),
        ("overnight_stays", "For 2 nights you stay in our sleep unit."),
        ("overnight_stays", "There are no overnight stays."),
        ("overnight_stays", "Patients are hospitalized for a minimum of 7 days."),
        ("overnight_stays", "Patients with the disease will be admitted for treatment."),
        ("blood_tests", "We will collect and save blood and tissue samples."),
        ("blood_tests", "There are 12 visits, each with 4 small tubes of blood."),
        ("blood_tests", "A nurse near you takes blood 3 times a year."),
        ("blood_tests", "There are no needles."),
        ("scans", "Tumour blood flow is measured with PET and MRI."),
        ("placebo", "Patients receive letrozole or placebo."),
        ("chance_of_new_treatment", "For every 5 people, 3 get TX-91 and 2 get the dummy injection."),
        ("chance_of_new_treatment", "There is an even chance of either."),
        ("chance_of_new_treatment", "Half of the women do it now and half in 4 months."),
        ("chance_of_new_treatment", "Chance decides which comes first."),
        ("length", "You get an injection every 8 weeks for a year."),
        ("length", "Patients are followed every 3 months for 2 years."),
        ("length", "You sleep with a sensor at the start and again after 6 months."),
        ("travel", "Fares and parking are paid."),
        ("expenses", "Your travel is paid."),
        ("expenses", "You get £320."),
        ("expenses", "Participants will be reimbursed for their time."),
        ("from_home", "You fill in the diary at home."),
    ],
)
def test_a_sentence_about_a_part_is_found_so_that_the_record_is_not_called_silent(
    part: str, sentence: str
) -> None:
    assert PARTS[part].is_about(sentence)


def test_why_a_study_is_done_is_not_what_it_takes() -> None:
    record = study(
        summary="RATIONALE: Imaging such as CT scans helps to find cancer. PURPOSE: A trial of exercise.",
        details="",
    )
    assert burden(record)[0]["scans"] == NOT_SAID


def test_who_may_join_and_the_illness_are_not_what_it_takes() -> None:
    record = isrctn(
        sections={
            "background": "About 1 in 3 people never go for a scan.",
            "who": "Adults who had a blood test and 3 visits to a clinic.",
            "involves": "You walk once a week for 12 weeks.",
        },
        interventions=[],
        allocation="",
        details="",
    )
    plain, _ = burden(record)
    silent = {part for part, text in plain.items() if text == NOT_SAID}
    assert {"scans", "blood_tests", "visits", "chance_of_new_treatment"} <= silent
    assert plain["length"] == "You walk once a week for 12 weeks."


def test_a_size_of_the_chance_is_taken_before_the_word_randomised() -> None:
    told = "Randomized phase III trial of examplumab. Patients are randomized in a 2:1 ratio."
    plain, sources = burden(study(summary="", details=told))
    assert sources["chance_of_new_treatment"].startswith("Patients are randomized in a 2:1 ratio.")
    plain, _ = burden(study(summary="", details="OUTLINE: This is a randomized, multicenter study."))
    assert plain["chance_of_new_treatment"].startswith("People are put into groups by chance.")


def test_groups_that_are_not_picked_by_chance_are_said_to_be_so() -> None:
    record = study(summary="", details="A non-randomised study.", allocation="non_randomized")
    assert burden(record)[0]["chance_of_new_treatment"] == "People are not put into groups by chance."


def test_plain_words_that_no_longer_speak_of_the_part_give_way_to_the_records() -> None:
    told = "A stratified randomization scheme was used to ensure balance among the treatment groups."
    plain, sources = burden(study(summary="", details=told, allocation=""))
    assert sources["chance_of_new_treatment"] == told
    assert PARTS["chance_of_new_treatment"].is_about(plain["chance_of_new_treatment"])


def test_a_frightening_sentence_stands_after_those_that_are_not() -> None:
    told = "Patients are followed every 6 weeks until death. Patients are followed for 2 years."
    length = burden(study(summary="", details=told))[0]["length"]
    assert length.startswith("Patients are followed for 2 years")


def test_every_part_has_a_label_and_says_where_it_comes_from() -> None:
    assert all(part.label for part in PARTS.values())
    plain, sources = burden(study())
    assert {part for part, text in plain.items() if text != NOT_SAID} == set(sources)
