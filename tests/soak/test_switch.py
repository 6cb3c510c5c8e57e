"""A new snapshot is picked up within seconds while people search, and no request is dropped or mixed."""

import itertools
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from index.catalogue.build import DEMO, Options, build
from index.catalogue.follow import LOOK_EVERY_SECONDS, default_model
from index.catalogue.snapshot import locate, read_manifest, switch
from index.encoder import Encoder
from index.places import Places
from tests.running import demo_catalogue
from tests.soak.gateway import run_gateway
from tests.soak.size import size

PEOPLE = size(4, 8)
SWITCHES = size(4, 60)
NOTICED_WITHIN = LOOK_EVERY_SECONDS + 8
"""Seconds; other tests may keep the processors busy."""
EVERYTHING = {"status": "any", "limit": 3}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue with two snapshots, of all made-up studies and of some."""
    root = tmp_path_factory.mktemp("switch") / "catalogue"
    everything = locate(demo_catalogue())
    shutil.copytree(everything, root / everything.name)
    switch(root, root / everything.name)
    some = [DEMO / "cancer.yml", DEMO / "blood_and_immune.yml"]
    build(some, root, Encoder(default_model()), Places.load(None), Options("any", "any"), print)
    return root


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory, catalogue: Path) -> Iterator[str]:
    with run_gateway(tmp_path_factory.mktemp("var"), catalogue) as url:
        yield url


def test_switching_snapshots_drops_no_request(gateway: str, catalogue: Path) -> None:
    snapshots = sorted(path for path in catalogue.glob("snapshot-*") if path.is_dir())
    counts = {path.name: read_manifest(path).studies for path in snapshots}
    assert len(set(counts.values())) == len(snapshots) == 2
    over = threading.Event()
    answers: Counter[str] = Counter()
    wrong: list[str] = []
    people = [
        threading.Thread(
            target=person, args=(gateway, over, answers, wrong, set(counts.values())), daemon=True
        )
        for _ in range(PEOPLE)
    ]
    for one in people:
        one.start()
    noticed = []
    try:
        for snapshot in itertools.islice(itertools.cycle(snapshots), SWITCHES):
            switch(catalogue, snapshot)
            noticed.append(seconds_until(gateway, counts[snapshot.name]))
    finally:
        over.set()
        for one in people:
            one.join(60)
    print(
        f"\n{SWITCHES} switches under {PEOPLE} people: {answers.total()} answers, {dict(answers)};"
        f" noticed after {max(noticed):.1f} s at most; {len(wrong)} dropped or mixed"
    )
    assert wrong == []
    assert answers.total() > SWITCHES
    assert locate(catalogue) == snapshots[(SWITCHES - 1) % 2].resolve()


def person(
    url: str, over: threading.Event, answers: Counter[str], wrong: list[str], totals: set[int]
) -> None:
    """Ask without pause; note what is neither one list nor the other."""
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as http:
        while not over.is_set():
            for path, asked in (("/api/studies", EVERYTHING), ("/studies", {"condition": "cancer"})):
                try:
                    answer = http.get(path, params=asked)
                except httpx.HTTPError as error:
                    wrong.append(f"{path}: {error!r}")
                    continue
                answers[f"{path} {answer.status_code}"] += 1
                if answer.status_code != 200:
                    wrong.append(f"{path}: {answer.status_code} {answer.text[:200]}")
                elif path == "/api/studies" and answer.json()["total"] not in totals:
                    wrong.append(f"a list of {answer.json()['total']}")


def seconds_until(url: str, total: int) -> float:
    """How long it takes until the list with so many studies is served."""
    start = time.monotonic()
    while time.monotonic() - start < NOTICED_WITHIN:
        answer = httpx.get(f"{url}/api/studies", params=EVERYTHING, timeout=60, trust_env=False)
        if answer.raise_for_status().json()["total"] == total:
            return time.monotonic() - start
        time.sleep(0.1)
    raise AssertionError(f"the new list was not served within {NOTICED_WITHIN} s")
