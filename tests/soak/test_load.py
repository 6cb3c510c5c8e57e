"""Twenty people at once: everybody is answered; the times are stated, not judged."""

import asyncio
import random
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from uuid import uuid4

import httpx
import psutil

from tests.running import Service
from tests.soak.size import size

PEOPLE = size(5, 20)
SECONDS = size(5, 300)
READING_SECONDS = (2.0, 6.0)
MESSAGES = (
    "my mum has dementia and lives in Leeds",
    "asthma in Bristol",
    "type 2 diabetes near M1",
    "who can join the first one?",
    "show me more",
    "how far is it?",
    "what is a placebo?",
    "start again",
    "depression, Cardiff",
    "I live in Hull",
)


def test_people_at_the_same_time_are_all_answered(service: Service) -> None:
    took: list[float] = []
    errors: list[str] = []
    # In a thread of its own: the browser of other tests may hold this one's event loop.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, crowd(service, took, errors)).result()
    took.sort()
    middle, late = took[len(took) // 2], took[int(len(took) * 0.95)]
    print(
        f"\n{PEOPLE} people for {SECONDS} s: {len(took)} turns, median {middle:.2f} s,"
        f" p95 {late:.2f} s, longest {took[-1]:.2f} s, {len(errors)} errors;"
        f" load of the machine {psutil.getloadavg()[0]:.1f} on {psutil.cpu_count()} processors"
    )
    assert errors == []


async def crowd(service: Service, took: list[float], errors: list[str]) -> None:
    """Everybody at once."""
    until = time.monotonic() + SECONDS
    async with httpx.AsyncClient(base_url=service.url, timeout=60, trust_env=False) as http:
        await asyncio.gather(*(person(number, http, until, took, errors) for number in range(PEOPLE)))


async def person(
    number: int, http: httpx.AsyncClient, until: float, took: list[float], errors: list[str]
) -> None:
    """Ask, read for a few seconds, ask again."""
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, 2))
    opened = (await http.post("/api/chat/sessions")).json()
    headers = {"Authorization": f"Bearer {opened['session']}"}
    for turn in count(number):
        if time.monotonic() >= until:
            return
        body = {"id": str(uuid4()), "text": MESSAGES[turn % len(MESSAGES)]}
        start = time.monotonic()
        answer = await http.post("/api/chat/messages", json=body, headers=headers)
        took.append(time.monotonic() - start)
        if answer.status_code != 200:
            errors.append(f"{answer.status_code} {body['text']}")
        elif any("Sorry, that took" in each["text"] for each in answer.json()["messages"]):
            errors.append(f"apology: {body['text']}")
        await asyncio.sleep(chance.uniform(*READING_SECONDS))
