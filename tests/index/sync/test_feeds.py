"""The feeds: everything is read, only what is new is read again, and what is wrong is never kept."""

from datetime import timedelta

import pytest

from index.models import Source
from index.sync.drift import DriftError
from index.sync.http import FeedError
from tests.index.sync.conftest import TODAY
from tests.replay import Replay
from tests.replay.records import ctgov_record, isrctn_record

YESTERDAY = (TODAY - timedelta(days=1)).isoformat()


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr("index.sync.ctgov_pages.PAGE_SIZE", 20)
    monkeypatch.setattr("index.sync.isrctn_feed.FITS", 20)


@pytest.fixture
def replay(small_pages):  # noqa: ARG001 (it sets the sizes)
    closed = [ctgov_record(n, status="COMPLETED") for n in range(201, 221)]
    abroad = [ctgov_record(n, country="France") for n in range(301, 311)]
    studies = [ctgov_record(n) for n in range(1, 101)] + closed + abroad
    with Replay(studies, [isrctn_record(n) for n in range(1, 151)], empty_every=2) as running:
        yield running


def test_every_page_is_read_and_empty_ones_are_not_the_end(replay, ctgov, store):
    assert ctgov(replay).sync() == "2026-01-01T09:00:00"
    assert store.count(Source.CTGOV) == 100
    assert store.open_ids(Source.CTGOV, TODAY) == {f"NCT{n:08}" for n in range(1, 101)}
    assert {agent.split("/")[0] for agent in replay.agents} == {"StudyFinder"}


def test_every_slice_is_read_once(replay, isrctn, store):
    isrctn(replay).sync()
    assert store.count(Source.ISRCTN) == 150
    asked = len(replay.asked)
    isrctn(replay).sync()
    assert len(replay.asked) - asked <= 4


def test_a_second_sync_asks_only_for_what_changed(replay, ctgov, store):
    replay.data_timestamp = TODAY.isoformat()
    ctgov(replay).sync()
    asked = len(replay.asked)
    replay.put(ctgov_record(5, updated=YESTERDAY, title="A new title"))
    replay.put(ctgov_record(999, updated=YESTERDAY))
    feed = ctgov(replay)
    feed.sync()
    assert (feed.changed, store.count(Source.CTGOV)) == (2, 101)
    # version, changes (an empty page may come between), the count
    assert len(replay.asked) - asked <= 4
    assert b"A new title" in store.body(Source.CTGOV, "NCT00000005")


def test_a_study_that_closed_leaves_the_open_ones(replay, ctgov, isrctn, store):
    replay.data_timestamp = TODAY.isoformat()
    ctgov(replay).sync()
    isrctn(replay).sync()
    replay.put(ctgov_record(7, status="COMPLETED", updated=YESTERDAY))
    replay.put(isrctn_record(7, override="Stopped", updated=f"{YESTERDAY}T10:00:00"))
    ctgov(replay).sync()
    isrctn(replay).sync()
    assert "NCT00000007" not in store.open_ids(Source.CTGOV, TODAY)
    assert "ISRCTN00000007" not in store.open_ids(Source.ISRCTN, TODAY)


def test_a_trial_whose_dates_ended_leaves_without_a_change_of_the_record(replay, isrctn, store):
    replay.put(isrctn_record(900, end=TODAY.isoformat()))
    isrctn(replay).sync()
    assert "ISRCTN00000900" in store.open_ids(Source.ISRCTN, TODAY)
    assert "ISRCTN00000900" not in store.open_ids(Source.ISRCTN, TODAY + timedelta(days=1))


def test_a_study_that_vanished_leaves_at_the_next_sync(replay, ctgov, isrctn, store):
    ctgov(replay).sync()
    isrctn(replay).sync()
    del replay.studies["NCT00000009"], replay.trials["00000009"]
    ctgov(replay).sync()
    isrctn(replay).sync()
    assert store.body(Source.CTGOV, "NCT00000009") is None
    assert store.body(Source.ISRCTN, "ISRCTN00000009") is None
    replay.put(ctgov_record(9, updated=TODAY.isoformat()))
    ctgov(replay).sync()
    assert store.body(Source.CTGOV, "NCT00000009") is not None


def test_a_study_that_left_the_uk_is_noticed_without_a_listing_of_it(replay, ctgov, store):
    ctgov(replay).sync()
    replay.put(ctgov_record(11, country="France", updated=YESTERDAY))
    ctgov(replay).sync()
    assert "NCT00000011" not in store.open_ids(Source.CTGOV, TODAY)


def test_an_interrupted_listing_goes_on_where_it_stopped(replay, ctgov, store):
    replay.fault = lambda number, _: "403" if number > 4 else ""
    with pytest.raises(FeedError, match="403"):
        ctgov(replay).sync()
    first = store.count(Source.CTGOV)
    assert 0 < first < 100
    # A refusal may mean that the token is no longer taken, so that it begins anew; a storm does not.
    replay.fault = lambda number, _: "503" if number > 9 else ""
    with pytest.raises(FeedError, match="503"):
        ctgov(replay).sync()
    token = store.noted("ctgov.listing")["token"]
    assert token
    asked = len(replay.asked)
    replay.fault = lambda *_: ""
    ctgov(replay).sync()
    assert f"pageToken={token}" in replay.asked[asked + 1]
    assert store.count(Source.CTGOV) == 100


def test_an_interrupted_slicing_reads_only_the_rest(replay, isrctn, store):
    replay.fault = lambda number, _: "503" if number > 12 else ""
    with pytest.raises(FeedError, match="503"):
        isrctn(replay).sync()
    before = store.count(Source.ISRCTN)
    assert 0 < before < 150
    replay.fault = lambda *_: ""
    isrctn(replay).sync()
    assert store.count(Source.ISRCTN) == 150


TRANSIENT = ["503", "429", "500", "truncated", "dropped", "html", "empty", "deep", "wrong-types"]


@pytest.mark.parametrize("fault", TRANSIENT)
def test_a_fault_that_passes_costs_nothing_but_another_try(replay, ctgov, isrctn, store, fault):
    replay.fault = lambda number, _: fault if number % 3 == 2 else ""
    ctgov(replay).sync()
    isrctn(replay).sync()
    assert (store.count(Source.CTGOV), store.count(Source.ISRCTN)) == (100, 150)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("503", "status 503"),
        ("truncated", "damaged"),
        ("redirect", "another address"),
        ("deep", "nested"),
        ("bomb", "larger than|forbidden"),
        ("renamed-field", "overallStatus|trialDescription/title"),
        ("other-id", "stands"),
        ("repeated-token", "token twice|no text|503"),
        ("lost-token", "ended after|damaged"),
    ],
)
@pytest.mark.parametrize("registry", ["ctgov", "isrctn"])
def test_a_fault_that_stays_is_named_and_nothing_bad_is_kept(
    replay, request, store, registry, fault, said
):
    feed = request.getfixturevalue(registry)
    replay.fault = lambda _, path: fault if "studies?" in path or "query" in path else ""
    with pytest.raises(FeedError, match=said):
        feed(replay, max_bytes=5_000_000).sync()
    for _, _, _, body in store.bodies(None):
        assert b"Made-up" in body
    # What was kept before the fault was seen does no harm: the next sync makes it whole.
    replay.fault = lambda *_: ""
    feed(replay).sync()
    assert store.count(Source.CTGOV) + store.count(Source.ISRCTN) in (100, 150)


def test_a_changed_format_is_named_by_its_field(replay, ctgov):
    replay.fault = lambda _, path: "renamed-field" if "studies?" in path else ""
    with pytest.raises(DriftError, match=r"protocolSection\.statusModule\.overallStatus"):
        ctgov(replay).sync()


def test_one_broken_record_is_left_out_and_the_good_one_of_before_stays(replay, ctgov, store):
    ctgov(replay).sync()
    broken = ctgov_record(3, updated=YESTERDAY, status="RECRUITING_MAYBE")
    replay.put(broken)
    feed = ctgov(replay)
    feed.sync()
    assert feed.refusals.refused >= 1
    assert "NCT00000003" in store.open_ids(Source.CTGOV, TODAY)


def test_an_older_record_never_replaces_a_newer_one(replay, ctgov, store):
    replay.put(ctgov_record(4, updated=YESTERDAY, title="Made-up and new"))
    ctgov(replay).sync()
    replay.put(ctgov_record(4, updated="2020-01-01", title="Made-up and old"))
    del replay.studies["NCT00000005"]
    ctgov(replay).sync()
    assert b"Made-up and new" in store.body(Source.CTGOV, "NCT00000004")


def test_a_page_too_large_is_asked_for_in_parts(ctgov, store):
    with Replay([ctgov_record(n) for n in range(1, 301)]) as replay:
        ctgov(replay, max_bytes=150_000).sync()
    assert store.count(Source.CTGOV) == 300


@pytest.mark.usefixtures("small_pages")
def test_many_edits_of_one_second_are_read_together(isrctn, store):
    same = [isrctn_record(n, updated="2024-02-03T04:05:06.000Z") for n in range(1, 61)]
    with Replay([], same) as replay:
        isrctn(replay).sync()
    assert store.count(Source.ISRCTN) == 60


def test_a_registry_whose_records_have_no_time_is_given_none(isrctn):
    trial = isrctn_record(1)
    for node in trial.iter():
        node.attrib.pop("lastUpdated", None)
    with Replay([], [trial]) as replay:
        feed = isrctn(replay)
        assert not feed.sync()
        assert feed.changed == 1
