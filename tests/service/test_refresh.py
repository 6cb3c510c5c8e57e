"""The scheduler: syncs a real list when it is due, leaves the demonstration alone, survives failures."""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from index.catalogue.manifest import Manifest, ModelSummary, SourceSummary
from index.sync.state import SyncState, now, write_state
from service.refresh import due, keep_fresh
from settings import Settings


@pytest.fixture
def make_settings(tmp_path: Path) -> Any:
    def make(source: str = "ISRCTN", status: str = "open", **changed: Any) -> Settings:
        snapshot = tmp_path / "catalogue" / "snapshot-1"
        snapshot.mkdir(parents=True)
        (tmp_path / "logs").mkdir()
        manifest = Manifest(
            name="snapshot-1",
            built_at=datetime.now(UTC),
            data_at=datetime.now(UTC),
            sources=[SourceSummary(name=source, studies=1, newest_update=None)],
            **dict.fromkeys(("studies", "open", "sites", "unplaced_sites", "skipped", "tied"), 0),
            country="GB",
            status=status,
            model=ModelSummary(name="m", digest="d", size=1),
            lexicon="",
            concepts=0,
            vector_index="Flat",
            files={},
        )
        (snapshot / "manifest.json").write_text(manifest.model_dump_json(), encoding="utf-8")
        (tmp_path / "catalogue" / "current").symlink_to("snapshot-1")
        return Settings(_env_file=None, var=tmp_path, catalogue=tmp_path / "catalogue", **changed)

    return make


def test_a_real_list_is_due_at_once_and_then_every_hour(make_settings):
    settings = make_settings()
    assert due(settings)
    write_state(settings.catalogue, SyncState(tried_at=now()))
    assert not due(settings)
    assert due(settings, now() + timedelta(minutes=61))


def test_the_demonstration_is_never_due(make_settings):
    assert not due(make_settings("demo"))


def test_a_list_built_by_hand_with_closed_studies_is_left_alone(make_settings):
    assert not due(make_settings(status="any"))


def test_it_can_be_switched_off(make_settings):
    assert not due(make_settings(sync_every_minutes=0))


def test_no_catalogue_is_nothing_to_renew(tmp_path: Path):
    assert not due(Settings(_env_file=None, catalogue=tmp_path / "none"))


async def test_a_sync_that_fails_is_told_and_tried_again(make_settings, tmp_path: Path):
    settings = make_settings()
    runs = tmp_path / "runs"
    program = f"open({json.dumps(str(runs))}, 'a').write('x'); print('no route'); raise SystemExit(3)"
    told: list[str] = []
    task = asyncio.create_task(
        keep_fresh(settings, told.append, (sys.executable, "-c", program), 0.01)
    )
    for _ in range(500):
        await asyncio.sleep(0.02)
        if len(told) >= 2:
            break
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert "not renewed (exit 3)" in told[1]
    assert "no route" in (tmp_path / "logs" / "sync.log").read_text()
    assert len(runs.read_text()) >= 2


async def test_stopping_the_service_stops_its_sync(make_settings, tmp_path: Path):
    started = tmp_path / "pid"
    opened = f"open({json.dumps(str(started))}, 'w')"
    program = f"import os, time; {opened}.write(str(os.getpid())); time.sleep(600)"
    task = asyncio.create_task(
        keep_fresh(make_settings(), lambda _: None, (sys.executable, "-c", program), 0.01)
    )
    for _ in range(500):
        await asyncio.sleep(0.02)
        if started.exists() and started.read_text():
            break
    pid = int(started.read_text())
    os.kill(pid, 0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
