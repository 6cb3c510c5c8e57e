"""What tests of the sync share: a store, feeds that do not wait, a workshop and a catalogue of its own."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from index.catalogue.follow import default_model
from index.catalogue.snapshot import locate, switch
from index.encoder import Encoder
from index.models import Source
from index.places import Places
from index.sync.ctgov_feed import CtgovFeed
from index.sync.download import Registries
from index.sync.http import Fetcher, Manners
from index.sync.isrctn_feed import IsrctnFeed
from index.sync.run import Workshop
from index.sync.store import RawStore
from tests.replay import Replay
from tests.running import demo_catalogue

HASTY = Manners(
    pause_seconds=0, tries=4, first_wait_seconds=0.001, longest_wait_seconds=0.01, timeout_seconds=5
)
TODAY = date.today()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RawStore]:
    with RawStore(tmp_path / "records.sqlite") as opened:
        yield opened


@pytest.fixture
def ctgov(store: RawStore) -> Callable[..., CtgovFeed]:
    def make(replay: Replay, **changed: Any) -> CtgovFeed:
        fetcher = Fetcher(str(Source.CTGOV), replay.url, HASTY, **changed)
        return CtgovFeed(fetcher, store, TODAY, lambda _: None)

    return make


@pytest.fixture
def isrctn(store: RawStore) -> Callable[..., IsrctnFeed]:
    def make(replay: Replay, **changed: Any) -> IsrctnFeed:
        fetcher = Fetcher(str(Source.ISRCTN), replay.url, HASTY, **changed)
        return IsrctnFeed(fetcher, store, TODAY, lambda _: None)

    return make


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    return Encoder(default_model())


def demonstration(root: Path) -> Path:
    """A catalogue folder with the demonstration in it, as a machine has before its first sync."""
    snapshot = locate(demo_catalogue())
    shutil.copytree(snapshot, root / snapshot.name)
    switch(root, root / snapshot.name)
    return root


@pytest.fixture
def shop(tmp_path: Path) -> Callable[[Replay], Workshop]:
    """A workshop on a replay; it begins with the demonstration, and goes on where it was."""

    def make(replay: Replay) -> Workshop:
        root, room = tmp_path / "catalogue", tmp_path / "registries"
        if not root.exists():
            demonstration(root)
        room.mkdir(exist_ok=True)
        where = Registries(replay.url, replay.url, HASTY)
        return Workshop(room, root, Places.load(), encoder, where)

    return make
