"""What tests of the sync share: a store, feeds that do not wait, and what they said."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.models import Source
from index.sync.ctgov_feed import CtgovFeed
from index.sync.http import Fetcher, Manners
from index.sync.isrctn_feed import IsrctnFeed
from index.sync.store import RawStore
from tests.replay import Replay

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
