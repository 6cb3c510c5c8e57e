"""The ten kinds of bad records that the work names: each still gives a whole, honest card and page."""

import pytest

from index.models import Site, Status, Study
from index.queries import Place, StudyPage
from index.wording.ledger import Person
from index.wording.page import page
from index.wording.sections import HEADINGS
from tests.index.wording.records import TODAY, study

NOT_SAID = "The record does not say."
LEEDS = Place(label="Leeds", lat=53.8, lon=-1.5)
PERSON = Person(age=40, sex="female", condition="asthma", answers={"pregnant": False})


def shown(record: Study) -> StudyPage:
    """The whole page, for somebody in Leeds who has answered a question."""
    found = page(record, LEEDS, TODAY, PERSON)
    assert found.title
    assert found.summary
    assert found.who
    assert found.status_text
    assert [section.heading for section in found.sections] == list(HEADINGS.values())
    assert all(section.text for section in found.sections)
    assert all(found.burden.values())
    assert not any(mark in found.title + found.summary for mark in ("**", "<", "##", "&amp;", "]("))
    return found


def test_no_summary() -> None:
    found = shown(study(summary="", details="", sections={}))
    assert found.sections[0].text == NOT_SAID
    assert "heart attack" in found.summary.lower()
    assert found.burden["visits"] == NOT_SAID


def test_the_whole_protocol_as_summary() -> None:
    protocol = " The compound will be given on day 1 of each 21-day cycle to all of the groups." * 2_000
    found = shown(study(summary=protocol.strip()))
    assert len(found.summary) < 600
    assert len(found.sections[0].text) < 4_000
    assert "The record says more than this." in found.sections[0].text
    assert found.sections[0].original == protocol.strip()


def test_in_capitals() -> None:
    found = shown(
        study(
            title="A STUDY OF EXAMPLUMAB FOR PEOPLE AFTER A HEART ATTACK",
            summary="THIS STUDY ASKS IF A TABLET HELPS PEOPLE AFTER A HEART ATTACK. IT TAKES 12 WEEKS.",
            eligibility="INCLUSION CRITERIA:\n- AGED 18 TO 75 YEARS\n"
            "EXCLUSION CRITERIA:\n- PREGNANT OR BREASTFEEDING",
        )
    )
    assert not found.title.isupper()
    assert "THIS STUDY" not in found.sections[0].text
    assert [(rule.kind, rule.answer) for rule in found.eligibility[1:]] == [
        ("include", "met"),
        ("exclude", "met"),
    ]


def test_with_markdown_and_html() -> None:
    found = shown(
        study(
            title="**Walking** after a <b>heart attack</b>",
            summary="## Aim\n\n* To see if <i>walking</i> helps people.\n"
            "* [Read more](https://example.org) &amp; ask.",
            eligibility="**Inclusion Criteria:**\n\n* <p>Aged 18 to 75 years</p>\n\n"
            "**Exclusion Criteria:**\n\n* _Smokers_",
        )
    )
    told = " ".join(one.text for one in (*found.sections, *found.eligibility))
    assert not any(mark in told for mark in ("**", "<p>", "<i>", "##", "]("))
    assert [rule.kind for rule in found.eligibility[1:]] == ["include", "exclude"]


def test_criteria_as_one_unbroken_line() -> None:
    line = (
        "Inclusion Criteria: 1. Aged 18 to 75 years 2. Heart attack in the past year Exclusion Criteria:"
        " 1. Pregnant or breastfeeding 2. Unable to walk"
    )
    found = shown(study(eligibility=line))
    assert [(rule.kind, rule.original) for rule in found.eligibility[1:]] == [
        ("include", "Aged 18 to 75 years"),
        ("include", "Heart attack in the past year"),
        ("exclude", "Pregnant or breastfeeding"),
        ("exclude", "Unable to walk"),
    ]


def test_nested_lists() -> None:
    nested = (
        "Inclusion Criteria:\n\n* Aged 18 to 75 years\n* At least one of the following:\n  - angina\n"
        "  - a heart attack\n    - in the past year\n* Able to walk\n\nExclusion Criteria:\n\n* Smokers"
    )
    found = shown(study(eligibility=nested))
    originals = [rule.original for rule in found.eligibility[1:]]
    assert originals[0] == "Aged 18 to 75 years"
    # What is a choice among several stays one rule: alone, each would be asked for.
    assert originals[1].startswith("At least one of the following: angina; a heart attack")
    assert originals[2:] == ["Able to walk", "Smokers"]


@pytest.mark.parametrize(
    "text",
    [
        "Le but de cette étude est de comparer les effets du médicament avec ceux du placebo.",
        "Ziel der Studie ist es, die Wirkung des Medikaments mit der eines Placebos zu vergleichen.",
        "Nod yr astudiaeth hon yw gweld a yw cerdded yn helpu pobl ar ôl trawiad ar y galon.",
    ],
)
def test_in_another_language(text: str) -> None:
    found = shown(study(summary=text))
    assert found.sections[0].text.startswith("The record is not in English.")
    assert text in found.sections[0].text
    assert text not in found.summary


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"status": Status.OPEN, "end": TODAY.replace(year=2025)}, "should have closed"),
        ({"status": Status.OPEN, "start": TODAY.replace(year=2027)}, "also that it starts in"),
        ({"status": Status.OPENING_SOON, "start": TODAY.replace(year=2025)}, "should have opened"),
        ({"status": Status.CLOSED}, "lists a place as open"),
    ],
)
def test_with_a_status_that_contradicts_its_dates(changed: dict[str, object], said: str) -> None:
    text = shown(study(**changed)).status_text
    assert said in text
    assert "Ask" in text


def test_with_200_sites() -> None:
    sites = [
        Site(name=f"Hospital {n}", town="York", lat=50 + n / 40, lon=-1.5, status=list(Status)[n % 4])
        for n in range(200)
    ]
    found = shown(study(sites=sites))
    miles = [site.miles for site in found.sites if site.miles is not None]
    assert len(found.sites) == len(miles) == 200
    assert miles == sorted(miles)
    assert miles[0] < 5 < 100 < miles[-1]
    assert {site.status for site in found.sites} == set(Status)
    nearest = found.nearest_site
    assert nearest is not None
    # The nearest one that is open, not the nearest one.
    assert nearest.open
    assert nearest.miles == min(site.miles or 0.0 for site in found.sites if site.status == Status.OPEN)


def test_with_no_sites() -> None:
    found = shown(study(sites=[]))
    assert found.sites == []
    assert found.nearest_site is None
    assert found.sites_open_in_range == 0
