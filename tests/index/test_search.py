"""Search over the demonstration catalogue: right first, exact filters, honest counts."""

import json
import shutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from index import Catalogue, CatalogueError, Place, StudyQuery
from index.catalogue.snapshot import check, locate
from index.cli import main
from index.models import Sex, Status
from index.places import haversine_miles
from settings import settings

LEEDS = Place(label="Leeds", lat=53.79648, lon=-1.54785)


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.open(settings().catalogue)


@pytest.fixture(scope="module")
def studies(catalogue):
    shot = catalogue.engine().snapshot
    return [shot.store.study(row) for row in range(shot.rows)]


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("dementia", "dementia"),
        ("sugar diabetes", "diabetes"),
        ("heart attack", "heart"),
        ("piles", "piles"),
        ("asthama", "asthma"),
        ("COPD", "copd"),
    ],
)
def test_the_persons_own_word_finds_the_right_studies(catalogue, said, first):
    result = catalogue.search(StudyQuery(condition=said, statuses="any"))
    top = result.results[0]
    assert top.match == "about"
    words = " ".join([top.title, *top.conditions]).lower()
    assert first in words or (first == "piles" and "haemorrhoid" in words)
    assert top.why


def test_a_known_condition_is_looked_up_by_its_id(catalogue):
    by_words = catalogue.search(StudyQuery(condition="heart attack", statuses="any"))
    by_id = catalogue.search(
        StudyQuery(condition="heart attack", concepts={"heart attack": "heart-attack"}, statuses="any")
    )
    assert by_id == by_words
    odd = "my dicky ticker"
    found = catalogue.search(StudyQuery(condition=odd, concepts={odd: "heart-attack"}, statuses="any"))
    assert [card.id for card in found.results] == [card.id for card in by_words.results]
    assert "my dicky ticker" in found.results[0].why[0]
    assert "my dicky ticker" in found.understood.note


def test_an_id_that_the_catalogue_does_not_know_leaves_the_words_to_be_read(catalogue):
    unknown = StudyQuery(condition="gout", concepts={"gout": "no-such-id"}, statuses="any")
    assert catalogue.search(unknown) == catalogue.search(StudyQuery(condition="gout", statuses="any"))


def test_what_no_record_is_about_is_never_called_about(catalogue):
    result = catalogue.search(StudyQuery(condition="leprosy", statuses="any"))
    assert [card.id for card in result.results if card.match == "about"] == []


def test_narrower_counts_and_about_comes_first(catalogue):
    result = catalogue.search(StudyQuery(condition="cancer", statuses="any", limit=100))
    matches = [card.match for card in result.results]
    assert matches.count("about") >= 20
    assert matches == sorted(matches)


def test_a_related_study_says_what_it_shares_with_what_was_asked(catalogue):
    cards = catalogue.search(StudyQuery(condition="leprosy", statuses="any", limit=40)).results
    reasons = [card.why[0] for card in cards if card.match == "related"]
    assert any("infection”" in reason and "Both have to do with" in reason for reason in reasons), reasons


def test_negation_is_heard(catalogue):
    result = catalogue.search(StudyQuery(condition="not diabetes, high blood pressure"))
    assert "diabetes" not in result.results[0].title.lower()
    assert result.results[0].match == "about"


@pytest.mark.parametrize("said", ["", "   ", "the of and", "x" * 10_000, "ÉÀÜ", "😀", "';--", "<b>"])
def test_any_text_is_answered(catalogue, said):
    result = catalogue.search(StudyQuery(condition=said))
    assert result.total >= 0


def passes(study, query):
    """The filters, said once more in the plainest way."""
    if query.statuses == "open" and study.status != Status.OPEN:
        return False
    low = -1 if study.age_min is None else study.age_min
    high = 999 if study.age_max is None else study.age_max
    if query.age is not None and not (low < query.age + 1 and query.age <= high):
        return False
    if query.sex and study.sex not in (Sex.ALL, Sex(query.sex)):
        return False
    if query.healthy and not study.healthy:
        return False
    if query.from_home and not study.from_home:
        return False
    if query.place and query.miles and not study.from_home:
        sites = [s for s in study.sites if s.status == Status.OPEN] or study.sites
        return any(
            haversine_miles(query.place.lat, query.place.lon, [s.lat], [s.lon])[0] <= query.miles
            for s in sites
        )
    return True


@hypothesis_settings(max_examples=120, deadline=None)
@given(
    age=st.none() | st.integers(0, 110),
    sex=st.none() | st.sampled_from(["female", "male"]),
    healthy=st.booleans(),
    from_home=st.booleans(),
    statuses=st.sampled_from(["open", "any"]),
    miles=st.none() | st.integers(1, 400),
    lat=st.floats(50, 60),
    lon=st.floats(-7, 1.5),
)
def test_filters_are_exact(catalogue, studies, age, sex, healthy, from_home, statuses, miles, lat, lon):
    query = StudyQuery(
        place=Place(label="here", lat=lat, lon=lon), miles=miles, age=age, sex=sex,
        healthy=healthy, from_home=from_home, statuses=statuses, limit=100,
    )  # fmt: skip
    ranked = catalogue.engine().rank(query)
    expected = {row for row, study in enumerate(studies) if passes(study, query)}
    assert set(np.flatnonzero(ranked.filtered.passed).tolist()) == expected
    assert ranked.total == len(expected)


def test_every_study_that_a_limit_leaves_out_is_counted_under_one_reason(catalogue):
    found = catalogue.search(StudyQuery(condition="asthma", statuses="any", limit=100))
    limits = {"healthy": True, "from_home": True, "age": 40, "sex": "female", "place": LEEDS, "miles": 30}
    narrow = catalogue.search(StudyQuery(condition="asthma", statuses="open", limit=100, **limits))
    assert narrow.total + sum(narrow.left_out.model_dump().values()) == found.total
    assert narrow.left_out.healthy
    only = catalogue.search(StudyQuery(condition="asthma", statuses="any", from_home=True))
    assert only.left_out.from_home == found.total - only.total > 0


def test_left_out_and_wider_add_up(catalogue):
    query = StudyQuery(condition="dementia", place=LEEDS, miles=10)
    near = catalogue.search(query)
    everywhere = catalogue.search(query.model_copy(update={"miles": None}))
    assert near.total + near.left_out.too_far == everywhere.total
    for wider in near.wider:
        wide = catalogue.search(query.model_copy(update={"miles": wider.miles}))
        assert wide.total == near.total + wider.adds


def test_the_nearest_open_site_is_shown(catalogue, studies):
    result = catalogue.search(StudyQuery(condition="dementia", place=LEEDS, limit=50))
    by_id = {study.id: study for study in studies}
    for card in result.results:
        open_sites = [s for s in by_id[card.id].sites if s.status == Status.OPEN]
        if not open_sites:
            continue
        nearest = min(haversine_miles(LEEDS.lat, LEEDS.lon, [s.lat], [s.lon])[0] for s in open_sites)
        assert card.nearest_site.open
        assert card.nearest_site.miles == pytest.approx(nearest, abs=0.06)


def test_pages_do_not_repeat(catalogue):
    ids = []
    for offset in range(0, 30, 10):
        query = StudyQuery(condition="cancer", limit=10, offset=offset)
        ids += [card.id for card in catalogue.search(query).results]
    assert len(ids) == len(set(ids))


def test_pages_are_parts_of_one_order(catalogue):
    for condition in ("cancer", None):
        whole = [c.id for c in catalogue.search(StudyQuery(condition=condition, limit=21)).results]
        pages = [StudyQuery(condition=condition, limit=7, offset=offset) for offset in (0, 7, 14)]
        assert [card.id for page in pages for card in catalogue.search(page).results] == whole


def test_measuring_only_around_the_place_changes_no_filter(catalogue, monkeypatch):
    def found():
        asked = [(condition, miles) for condition in ("dementia", None) for miles in (5, 40, 150)]
        queries = [StudyQuery(condition=c, place=LEEDS, miles=m) for c, m in asked]
        return [(r.total, r.left_out, r.wider) for r in map(catalogue.search, queries)]

    whole = found()
    monkeypatch.setattr("index.search.filters.MEASURE_ALL", 0)
    assert found() == whole


def test_demonstration_studies_say_so(catalogue):
    for card in catalogue.search(StudyQuery(condition="asthma")).results:
        assert "Demonstration" in card.summary
        assert card.links.take_part.startswith("/studies/")


def test_the_batch_answers_in_order_and_names_what_is_wrong(tmp_path, capsys):
    file = tmp_path / "queries.jsonl"
    asked = [
        {"condition": "asthma", "near": "Leeds", "miles": 50, "limit": 2},
        {"condition": "asthma", "near": "Newport"},
        {"condition": "stroke", "statuses": "any", "sex": "F"},
    ]
    file.write_text("\n".join([*map(json.dumps, asked), "{oops"]), encoding="utf-8")
    assert main(["search", "--batch", str(file)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [a["understood"]["condition"] for a in answers] == ["asthma", None, "stroke", None]
    assert len(answers[0]["results"]) == 2
    assert "Newport, Shropshire" in answers[1]["problem"]
    assert answers[3]["problem"]


@pytest.fixture
def copied(tmp_path):
    return shutil.copytree(locate(settings().catalogue), tmp_path / "snapshot")


def test_a_changed_file_is_refused_by_name(copied):
    with (copied / "studies.sqlite").open("ab") as file:
        file.write(b"x")
    with pytest.raises(CatalogueError, match=r"studies\.sqlite"):
        check(copied)


def test_a_snapshot_of_another_model_is_refused_with_the_remedy(copied):
    manifest = json.loads((copied / "manifest.json").read_text())
    manifest["model"]["digest"] = "other"
    (copied / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(CatalogueError, match="Build the catalogue again"):
        Catalogue.open(copied)


def test_counts_that_differ_are_refused(copied):
    status = np.load(copied / "columns" / "status.npy")
    np.save(copied / "columns" / "status.npy", status[:-1])
    with pytest.raises(CatalogueError, match="counts differ"):
        Catalogue.open(copied)


def test_no_catalogue_names_the_command_that_makes_one(tmp_path):
    with pytest.raises(CatalogueError, match="python -m index build demo"):
        Catalogue.open(tmp_path)


def test_a_build_that_would_lose_a_tenth_leaves_the_last_good_one(tmp_path, capsys):
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{oops\n" * 5, encoding="utf-8")
    root = tmp_path / "catalogue"
    assert main(["build", str(bad), "--out", str(root)]) == 1
    assert "more than a tenth" in capsys.readouterr().err
    assert not (root / "current").exists()
