"""A whole sync: the list is renewed, or the one in use stays and somebody is told why."""

import errno
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from index.catalogue.follow import Catalogue
from index.catalogue.freshness import in_words
from index.catalogue.manifest import SourceSummary
from index.catalogue.rollback import rollback
from index.catalogue.snapshot import CatalogueError, check, locate, read_manifest
from index.queries import StudyQuery
from index.sync.lock import BusyError, only_one
from index.sync.run import SyncError, sync
from index.sync.state import RegistryState, SyncState, now, read_state
from settings import ROOT
from tests.index.sync.conftest import TODAY, encoder
from tests.replay import Replay
from tests.replay.records import ctgov_record, isrctn_record

YESTERDAY = (TODAY - timedelta(days=1)).isoformat()


@pytest.fixture
def replay():
    studies = [ctgov_record(n, others=["ISRCTN00000003"] if n == 3 else []) for n in range(1, 41)]
    studies.append(ctgov_record(77, status="COMPLETED", country="France", updated=YESTERDAY))
    trials = [isrctn_record(n, nct="NCT00000077" if n == 5 else "Nil known") for n in range(1, 41)]
    with Replay(studies, trials, data_timestamp=TODAY.isoformat()) as running:
        yield running


def quiet(_: str) -> None:
    return


def test_from_the_demonstration_to_the_real_list_and_back(replay, shop):
    said: list[str] = []
    first = sync(shop(replay), said.append)
    root = shop(replay).catalogue
    catalogue = Catalogue(root, encoder())
    assert locate(root).name == first.name
    # 40 and 40, of which one pair is one study, and one has a newer record that says it is closed.
    assert (first.studies, first.tied) == (78, 1)
    assert {source.name: source.data_at[:10] for source in first.sources}["ClinicalTrials.gov"]
    page = catalogue.study("NCT00000003")
    assert page is not None
    assert page.id == "ISRCTN00000003"
    assert catalogue.study("NCT00000077") is None
    assert catalogue.freshness() == "The list was last brought up to date today."
    assert catalogue.search(StudyQuery(condition="asthma")).freshness == catalogue.freshness()

    # Nothing changed: no new snapshot, and as fresh as can be.
    assert sync(shop(replay), said.append) is None
    assert "Nothing has changed" in said[-1]

    # One opens, one closes, one vanishes.
    replay.put(ctgov_record(900, updated=YESTERDAY))
    replay.put(isrctn_record(8, override="Stopped", updated=f"{YESTERDAY}T09:00:00.000Z"))
    del replay.studies["NCT00000010"]
    second = sync(shop(replay), said.append)
    assert second.studies == 77
    store = Catalogue(root, encoder())
    assert store.study("NCT00000900") is not None
    assert store.study("ISRCTN00000008") is None
    assert store.study("NCT00000010") is None

    # Back with one command; the scheduler leaves it so, an operator's own sync does not.
    assert rollback(root, quiet) == first.name
    assert locate(root).name == first.name
    assert sync(shop(replay), said.append, automatic=True) is None
    assert locate(root).name == first.name
    assert "rolled back" in said[-1]
    with pytest.raises(CatalogueError, match="no snapshot-x"):
        rollback(root, quiet, "snapshot-x")

    # Half the registry gone at once is not believed, unless somebody says that it is right.
    for number in range(1, 31):
        replay.put(isrctn_record(number, override="Stopped", updated=f"{TODAY}T00:00:01.000Z"))
    with pytest.raises(SyncError, match=r"ISRCTN had .* a loss of more than 20%"):
        sync(shop(replay), quiet)
    assert locate(root).name == first.name
    assert "ISRCTN had" in read_state(root).trouble

    # A new list that is damaged is passed over on the way back.
    (root / second.name / "vectors.npy").write_bytes(b"damaged")
    third = sync(shop(replay), quiet, accept=True)
    assert check(locate(root)).name == third.name
    rollback(root, said.append)
    assert "passed over" in said[-2]
    assert locate(root).name == first.name


def test_one_registry_down_keeps_the_other_fresh_and_both_down_change_nothing(replay, shop):
    sync(shop(replay), quiet)
    root = shop(replay).catalogue
    before = locate(root)
    asked = read_state(root).registries["ISRCTN"].asked_at
    replay.fault = lambda *_: "503"
    with pytest.raises(SyncError, match="status 503"):
        sync(shop(replay), quiet)
    assert locate(root) == before
    replay.fault = lambda _, path: "503" if "/api/query" in path else ""
    assert sync(shop(replay), quiet) is None
    state = read_state(root)
    assert state.registries["ISRCTN"].asked_at == asked
    assert "ISRCTN could not be read" in state.trouble
    replay.fault = lambda *_: "clock-skew"
    with pytest.raises(SyncError, match="clock"):
        sync(shop(replay), quiet)


def test_half_a_first_download_makes_no_list(replay, shop):
    replay.fault = lambda _, path: "503" if "/api/query" in path else ""
    with pytest.raises(SyncError, match="ISRCTN was never read to the end"):
        sync(shop(replay), quiet)
    root = shop(replay).catalogue
    assert read_manifest(locate(root)).sources[0].name == "demo"
    assert "demonstration" in Catalogue(root, encoder()).freshness()


def test_a_full_disk_and_damaged_records_leave_the_list(replay, shop, monkeypatch):
    workshop = shop(replay)
    before = locate(workshop.catalogue)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/full")

    with monkeypatch.context() as patched:
        patched.setattr("index.sync.gather.write_studies", full)
        with pytest.raises(SyncError, match="No space left"):
            sync(workshop, quiet)
    with monkeypatch.context() as patched:
        patched.setattr("index.sync.run.LEAST_FREE_BYTES", 10**18)
        with pytest.raises(SyncError, match="make room"):
            sync(workshop, quiet)
    assert locate(workshop.catalogue) == before
    (workshop.room / "records.sqlite").write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    for ending in ("-wal", "-shm"):
        (workshop.room / f"records.sqlite{ending}").unlink(missing_ok=True)
    said: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr("index.sync.gather.write_studies", full)
        with pytest.raises(SyncError, match="No space left"):
            sync(workshop, said.append)
    assert any("moved to records.sqlite.damaged" in line for line in said)
    assert any("40 records new" in line for line in said)


def test_a_second_sync_says_so_and_leaves(replay, shop):
    busy = pytest.raises(BusyError, match=r"already running \(process \d+, since")
    with only_one(shop(replay).room / "sync.lock"), busy:
        sync(shop(replay), quiet)
    assert len(replay.asked) == 0


def test_the_lock_goes_with_its_holder(tmp_path: Path):
    file = tmp_path / "lock"
    program = (
        "import sys, time, pathlib; from index.sync.lock import only_one\n"
        f"with only_one(pathlib.Path({str(file)!r})): print('held', flush=True); time.sleep(600)"
    )
    held = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=ROOT)
    assert held.stdout.readline() == b"held\n"
    with pytest.raises(BusyError), only_one(file):
        pass
    held.kill()
    held.wait()
    with only_one(file):
        pass


def test_servers_follow_a_new_list_without_dropping_a_search(replay, shop, monkeypatch):
    monkeypatch.setattr("index.catalogue.follow.LOOK_EVERY_SECONDS", 0.05)
    root = shop(replay).catalogue
    catalogue = Catalogue(root, encoder())
    stop, failed, seen = threading.Event(), [], set()

    def ask() -> None:
        while not stop.is_set():
            try:
                seen.add(catalogue.manifest.name)
                assert catalogue.search(StudyQuery(condition="asthma")).total > 0
            except Exception as error:  # noqa: BLE001 (whatever it is, the search was dropped)
                failed.append(error)

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    new = sync(shop(replay), quiet)
    for _ in range(200):
        if new.name in seen:
            break
        stop.wait(0.05)
    stop.set()
    for asker in askers:
        asker.join()
    assert failed == []
    assert {new.name} < seen


def test_an_old_list_says_so_to_the_person(replay, shop):
    manifest = read_manifest(locate(shop(replay).catalogue))
    manifest.sources = [SourceSummary(name="ISRCTN", studies=1, newest_update=None, data_at="2026")]
    asked = {"ISRCTN": RegistryState(asked_at=now()), "ClinicalTrials.gov": RegistryState(asked_at=now())}
    state = SyncState(snapshot=manifest.name, registries=asked)

    def after(days: int) -> str:
        return in_words(manifest, state, now() + timedelta(days=days))

    assert after(1) == "The list was last brought up to date yesterday."
    assert after(7) == "The list was last brought up to date 7 days ago."
    assert "more than a week" in after(8)
    # One registry that was not reached makes the whole list as old as that one.
    asked["ISRCTN"].asked_at = now() - timedelta(days=9)
    assert "9 days ago" in after(0)
    # Copied elsewhere without the state beside it, it is as old as its building.
    manifest.built_at = now() - timedelta(days=3)
    assert "3 days ago" in in_words(manifest, SyncState())
