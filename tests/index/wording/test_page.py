"""The study page: eight headings from either registry, what it takes, and how fresh it is."""

from datetime import date

import pytest

from index.models import Disagreement, Record, Site, Source, Status, Study
from index.queries import Place
from index.wording.freshness import status_text
from index.wording.page import page
from index.wording.sections import HEADINGS
from tests.index.wording.records import TODAY, isrctn, study

NOT_SAID = "The record does not say."


def test_eight_headings_in_order_from_either_registry() -> None:
    for record in (study(), isrctn()):
        shown = page(record, None, TODAY)
        assert [section.heading for section in shown.sections] == list(HEADINGS.values())
    text = {section.heading: section for section in page(study(), None, TODAY).sections}
    assert text[HEADINGS["benefits_and_risks"]].text == NOT_SAID
    assert "heart attack (myocardial infarction)" in text[HEADINGS["background"]].text
    assert text[HEADINGS["background"]].original == study().summary
    assert text[HEADINGS["dates"]].text == "It started in January 2025. It is planned to end in June 2027."


def test_a_page_is_made_anew_when_the_record_or_the_day_has_changed() -> None:
    [_, _, _, _, _, dates, *_] = page(study(start=date(2026, 12, 1)), None, TODAY).sections
    assert dates.text.startswith("It is planned to start in December 2026.")
    [_, _, _, _, _, dates, *_] = page(study(start=date(2026, 12, 1)), None, date(2027, 1, 5)).sections
    assert dates.text.startswith("It started in December 2026.")
    assert page(study(from_home=False), None, TODAY).burden["from_home"] == NOT_SAID
    assert page(study(from_home=True), None, TODAY).burden["from_home"] != NOT_SAID


def test_what_it_takes_has_its_sentence_or_says_that_the_record_does_not_say() -> None:
    shown = page(isrctn(), None, TODAY)
    assert (
        shown.burden["visits"]
        == "There are 3 visits to the clinic. A nurse takes a blood sample at each visit."
    )
    assert shown.burden["blood_tests"] == "A nurse takes a blood sample at each visit."
    assert "1 in 2 chance" in shown.burden["chance_of_new_treatment"]
    assert shown.burden["travel"] == NOT_SAID
    assert set(shown.burden) - set(shown.burden_sources) - {"involves"} == {
        part for part, text in shown.burden.items() if text == NOT_SAID
    }
    told = " ".join(isrctn().sections.values())
    assert all(
        part in told for source in ("visits", "blood_tests") for part in [shown.burden_sources[source]]
    )


def test_structured_fields_say_what_it_takes_where_no_sentence_does() -> None:
    shown = page(study(summary="", from_home=True), None, TODAY)
    assert shown.burden["from_home"] == "You can take part from home."
    assert "by chance" in shown.burden["chance_of_new_treatment"]
    assert "dummy" in shown.burden["placebo"].lower()


def test_sites_are_sorted_by_distance_each_with_its_own_status_even_two_hundred() -> None:
    sites = [
        Site(
            name=f"Site {n}",
            town="York",
            lat=50 + n / 40,
            lon=-1.5,
            status=Status.OPEN if n % 2 else Status.CLOSED,
        )
        for n in range(200)
    ]
    shown = page(study(sites=sites), Place(label="Leeds", lat=53.8, lon=-1.5), TODAY)
    miles = [site.miles for site in shown.sites]
    assert miles == sorted(miles)  # type: ignore[type-var]  # all are placed
    assert len({site.status for site in shown.sites}) == 2
    assert page(study(sites=[]), None, TODAY).nearest_site is None


def test_another_language_is_shown_as_it_stands_and_said() -> None:
    french = "Le but de cette étude est de comparer les effets du médicament avec ceux du placebo."
    [background, *_] = page(study(summary=french), None, TODAY).sections
    assert background.text.startswith("The record is not in English.")
    assert french in background.text


def test_a_protocol_as_summary_is_cut_in_plain_words_and_whole_in_its_own() -> None:
    protocol = "The compound will be given on day 1 of each cycle. " * 500
    [background, *_] = page(study(summary=protocol), None, TODAY).sections
    assert "The record says more than this." in background.text
    assert len(background.text) < 2000
    assert background.original == protocol


def test_dates_that_the_registries_say_differently_stand_under_the_dates() -> None:
    differs = [Disagreement(about="end", says={"ISRCTN": "2027-05-01", "ClinicalTrials.gov": "2028-06-01"})]
    [_, _, _, _, _, dates, *_] = page(study(disagreements=differs), None, TODAY).sections
    assert dates.text.endswith(
        "The registries do not agree on when it ends:"
        " ISRCTN says May 2027 and ClinicalTrials.gov says June 2028."
    )


def _records(*statuses: tuple[Source, Status]) -> list[Record]:
    return [Record(source=source, id="x", url="x", status=status) for source, status in statuses]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (study(), "Open. Updated 3 weeks ago."),
        (
            study(end=date(2026, 5, 1), updated=date(2025, 9, 20)),
            "The record says open, but it should have closed in May and has not been updated for 14 months."
            " Ask before you travel.",
        ),
        (
            study(end=date(2024, 5, 1), updated=None),
            "The record says open, but it should have closed in May 2024. Ask before you travel.",
        ),
        (
            study(updated=date(2024, 1, 1)),
            "Open, by a record that has not been updated for 2 years. Ask before you travel.",
        ),
        (
            study(sites=[Site(name="A", status=Status.CLOSED)]),
            "The record says open, but says that none of its places is open. Ask before you travel."
            " Updated 3 weeks ago.",
        ),
        (
            study(start=date(2027, 3, 1)),
            "The record says open, but also that it starts in March 2027. Ask before you travel."
            " Updated 3 weeks ago.",
        ),
        (
            study(status=Status.OPENING_SOON, start=date(2026, 2, 1), updated=date(2026, 11, 17)),
            "Not open yet by the record, but it should have opened in February (it was updated 1 week ago)."
            " Ask before you travel.",
        ),
        (
            study(status=Status.OPENING_SOON, start=date(2027, 2, 1)),
            "Not open yet. It plans to open in February 2027. Updated 3 weeks ago.",
        ),
        (
            study(status=Status.CLOSED),
            "The record says closed, but lists a place as open. Ask the study team. Updated 3 weeks ago.",
        ),
        (study(status=Status.CLOSED, sites=[]), "Closed: people can no longer join. Updated 3 weeks ago."),
        (
            study(status=Status.UNKNOWN, updated=None),
            "The record does not say whether people can join. Ask the study team.",
        ),
        (
            study(records=_records((Source.ISRCTN, Status.OPEN), (Source.CTGOV, Status.CLOSED))),
            "The registries do not agree: ISRCTN says open and ClinicalTrials.gov says closed."
            " Ask before you travel. Updated 3 weeks ago.",
        ),
    ],
)
def test_freshness_is_said_with_every_contradiction(record: Study, said: str) -> None:
    assert status_text(record, TODAY) == said
