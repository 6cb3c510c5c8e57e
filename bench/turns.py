"""What a turn costs through the whole service, beside a bare Rasa bot with the same tracker store."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import numpy as np

from bench import starter
from bench.serving import Served, service

TURNS = ("hello", "my mum has dementia and lives in Leeds", "show me more", "who can join?", "thanks")
CONVERSATIONS = 20
WARM_UP = 2


@dataclass(frozen=True)
class Turns:
    """Milliseconds a turn, in the middle and at the 95th of 100, and Rasa's memory in megabytes."""

    what: str
    turns: int
    p50: float
    p95: float
    rasa_megabytes: float


def measure(folder: Path) -> list[Turns]:
    """Both at once, a conversation of one after a conversation of the other, so that both share the noise.

    Training the starter bot takes minutes the first time; it is kept in `folder`.
    """
    starter.train(folder / "starter")
    ours: list[float] = []
    theirs: list[float] = []
    with service(folder / "turns") as mine, starter.running(folder / "starter") as bare:
        for at in range(CONVERSATIONS + WARM_UP):
            for times, conversation in ((ours, _of_service(mine)), (theirs, _of_rasa(bare))):
                found = [_timed(conversation, text) for text in conversation.turns]
                times.extend(found if at >= WARM_UP else [])
        return [
            _summary("turn through the whole service", ours, mine),
            _summary("turn of a bare Rasa starter bot", theirs, bare),
        ]


@dataclass(frozen=True)
class _Conversation:
    turns: tuple[str, ...]
    say: Callable[[str], object]


def _timed(conversation: _Conversation, text: str) -> float:
    started = time.perf_counter()
    answer = conversation.say(text)
    if not answer:
        raise RuntimeError(f"no answer to {text!r}, so there is nothing to time: see its log")
    return (time.perf_counter() - started) * 1000


def _of_service(served: Served) -> _Conversation:
    http = httpx.Client(base_url=served.url, trust_env=False, timeout=60)
    token = http.post("/api/chat/sessions").raise_for_status().json()["session"]
    headers = {"Authorization": f"Bearer {token}"}

    def say(text: str) -> object:
        body = {"id": str(uuid4()), "text": text}
        answer = http.post("/api/chat/messages", json=body, headers=headers)
        return answer.raise_for_status().json()["messages"]

    return _Conversation(TURNS, say)


def _of_rasa(served: Served) -> _Conversation:
    http = httpx.Client(base_url=served.url, trust_env=False, timeout=60)
    sender = str(uuid4())

    def say(text: str) -> object:
        answer = http.post("/webhooks/rest/webhook", json={"sender": sender, "message": text})
        return answer.raise_for_status().json()

    return _Conversation(starter.TURNS, say)


def _summary(what: str, times: list[float], served: Served) -> Turns:
    p50, p95 = np.percentile(times, [50, 95])
    return Turns(what, len(times), float(p50), float(p95), served.rasa_megabytes())
