"""The action server: Rasa's calls, and refusals in the shape that Rasa reads."""

import json
import zlib

import pytest
from fastapi.testclient import TestClient

from actions.server import CallError, create_app, read_call
from tests.actions.trackers import Talk


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app())


def call(talk: Talk, action: str) -> dict[str, object]:
    return {"next_action": action, "tracker": talk.tracker().current_state() | {"events": []}}


def test_a_call_is_run(client: TestClient, talk: Talk) -> None:
    answer = client.post("/webhook", json=call(talk.hear("hi", "greet"), "action_greet"))
    assert answer.status_code == 200
    assert answer.json()["responses"][0]["custom"]["kind"] == "text"


def test_a_deflated_call_is_run(client: TestClient, talk: Talk) -> None:
    body = zlib.compress(json.dumps(call(talk.hear("hi", "greet"), "action_greet")).encode())
    answer = client.post("/webhook", content=body, headers={"content-encoding": "deflate"})
    assert answer.status_code == 200


def test_an_unknown_action_is_not_found(client: TestClient, talk: Talk) -> None:
    answer = client.post("/webhook", json=call(talk, "action_nowhere"))
    assert answer.status_code == 404
    assert answer.json()["action_name"] == "action_nowhere"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"next_action": "x"}', b"\xff"])
def test_what_is_no_call_is_refused(client: TestClient, body: bytes) -> None:
    assert client.post("/webhook", content=body).status_code == 400


def test_false_deflate_is_refused() -> None:
    with pytest.raises(CallError):
        read_call(b"not deflated", "deflate")


def test_health(client: TestClient) -> None:
    assert client.get("/health").json()["status"] == "ok"
