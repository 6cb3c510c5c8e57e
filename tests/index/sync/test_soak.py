"""Faults without end: short here, long by `make soak`. The last good list serves through all of it."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.catalogue.follow import Catalogue
from index.catalogue.snapshot import check, locate
from index.queries import StudyQuery
from index.sync.run import SyncError, sync
from settings import ROOT
from tests.index.sync.conftest import demonstration, encoder
from tests.replay import Replay
from tests.replay.faults import FAULTS
from tests.replay.records import ctgov_record, isrctn_record

SOAK = bool(os.environ.get("SOAK"))
PAGES = 500 if SOAK else 60
KILLS = 20 if SOAK else 2


@pytest.fixture
def replay(monkeypatch):
    monkeypatch.setattr("index.sync.ctgov_pages.PAGE_SIZE", 20)
    monkeypatch.setattr("index.sync.isrctn_feed.FITS", 20)
    studies = [ctgov_record(n) for n in range(1, 61)]
    trials = [isrctn_record(n) for n in range(1, 61)]
    with Replay(studies, trials, empty_every=3) as running:
        yield running


def test_corrupt_pages_never_reach_the_list(replay, shop):
    workshop = shop(replay)
    good = sync(workshop, lambda _: None)
    catalogue = Catalogue(workshop.catalogue, encoder())
    chance = random.Random(7)
    served: list[str] = []

    def fault(_number: int, _path: str) -> str:
        if chance.random() < 0.3:
            return ""
        served.append(chance.choice(sorted(FAULTS)))
        return served[-1]

    failed = 0
    while len(served) < PAGES:
        (workshop.room / "records.sqlite").unlink()  # so that everything is read again
        replay.fault = fault
        try:
            sync(workshop, lambda _: None)
        except SyncError:
            failed += 1
        assert check(locate(workshop.catalogue)).name == good.name
        assert catalogue.search(StudyQuery(condition="asthma")).total > 0
    assert failed
    assert set(served) == set(FAULTS) or not SOAK
    replay.fault = lambda *_: ""
    (workshop.room / "records.sqlite").unlink()
    assert sync(workshop, lambda _: None) is None  # the very same list as before


def test_a_kill_at_any_moment_costs_nothing(replay, tmp_path: Path):
    root = demonstration(tmp_path / "catalogue")
    environment = os.environ | {
        "STUDY_FINDER_VAR": str(tmp_path),
        "STUDY_FINDER_CATALOGUE": str(root),
        "STUDY_FINDER_CTGOV_URL": replay.url,
        "STUDY_FINDER_ISRCTN_URL": replay.url,
        "STUDY_FINDER_SYNC_PAUSE_SECONDS": "0",
    }
    command = (sys.executable, "-m", "index", "sync", "--once")
    chance = random.Random(11)
    for number in range(KILLS):
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        # From the first import to the last rename, wherever that is on this machine.
        try:
            running.wait(chance.uniform(2.0, 40.0 if SOAK else 12.0))
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            running.wait()
        assert check(locate(root)).studies > 0
        replay.put(ctgov_record(500 + number))
    done = subprocess.run(  # noqa: PLW1510 (its exit code is looked at)
        command, cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert check(locate(root)).studies == 120 + KILLS
    assert len(list(root.glob("snapshot-*"))) <= 4
