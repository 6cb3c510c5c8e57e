"""One gateway a test, with fakes behind it and a clock that moves when told."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.catalogue_door import CatalogueDoor
from api.clock import Clock
from api.main import create_app
from api.parts import Parts
from settings import Settings
from tests.api.fakes import FakePlaces, FakeRasa, FakeStudies


@dataclass
class MovingClock:
    moment: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.moment)


@dataclass
class Gateway:
    """The running app with handles on everything around it."""

    http: httpx.AsyncClient
    parts: Parts
    rasa: FakeRasa
    studies: FakeStudies
    clock: MovingClock
    settings: Settings
    app: Any

    async def open(self) -> dict[str, str]:
        opened = await self.http.post("/api/chat/sessions")
        assert opened.status_code == 201, opened.text
        return {"Authorization": f"Bearer {opened.json()['session']}"}

    async def say(self, who: dict[str, str], text: str, message_id: str = "") -> httpx.Response:
        body = {"id": message_id or str(uuid4()), "text": text}
        return await self.http.post("/api/chat/messages", json=body, headers=who)


@pytest.fixture
def make_settings(tmp_path: Path) -> Any:
    def make(**changed: Any) -> Settings:
        values = {
            "var": tmp_path / "var",
            "requests_per_address_per_minute": 100_000,
            "sessions_per_address_per_hour": 10_000,
        }
        return Settings(_env_file=None, **(values | changed))

    return make


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
async def make_gateway(make_settings: Any, clock: MovingClock) -> AsyncIterator[Any]:
    made: list[Gateway] = []

    async def make(peer: str = "127.0.0.1", **changed: Any) -> Gateway:
        settings, rasa, studies = make_settings(**changed), FakeRasa(), FakeStudies()
        door = CatalogueDoor(lambda: studies, FakePlaces)
        parts = Parts.of(settings, clock.clock, door, rasa)
        app = create_app(settings, parts)
        transport = httpx.ASGITransport(app, client=(peer, 1234))
        http = httpx.AsyncClient(transport=transport, base_url="http://gateway")
        made.append(Gateway(http, parts, rasa, studies, clock, settings, app))
        return made[-1]

    yield make
    for gateway in made:
        await gateway.http.aclose()
        await gateway.parts.close()


@pytest.fixture
async def gateway(make_gateway: Any) -> Gateway:
    return await make_gateway()


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("STUDY_FINDER_SECRET", raising=False)
    return
