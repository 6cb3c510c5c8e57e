"""The chat's calls: what a person sends, what comes back, and what is kept of it."""

import asyncio
import sqlite3
from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.main import create_app
from api.parts import Parts
from tests.api.fakes import studies_reply

PROBLEM = {"type", "title", "status", "detail"}


async def test_a_new_chat_speaks_of_privacy_first_and_offers_choices(gateway: Any) -> None:
    opened = (await gateway.http.post("/api/chat/sessions")).json()
    assert "names or addresses" in opened["messages"][0]["text"]
    assert len(opened["session"]) >= 40
    assert opened["expires_at"].startswith("2026-11-24T09:00:00")
    assert [choice["label"] for choice in opened["messages"][1]["choices"]]
    assert "/find_study" not in str(opened)


async def test_a_message_is_answered(gateway: Any) -> None:
    who = await gateway.open()
    answer = await gateway.say(who, "asthma in Leeds")
    assert answer.json() == {
        "messages": [{"kind": "text", "text": "You wrote: asthma in Leeds", "choices": []}]
    }


async def test_a_leading_slash_never_reaches_rasa(gateway: Any) -> None:
    who = await gateway.open()
    for text in ("/restart", " //find_study{}", "\u200b/restart", "\\/x"):
        await gateway.say(who, text)
    assert [heard["message"] for heard in gateway.rasa.heard] == [
        "restart",
        "find_study{}",
        "restart",
        "x",
    ]
    only = await gateway.say(who, " / ")
    assert only.json()["messages"][0]["kind"] == "notice"
    assert len(gateway.rasa.heard) == 4


async def test_only_emoji_get_a_clear_reply(gateway: Any) -> None:
    who = await gateway.open()
    assert "only read words" in (await gateway.say(who, "😀👍🏽")).json()["messages"][0]["text"]
    assert gateway.rasa.heard == []


async def test_a_choice_is_opaque_and_becomes_its_payload(gateway: Any) -> None:
    who = await gateway.open()
    gateway.rasa.replies = [studies_reply()]
    shown = (await gateway.say(who, "dementia in Leeds")).json()["messages"][0]
    assert shown["kind"] == "studies"
    assert shown["search"]["total"] == 3
    value = shown["choices"][0]["value"]
    assert "/study_details" not in str(shown)
    body = {"id": str(uuid4()), "choice": value}
    answer = await gateway.http.post("/api/chat/messages", json=body, headers=who)
    assert answer.status_code == 200
    assert gateway.rasa.heard[-1]["message"] == '/study_details{"ordinal": "1"}'

    other = await gateway.open()
    body = {"id": str(uuid4()), "choice": value}
    refused = await gateway.http.post("/api/chat/messages", json=body, headers=other)
    assert refused.status_code == 422


async def test_the_same_id_is_answered_once(gateway: Any) -> None:
    who, message_id = await gateway.open(), str(uuid4())
    gateway.rasa.seconds = 0.05
    answers = await asyncio.gather(*(gateway.say(who, "asthma", message_id) for _ in range(5)))
    assert len({answer.text for answer in answers}) == 1
    assert len(gateway.rasa.heard) == 1


async def test_messages_of_one_person_are_answered_in_order(gateway: Any) -> None:
    who = await gateway.open()
    gateway.rasa.seconds = 0.02
    await asyncio.gather(*(gateway.say(who, f"number {n}") for n in range(4)))
    told = (await gateway.http.get("/api/chat/messages", headers=who)).json()["messages"][2:]
    assert [one["from"] for one in told] == ["person", "assistant"] * 4
    for said, answer in zip(told[::2], told[1::2], strict=True):
        assert answer["text"] == f"You wrote: {said['text']}"


async def test_an_answer_survives_a_restart_of_the_gateway(gateway: Any) -> None:
    who, message_id = await gateway.open(), str(uuid4())
    first = await gateway.say(who, "asthma", message_id)
    parts = Parts.of(gateway.settings, gateway.clock.clock, gateway.parts.catalogue, gateway.rasa)
    transport = httpx.ASGITransport(create_app(gateway.settings, parts))
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as http:
        body = {"id": message_id, "text": "asthma"}
        again = await http.post("/api/chat/messages", json=body, headers=who)
    await parts.close()
    assert again.json() == first.json()
    assert len(gateway.rasa.heard) == 1


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        (["user", "bot"], "Here are more."),
        # Heard, and left without an answer: asked again, it would be heard twice.
        (["user"], "Sorry"),
    ],
)
async def test_after_a_crash_what_rasa_had_heard_is_read_and_not_asked_again(
    gateway: Any, kept: list[str], shown: str
) -> None:
    who, message_id = await gateway.open(), str(uuid4())
    session = gateway.parts.store.session(who["Authorization"].split()[1], 0)
    gateway.parts.store.begin(session, message_id, "any more?", gateway.clock.clock.seconds())
    gateway.parts.store.mark_sent(session, message_id, 0)
    folder = gateway.settings.var / "rasa"
    folder.mkdir()
    events = {"user": '{"text": "any more?"}', "bot": '{"text": "Here are more.", "data": {}}'}
    with sqlite3.connect(folder / "tracker.sqlite") as db:
        db.execute(
            "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id, type_name, timestamp, data)"
        )
        for kind in kept:
            db.execute(
                "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, ?, 1, ?)",
                (session.sender, kind, events[kind]),
            )
    answer = await gateway.say(who, "any more?", message_id)
    assert shown in answer.json()["messages"][0]["text"]
    assert gateway.rasa.heard == []


async def test_after_a_crash_before_rasa_the_message_is_asked_and_stands_once(gateway: Any) -> None:
    who, message_id = await gateway.open(), str(uuid4())
    session = gateway.parts.store.session(who["Authorization"].split()[1], 0)
    gateway.parts.store.begin(session, message_id, "asthma", gateway.clock.clock.seconds())
    gateway.parts.store.mark_sent(session, message_id, 0)
    assert (await gateway.say(who, "asthma", message_id)).status_code == 200
    told = (await gateway.http.get("/api/chat/messages", headers=who)).json()["messages"]
    assert [one["text"] for one in told if one["from"] == "person"] == ["asthma"]


@pytest.mark.parametrize(
    "replies",
    [
        "down",
        "slow",
        500,
        [],
        b"no json",
        b'{"a": 1}',
        [{}],
        [{"custom": {"kind": "studies"}}],
        [{"custom": {"kind": "nonsense", "text": "x"}}],
        [{"text": ""}],
        [{"text": 7}],
        [{"custom": {"kind": "crisis", "text": "not rasa's to say"}}],
    ],
)
async def test_whatever_rasa_does_the_person_gets_an_honest_answer(
    gateway: Any, replies: object
) -> None:
    who = await gateway.open()
    gateway.rasa.replies = replies
    answer = await gateway.say(who, "asthma in Leeds")
    assert answer.status_code == 200
    (message,) = answer.json()["messages"]
    assert message["kind"] == "notice"
    assert message["text"].startswith("Sorry")
    assert message["links"][0]["url"] == "/studies"


async def test_a_dangerous_message_gets_its_card_with_rasa_down_and_is_not_forwarded(
    gateway: Any,
) -> None:
    who = await gateway.open()
    gateway.rasa.replies = "down"
    (card,) = (await gateway.say(who, "I want to die")).json()["messages"]
    assert card["kind"] == "crisis"
    assert "116 123" in card["text"]
    assert gateway.rasa.heard == []


async def test_a_dangerous_search_gets_the_card_first_and_then_only_studies(gateway: Any) -> None:
    who = await gateway.open()
    gateway.rasa.replies = [{"text": "How are you?"}, studies_reply()]
    messages = (await gateway.say(who, "a study about suicide prevention")).json()["messages"]
    assert [message["kind"] for message in messages] == ["crisis", "studies"]


async def test_a_card_is_shown_when_the_message_is_too_long_too_often_or_cannot_be_kept(
    make_gateway: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway = await make_gateway(messages_per_session_per_minute=1)
    who = await gateway.open()
    long = await gateway.say(who, "I want to die " * 100)
    assert [message["kind"] for message in long.json()["messages"]] == ["crisis", "notice"]
    often = await gateway.say(who, "I want to die")
    assert often.json()["messages"][0]["kind"] == "crisis"

    other = await gateway.open()

    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(gateway.parts.store, "begin", broken)
    kept = await gateway.say(other, "I want to die")
    assert kept.json()["messages"][0]["kind"] == "crisis"


async def test_a_broken_database_is_an_honest_refusal(
    gateway: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = await gateway.open()

    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(gateway.parts.store, "begin", broken)
    answer = await gateway.say(who, "asthma")
    assert answer.status_code == 503
    assert set(answer.json()) == PROBLEM


async def test_a_message_that_cannot_be_noted_is_not_asked_behind_our_back(
    gateway: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, message_id = await gateway.open(), str(uuid4())

    def locked(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    with monkeypatch.context() as broken:
        broken.setattr(gateway.parts.store, "mark_sent", locked)
        assert (await gateway.say(who, "asthma", message_id)).status_code == 503
    assert gateway.rasa.heard == []
    assert (await gateway.say(who, "asthma", message_id)).status_code == 200
    assert len(gateway.rasa.heard) == 1


async def test_a_choice_without_its_answer_can_be_sent_again(gateway: Any) -> None:
    who, message_id = await gateway.open(), str(uuid4())
    told = (await gateway.http.get("/api/chat/messages", headers=who)).json()["messages"]
    value = told[-1]["choices"][0]["value"]
    session = gateway.parts.store.session(who["Authorization"].split()[1], 0)
    gateway.parts.store.begin(
        session, message_id, "Find a study", gateway.clock.clock.seconds(), value
    )
    last = (await gateway.http.get("/api/chat/messages", headers=who)).json()["messages"][-1]
    assert (last["id"], last["choice"]) == (message_id, value)
    body = {"id": last["id"], "choice": last["choice"]}
    again = await gateway.http.post("/api/chat/messages", json=body, headers=who)
    assert again.status_code == 200
    assert gateway.rasa.heard[-1]["message"] == "/find_study"
