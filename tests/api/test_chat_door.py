"""What stands before a message: the session, its secrecy, the body's shape and size, the switch."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.test_chat import PROBLEM


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer " + "x" * 43, "Bearer ' OR 1=1 --"]
)
async def test_without_a_live_session_there_is_nothing(gateway: Any, header: str) -> None:
    await gateway.open()
    who = {"Authorization": header}
    for answer in (
        await gateway.say(who, "asthma"),
        await gateway.http.get("/api/chat/messages", headers=who),
        await gateway.http.delete("/api/chat/sessions", headers=who),
    ):
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert set(answer.json()) == PROBLEM


async def test_a_session_ends_a_day_after_its_last_message(gateway: Any) -> None:
    who = await gateway.open()
    gateway.clock.move(hours=23)
    assert (await gateway.say(who, "asthma")).status_code == 200
    gateway.clock.move(hours=23)
    assert (await gateway.say(who, "asthma")).status_code == 200
    gateway.clock.move(hours=24, seconds=1)
    assert (await gateway.say(who, "asthma")).status_code == 401


async def test_the_token_is_kept_nowhere(gateway: Any) -> None:
    who = await gateway.open()
    token = who["Authorization"].split()[1]
    await gateway.say(who, "asthma")
    kept = b"".join(path.read_bytes() for path in gateway.settings.var.rglob("*") if path.is_file())
    assert token.encode() not in kept
    assert token not in str(gateway.rasa.heard)


async def test_personal_details_reach_neither_the_database_nor_rasa(gateway: Any) -> None:
    who = await gateway.open()
    await gateway.say(who, "my name is Zebedee Quux, zq@example.org, 07700 900123, asthma LS6 3AB")
    kept = b"".join(path.read_bytes() for path in gateway.settings.var.rglob("*") if path.is_file())
    for detail in ("Zebedee", "zq@example.org", "900123", "3AB"):
        assert detail.encode() not in kept
        assert detail not in str(gateway.rasa.heard)
    assert "asthma LS6" in gateway.rasa.heard[0]["message"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"no", 422),
        (b"[]", 422),
        (b"{}", 422),
        (b"[" * 9000, 422),
        (b'{"id": 1, "text": "a"}', 422),
        (b'{"id": "x", "text": "a"}', 422),
        (b'{"id": "5f0c3a44-9f2c-4f0e-9a1e-0d5c5d3c0b11"}', 422),
        (b'{"id": "5f0c3a44-9f2c-4f0e-9a1e-0d5c5d3c0b11", "text": "a", "choice": "b"}', 422),
        (b'{"id": "5f0c3a44-9f2c-4f0e-9a1e-0d5c5d3c0b11", "text": " \\n\\u0000 "}', 422),
        (b'{"id": "5f0c3a44-9f2c-4f0e-9a1e-0d5c5d3c0b11", "text": "\\ud800"}', 422),
        (b'{"id": "5f0c3a44-9f2c-4f0e-9a1e-0d5c5d3c0b11", "choice": "nope"}', 422),
        (b'{"id": "5f0c3a44-9f2c-4f0e-9a1e-0d5c5d3c0b11", "text": "' + b"a" * 1001 + b'"}', 413),
        (b'{"id": "5f0c3a44-9f2c-4f0e-9a1e-0d5c5d3c0b11", "text": "' + b"a" * 20000 + b'"}', 413),
    ],
)
async def test_a_bad_body_is_a_problem(gateway: Any, body: bytes, status: int) -> None:
    who = await gateway.open()
    answer = await gateway.http.post("/api/chat/messages", content=body, headers=who)
    assert answer.status_code == status
    assert set(answer.json()) >= PROBLEM
    assert gateway.rasa.heard == []


async def test_a_huge_body_is_refused_before_it_is_read(gateway: Any) -> None:
    who, sent = await gateway.open(), 0

    async def endless() -> Any:
        nonlocal sent
        while sent < 10_000:
            sent += 1
            yield b"a" * 1000

    answer = await gateway.http.post("/api/chat/messages", content=endless(), headers=who)
    assert answer.status_code == 413


async def test_chat_can_be_switched_off_while_pages_go_on(make_gateway: Any) -> None:
    gateway = await make_gateway(chat_enabled=False)
    off = await gateway.http.post("/api/chat/sessions")
    assert off.status_code == 503
    assert "/studies" in off.json()["detail"]
    assert (await gateway.http.get("/studies")).status_code == 200
    assert "switched off" in (await gateway.http.get("/")).text


async def test_the_request_id_goes_through_to_rasa(gateway: Any) -> None:
    who = await gateway.open()
    body = {"id": str(uuid4()), "text": "asthma"}
    headers = who | {"X-Request-ID": "abc-123"}
    answer = await gateway.http.post("/api/chat/messages", json=body, headers=headers)
    assert answer.headers["x-request-id"] == "abc-123"
    assert gateway.rasa.headers[0]["x-request-id"] == "abc-123"
    strange = await gateway.http.get("/", headers={"X-Request-ID": "a b<script>"})
    assert strange.headers["x-request-id"] != "a b<script>"
