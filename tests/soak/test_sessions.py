"""Tokens that are forged, guessed, stolen from the database or too old open nothing."""

import random
import secrets
import sqlite3
import string
from base64 import b64encode
from uuid import uuid4

import httpx

from tests.running import Chat, Service
from tests.soak.size import size

TRIES = size(60, 1_000)
CANARY = "asthma in Whitby"


def test_no_token_but_the_persons_own_opens_their_chat(service: Service) -> None:
    victim = service.chat()
    victim.say(CANARY)
    token = victim.headers["Authorization"].split()[1]
    gone, old = service.chat(), service.chat()
    assert gone.http.delete("/api/chat/sessions", headers=gone.headers).status_code == 204
    with sqlite3.connect(service.var / "chat.sqlite", timeout=20) as database:
        database.execute(
            "UPDATE sessions SET last_at = last_at - 90000 WHERE id = (SELECT max(id) FROM sessions)"
        )
        kept = [
            str(value)
            for row in database.execute("SELECT id, token_hash, sender FROM sessions")
            for value in row
        ]
    chance = random.Random(6)
    fixed = [gone.headers["Authorization"], old.headers["Authorization"], *map(bearer, kept)]
    forged = fixed[:TRIES] + [bearer(wrong(token, chance)) for _ in range(TRIES - len(fixed))]
    with httpx.Client(base_url=service.url, timeout=30, trust_env=False) as http:
        for header in forged:
            for answer in ask(http, {"Authorization": header.encode()}):
                assert answer.status_code == 401, (header, answer.status_code)
                assert CANARY not in answer.text
                assert answer.headers["content-type"] == "application/problem+json"
    print(f"\n{len(forged)} forged sessions, each tried three ways: all 401")
    told = victim.http.get("/api/chat/messages", headers=victim.headers).json()["messages"]
    assert [each["text"] for each in told if each["from"] == "person"] == [CANARY]


def bearer(token: str) -> str:
    return f"Bearer {token}"


def ask(http: httpx.Client, headers: dict[str, bytes]) -> list[httpx.Response]:
    message = {"id": str(uuid4()), "text": "what did I say?"}
    return [
        http.get("/api/chat/messages", headers=headers),
        http.post("/api/chat/messages", json=message, headers=headers),
        http.delete("/api/chat/sessions", headers=headers),
    ]


def wrong(token: str, chance: random.Random) -> str:
    """A token that is near the real one, or of the right kind, or meant to break what reads it."""
    # Never 0: nothing put in front, or nothing cut off, would be the real token.
    at = chance.randrange(1, len(token))
    letter = chance.choice([each for each in string.ascii_letters if each != token[at]])
    return chance.choice(
        [
            token[:at] + letter + token[at + 1 :],
            token[:at],
            token + letter,
            token.swapcase(),
            token[::-1],
            secrets.token_urlsafe(32),
            secrets.token_hex(32),
            b64encode(token.encode()).decode(),
            f"{token}' OR '1'='1",
            f"{token[:at]}%00{token[at:]}",
            f"{token[:at]}\u00e9{token[at:]}",
            str(chance.randrange(10_000)),
            "%" * at or "%",
            "../" * at + token,
            "eyJhbGciOiJub25lIn0." + token[:at] + ".",
            "null",
        ]
    )


def test_a_choice_of_another_chat_is_refused(service: Service) -> None:
    one, other = service.chat(), Chat(service.url)
    values = [choice["value"] for message in one.messages for choice in message["choices"]]
    assert values
    for value in values:
        assert other.post({"id": str(uuid4()), "choice": value}).status_code == 422
