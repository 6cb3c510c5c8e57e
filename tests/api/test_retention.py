"""What is forgotten: on request at once, after a day by itself, from Rasa's store as well."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from api.storage import Trackers
from api.storage import trackers as trackers_module


def tracker_store(var: Path, *rows: tuple[str, float]) -> Path:
    path = var / "rasa" / "tracker.sqlite"
    path.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(path) as db:
        db.execute(
            "CREATE TABLE IF NOT EXISTS events"
            " (id INTEGER PRIMARY KEY, sender_id, type_name, timestamp REAL, intent_name, data)"
        )
        db.executemany(
            "INSERT INTO events (sender_id, type_name, timestamp, data)"
            " VALUES (?, 'user', ?, '{}')",
            rows,
        )
    return path


def senders(path: Path) -> set[str]:
    with sqlite3.connect(path) as db:
        return {row[0] for row in db.execute("SELECT sender_id FROM events")}


async def test_forgetting_leaves_nothing_in_any_file(gateway: Any) -> None:
    who = await gateway.open()
    await gateway.say(who, "canarycondition in Leeds")
    sender = gateway.rasa.heard[0]["sender"]
    path = tracker_store(gateway.settings.var, (sender, 1.0), ("other", 9e9))
    assert (await gateway.http.delete("/api/chat/sessions", headers=who)).status_code == 204
    assert (await gateway.http.get("/api/chat/messages", headers=who)).status_code == 401
    assert senders(path) == {"other"}
    for file in gateway.settings.var.rglob("*"):
        assert not file.is_file() or b"canarycondition" not in file.read_bytes()


async def test_the_sweep_takes_silent_sessions_and_leaves_live_ones(gateway: Any) -> None:
    old = await gateway.open()
    await gateway.say(old, "asthma")
    gateway.clock.move(hours=20)
    live = await gateway.open()
    await gateway.say(live, "gout")
    old_sender, live_sender = (heard["sender"] for heard in gateway.rasa.heard)
    now = gateway.clock.clock.seconds()
    path = tracker_store(
        gateway.settings.var, (old_sender, now), (live_sender, now), ("late", now - 90_000)
    )
    gateway.clock.move(hours=5)
    assert await gateway.parts.retention.sweep() == 1
    assert senders(path) == {live_sender}
    assert (await gateway.http.get("/api/chat/messages", headers=live)).status_code == 200


async def test_without_rasas_store_forgetting_works(gateway: Any) -> None:
    who = await gateway.open()
    assert (await gateway.http.delete("/api/chat/sessions", headers=who)).status_code == 204


def test_a_locked_store_is_tried_again_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tracker_store(tmp_path, ("one", 1.0))
    tries = []
    trackers = Trackers(path)
    real = sqlite3.connect

    def locked_at_first(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        tries.append(1)
        if len(tries) < 3:
            raise sqlite3.OperationalError("database is locked")
        return real(*args, **kwargs)

    monkeypatch.setattr(trackers_module, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(trackers_module.sqlite3, "connect", locked_at_first)
    trackers.delete(["one"])
    monkeypatch.undo()
    assert senders(path) == set()
    assert len(tries) == 3


def test_what_was_not_understood_is_known_by_its_intent_alone(tmp_path: Path) -> None:
    path = tracker_store(tmp_path, ("one", 1.0), ("one", 2.0))
    with sqlite3.connect(path) as db:
        db.execute("UPDATE events SET intent_name = 'nlu_fallback' WHERE timestamp = 2.0")
    assert Trackers(path).newest_intent("one") == "nlu_fallback"
    assert Trackers(path).newest_intent("nobody") == ""
