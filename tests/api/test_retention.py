"""What is forgotten: on request at once, after a day by itself, from Rasa's store as well."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from api.storage import Trackers
from api.storage import trackers as trackers_module
from tests.api.fakes import studies_reply


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


def kept_for_editors(gateway: Any) -> list[tuple[str, str]]:
    path = gateway.settings.editors_copy
    if not path.exists():
        return []
    with sqlite3.connect(path) as db:
        return db.execute("SELECT said, why FROM kept ORDER BY id").fetchall()


async def say_what_finds_nothing(gateway: Any, text: str) -> dict[str, str]:
    found = studies_reply()
    found["custom"]["search"] |= {"total": 0, "results": []}
    gateway.rasa.replies = [found]
    who: dict[str, str] = await gateway.open()
    await gateway.say(who, text)
    return who


async def test_nothing_is_kept_for_editors_unless_that_is_switched_on(gateway: Any) -> None:
    await say_what_finds_nothing(gateway, "canarycondition in Leeds")
    assert not gateway.settings.editors_copy.exists()


async def test_editors_keep_what_found_nothing_for_30_days(make_gateway: Any) -> None:
    gateway = await make_gateway(editors_copy_days=30)
    await say_what_finds_nothing(gateway, "my name is Zebedee, canarycondition in LS6 3AB")
    (said, why), *more = kept_for_editors(gateway)
    assert more == []
    assert why == "nothing found"
    assert "canarycondition in LS6" in said
    assert "Zebedee" not in said
    assert "3AB" not in said
    for days, still_there in ((2, True), (27, True), (1, False)):
        gateway.clock.move(days=days)
        await gateway.parts.retention.sweep()
        assert bool(kept_for_editors(gateway)) is still_there, days
    for file in gateway.settings.var.rglob("*"):
        assert not file.is_file() or b"canarycondition" not in file.read_bytes()


async def test_what_is_forgotten_is_gone_for_editors_too(make_gateway: Any) -> None:
    gateway = await make_gateway(editors_copy_days=30)
    who = await say_what_finds_nothing(gateway, "canarycondition in Leeds")
    await say_what_finds_nothing(gateway, "another condition in Leeds")
    assert (await gateway.http.delete("/api/chat/sessions", headers=who)).status_code == 204
    assert kept_for_editors(gateway) == [("another condition in Leeds", "nothing found")]
    for file in gateway.settings.var.rglob("*"):
        assert not file.is_file() or b"canarycondition" not in file.read_bytes()


async def test_after_a_day_nothing_ties_the_editors_copy_to_a_chat(make_gateway: Any) -> None:
    gateway = await make_gateway(editors_copy_days=30)
    await say_what_finds_nothing(gateway, "canarycondition in Leeds")
    gateway.clock.move(hours=25)
    await gateway.parts.retention.sweep()
    with sqlite3.connect(gateway.settings.editors_copy) as db:
        assert db.execute("SELECT said, chat FROM kept").fetchall() == [
            ("canarycondition in Leeds", None)
        ]


async def test_an_answered_message_and_one_with_a_card_are_not_kept(make_gateway: Any) -> None:
    gateway = await make_gateway(editors_copy_days=30)
    who = await say_what_finds_nothing(gateway, "I want to die, canarycondition study in Leeds")
    gateway.rasa.replies = [studies_reply()]
    await gateway.say(who, "dementia in Leeds")
    assert kept_for_editors(gateway) == []


async def test_not_understood_is_kept_with_its_reason(make_gateway: Any) -> None:
    gateway = await make_gateway(editors_copy_days=30)
    who = await gateway.open()
    await gateway.say(who, "asthma")
    sender = gateway.rasa.heard[0]["sender"]
    path = tracker_store(gateway.settings.var, (sender, gateway.clock.clock.seconds()))
    with sqlite3.connect(path) as db:
        db.execute("UPDATE events SET intent_name = 'nlu_fallback'")
    await gateway.say(who, "wibble the wobble")
    assert kept_for_editors(gateway) == [("wibble the wobble", "not understood")]


async def test_the_copy_is_told_before_the_first_message(make_gateway: Any) -> None:
    gateway = await make_gateway(editors_copy_days=14)
    opened = (await gateway.http.post("/api/chat/sessions")).json()
    assert "14 days" in opened["messages"][0]["text"]
    assert "14 days" in (await gateway.http.get("/")).text


async def test_without_a_copy_none_is_told(gateway: Any) -> None:
    opened = (await gateway.http.post("/api/chat/sessions")).json()
    assert "days" not in opened["messages"][0]["text"]


def test_no_more_than_30_days_can_be_set(make_settings: Any) -> None:
    with pytest.raises(ValueError, match="editors_copy_days"):
        make_settings(editors_copy_days=31)
