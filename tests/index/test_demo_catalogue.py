"""The demonstration catalogue is complete, varied and never taken for real."""

from collections import Counter

import pytest

from index.catalogue.build import DEMO
from index.models import Status, Study
from index.places import Places
from index.registries.files import read_sources

LARGEST_TOWNS = [
    "London",
    "Birmingham",
    "Glasgow",
    "Manchester",
    "Sheffield",
    "Leeds",
    "Edinburgh",
    "Liverpool",
    "Bristol",
    "Cardiff",
    "Leicester",
    "Bradford",
    "Belfast",
    "Coventry",
    "Birkenhead",
    "Nottingham",
    "Reading",
    "Preston",
    "Swansea",
    "Derby",
    "Southampton",
    "Wolverhampton",
    "Plymouth",
    "Northampton",
    "Oldham",
    "Luton",
    "Portsmouth",
    "Swindon",
    "Dudley",
    "Aberdeen",
    "Ipswich",
    "Wigan",
    "Croydon",
    "Warrington",
    "Walsall",
    "Mansfield",
    "Sunderland",
    "Slough",
    "Bournemouth",
    "Peterborough",
    "Oxford",
    "York",
    "Telford",
    "Poole",
    "Burnley",
    "Huddersfield",
    "Dundee",
    "Blackburn",
    "Cambridge",
    "Blackpool",
    "Norwich",
    "Middlesbrough",
    "Bolton",
    "Stockport",
    "Gloucester",
    "Exeter",
    "Brighton",
    "Newport",
    "Sutton",
    "Ilford",
    "Harrow",
    "Enfield",
]


@pytest.fixture(scope="module")
def studies():
    found = list(read_sources([DEMO]))
    assert [str(item) for item in found if not isinstance(item, Study)] == []
    return found


def test_there_are_enough_and_each_has_its_own_id(studies):
    assert len(studies) >= 300
    assert len({study.id for study in studies}) == len(studies)
    assert all(study.id.startswith("DEMO-") for study in studies)


def test_conditions_towns_and_nations_are_wide(studies):
    assert len({study.conditions[0].lower() for study in studies}) >= 120
    towns = {site.town for study in studies for site in study.sites}
    assert set(LARGEST_TOWNS) - towns == set()
    nations = {site.nation for study in studies for site in study.sites}
    assert nations == {"England", "Scotland", "Wales", "Northern Ireland"}


def test_every_kind_of_study_is_there(studies):
    statuses = Counter(study.status for study in studies)
    assert min(statuses[s] for s in (Status.OPEN, Status.OPENING_SOON, Status.CLOSED)) >= 20
    assert sum(study.healthy for study in studies) >= 10
    assert sum(study.from_home for study in studies) >= 15
    assert sum(study.age_max is not None and study.age_max < 18 for study in studies) >= 10
    assert sum("carer" in study.takes_part for study in studies) >= 10
    mixed = [s for s in studies if {Status.OPEN, Status.CLOSED} <= {x.status for x in s.sites}]
    assert len(mixed) >= 30


def test_every_study_says_all_there_is_to_say(studies):
    for study in studies:
        assert study.title, study.id
        assert study.summary, study.id
        assert len(study.sections) == 8, study.id
        assert study.inclusion, study.id
        assert study.sites or study.from_home, study.id


def test_every_site_has_a_place(studies):
    places = Places.load()
    for study in studies:
        for site in study.sites:
            assert places.locate(site.town, site.county, site.nation), (study.id, site.town)
