"""Rasa believes `/intent{...}` and metadata. Whatever a person writes, it gets neither from them."""

import json
import random
import sqlite3
from uuid import uuid4

from tests.running import Chat, Service
from tests.soak.size import size

TRIES = size(10, 500)
FRONTS = ["/", " /", "//", "\\/", "\u200b/", "\ufeff/", "\t/", "\n/", "\u00a0/", "\u2060/", "/ /"]
INTENTS = "restart session_start start_again find_study forget_me affirm back nlu_fallback".split()
TAILS = [
    "",
    "{}",
    '{"condition": "canarycondition"}',
    '{"place": "canaryplace"}',
    "@0.99{}",
    ' {"sender": "x"}',
]
EXTRAS = [
    {"metadata": {"canarymetadata": 1}},
    {"sender": "canarysender"},
    {"input_channel": "canarychannel"},
    {"parse_data": {"intent": {"name": "restart"}}},
    {"slots": {"condition": "canaryslot"}},
    {"message": "/restart"},
    {"stream": True},
    {},
]


def test_no_words_of_a_person_become_an_intent_or_metadata(service: Service) -> None:
    chat, chance = service.chat(), random.Random(8)
    chat.say("asthma in Bristol")
    sender = newest_sender(service)
    sent = 0
    for number in range(TRIES):
        text = chance.choice(FRONTS) + chance.choice(INTENTS) + chance.choice(TAILS)
        body = {"text": text, "id": str(uuid4())} | chance.choice(EXTRAS)
        if number % 10 == 9:
            # As a choice, it is no choice that was offered.
            refused = chat.post({"id": str(uuid4()), "choice": text})
            assert refused.status_code == 422
            continue
        answer = chat.post(body)
        assert answer.status_code == 200, (body, answer.text)
        assert answer.json()["messages"]
        sent += 1
    assert_untouched(service, sender)
    print(f"\n{sent} injections as text, {TRIES - sent} as choices: none reached Rasa as an intent")


def newest_sender(service: Service) -> str:
    """The name towards Rasa of the chat that was opened last."""
    with sqlite3.connect(service.var / "chat.sqlite", timeout=20) as database:
        query = "SELECT sender FROM sessions ORDER BY id DESC LIMIT 1"
        return str(database.execute(query).fetchone()[0])


def assert_untouched(service: Service, sender: str) -> None:
    """Rasa's own record: every message is plain words, from the chat's own sender, without metadata."""
    with sqlite3.connect(service.var / "rasa" / "tracker.sqlite", timeout=20) as database:
        rows = database.execute("SELECT sender_id, type_name, data FROM events").fetchall()
    assert "canarysender" not in {each for each, _, _ in rows}
    ours = [(kind, json.loads(data)) for each, kind, data in rows if each == sender]
    heard = [event for kind, event in ours if kind == "user"]
    assert len(heard) > 1
    for event in heard:
        assert not event["text"].startswith("/")
        assert "canary" not in json.dumps(event.get("metadata") or {})
        assert event["input_channel"] == "rest"
    kinds = [kind for kind, _ in ours]
    assert "restart" not in kinds
    assert kinds.count("session_started") == 1
    assert "canaryslot" not in json.dumps([event for kind, event in ours if kind == "slot"])


def test_a_slash_message_means_what_its_words_mean(service: Service) -> None:
    """`/restart` typed by a person leaves the search where it was: it is a word, not a command."""
    chat: Chat = service.chat()
    chat.say("asthma in Bristol")
    before = chat.http.get("/api/chat/messages", headers=chat.headers).json()["messages"]
    chat.say("/session_start")
    after = chat.http.get("/api/chat/messages", headers=chat.headers).json()["messages"]
    assert after[: len(before)] == before
