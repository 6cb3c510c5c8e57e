"""The action server: Rasa's calls, and refusals in the shape that Rasa reads."""

import json
import logging
import zlib
from typing import Any

import pytest
from fastapi.testclient import TestClient

from actions.server import CallError, create_app, read_call, request_of
from json_logs import JsonLines
from tests.actions.trackers import Talk


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app())


def call(talk: Talk, action: str) -> dict[str, Any]:
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


def test_the_log_tells_which_request_an_action_ran_for(
    client: TestClient, talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    said = {"event": "user", "text": "my mum has dementia", "metadata": {"request_id": "7f3a"}}
    body = call(talk.hear("hi", "greet"), "action_greet")
    body["tracker"]["events"] = [said, {"event": "slot", "name": "place", "value": None}]
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(JsonLines().format(record))  # type: ignore[method-assign]  # a stub
    log = logging.getLogger("actions.server")
    caplog.set_level(logging.INFO, log.name)
    log.addHandler(handler)
    try:
        client.post("/webhook", json=body)
    finally:
        log.removeHandler(handler)
    told = json.loads(lines[-1])
    assert (told["request_id"], told["action_name"]) == ("7f3a", "action_greet")
    assert "dementia" not in lines[-1]


def test_a_call_without_a_request_is_no_trouble() -> None:
    assert request_of({"tracker": {"events": None}}) == ""
    assert request_of({"tracker": {"events": [{"event": "user", "metadata": None}]}}) == ""


def test_health(client: TestClient) -> None:
    assert client.get("/health").json()["status"] == "ok"
