"""How much one person or address may ask for, and whose address counts."""

from typing import Any

import pytest
from starlette.requests import Request

from api.address import client_address
from api.limits import Limit


def test_a_bucket_empties_and_refills() -> None:
    now = [0.0]
    limit = Limit(2, 60, lambda: now[0])
    assert [limit.take("a").allowed for _ in range(3)] == [True, True, False]
    assert limit.take("b").allowed
    now[0] = 30
    taken = limit.take("a")
    assert taken.allowed
    refused = limit.take("a")
    assert refused.headers == {
        "RateLimit-Limit": "2",
        "RateLimit-Remaining": "0",
        "RateLimit-Reset": "60",
        "Retry-After": "30",
    }


async def test_too_many_messages_are_told_when_to_come_back(make_gateway: Any) -> None:
    gateway = await make_gateway(messages_per_session_per_minute=2)
    who = await gateway.open()
    answers = [await gateway.say(who, f"asthma {n}") for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0].headers["ratelimit-remaining"] == "1"
    assert int(answers[2].headers["retry-after"]) > 0
    assert (await gateway.say(await gateway.open(), "asthma")).status_code == 200


async def test_too_many_sessions_of_one_address_are_refused(make_gateway: Any) -> None:
    gateway = await make_gateway(sessions_per_address_per_hour=1)
    await gateway.open()
    assert (await gateway.http.post("/api/chat/sessions")).status_code == 429


async def test_too_many_requests_of_one_address_are_refused_on_pages_too(make_gateway: Any) -> None:
    gateway = await make_gateway(requests_per_address_per_minute=1)
    assert (await gateway.http.get("/studies")).status_code == 200
    refused = await gateway.http.get("/studies")
    assert refused.status_code == 429
    assert "text/html" in refused.headers["content-type"]
    assert (await gateway.http.get("/health/live")).status_code == 200


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "expected"),
    [
        ("9.9.9.9", "1.1.1.1", [], "9.9.9.9"),
        ("10.0.0.1", "1.1.1.1", ["10.0.0.0/8"], "1.1.1.1"),
        ("10.0.0.1", "6.6.6.6, 1.1.1.1", ["10.0.0.0/8"], "1.1.1.1"),
        ("10.0.0.1", "1.1.1.1, 10.0.0.2", ["10.0.0.0/8"], "1.1.1.1"),
        ("10.0.0.1", "nonsense", ["10.0.0.0/8"], "10.0.0.1"),
        ("2001:db8::1", "", [], "2001:db8::/64"),
    ],
)
def test_only_trusted_proxies_say_whose_request_it_is(
    peer: str, forwarded: str, trusted: list[str], expected: str
) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    request = Request({"type": "http", "client": (peer, 1), "headers": headers})
    assert client_address(request, trusted) == expected
