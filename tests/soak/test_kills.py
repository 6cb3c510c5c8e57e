"""Parts die in the middle of a conversation: every message is answered once, or honestly refused.

A person here does what the widget does: without an answer, the same message goes out with the same id.
The databases are SQLite files inside the gateway and Rasa, so "killing the database" is another process
that holds the file locked and is killed with its transaction open.
"""

import json
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import httpx
import psutil

from tests.running import Chat, Service
from tests.soak.size import LONG, size

KILLS = size(4, 50)
ROUND = ("gateway", "action server", "database", "rasa")
COMMANDS = {"gateway": ("-m", "api"), "action server": ("-m", "actions"), "rasa": ("-m", "bot.rasa")}
PATIENCE_SECONDS = 240.0
LOCK = """import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
db.execute("BEGIN EXCLUSIVE"); print("held", flush=True); time.sleep(60)"""


def find(service: Service, part: str) -> psutil.Process:
    """The part's process, waited for: it may be starting again."""
    limit = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < limit:
        for process in psutil.Process(service.process.pid).children(recursive=True):
            try:
                if tuple(process.cmdline()[1:3]) == COMMANDS[part]:
                    return process
            except psutil.NoSuchProcess:
                continue
        time.sleep(0.1)
    raise AssertionError(f"{part} was not started again: {service.told}")


def kill(service: Service, part: str, number: int) -> None:
    if part != "database":
        find(service, part).send_signal(signal.SIGKILL)
        return
    name = ("chat.sqlite", "rasa/tracker.sqlite")[number // len(ROUND) % 2]
    command = [sys.executable, "-c", LOCK, str(service.var / name)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        # Past the time that the gateway waits for a lock.
        time.sleep(6)
        holder.kill()


def ask(chat: Chat, body: dict[str, str], refusals: list[str]) -> list[dict[str, object]]:
    """Send until it is answered, noting each refusal, which must be honest: no answer or a 503."""
    limit = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < limit:
        try:
            answer = chat.post(body)
        except httpx.TransportError as error:
            refusals.append(type(error).__name__)
        else:
            if answer.status_code == 200:
                messages: list[dict[str, object]] = answer.json()["messages"]
                return messages
            assert answer.status_code == 503, answer.text
            assert answer.json()["detail"]
            refusals.append("503")
        time.sleep(0.3)
    raise AssertionError(f"never answered: {body}, {refusals[-5:]}")


def test_nothing_is_lost_or_doubled_when_parts_are_killed(service: Service) -> None:
    chat, said, refusals, apologies, cards = service.chat(), [], [], 0, 0
    # Told apart from those of another run on the same databases.
    run = time.time_ns() % 1000
    for number in range(KILLS):
        part = ROUND[number % len(ROUND)]
        killer = threading.Timer(0.05 * (number % 7), kill, (service, part, number))
        killer.start()
        for turn in range(3):
            text = f"asthma in Bristol please, message {number * 3 + turn} of {run}"
            said.append(text)
            messages = ask(chat, {"id": str(uuid4()), "text": text}, refusals)
            assert messages
            apologies += any("Sorry" in str(message["text"]) for message in messages)
        # With the part dead or starting: the card needs the gateway alone.
        messages = ask(chat, {"id": str(uuid4()), "text": "I want to die"}, refusals)
        said.append("I want to die")
        assert messages[0]["kind"] == "crisis"
        cards += 1
        killer.join()
        if LONG:
            wait_until_ready(service)
    assert_once(service, chat, said)
    print(
        f"\n{KILLS} kills, {len(said)} messages: all answered once, {cards} of {cards} danger cards,"
        f" {apologies} apologies, {len(refusals)} refusals before an answer"
    )


def wait_until_ready(service: Service) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < limit:
        try:
            if httpx.get(f"{service.url}/health/ready", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    raise AssertionError(f"not ready again: {service.told[-10:]}")


def assert_once(service: Service, chat: Chat, said: list[str]) -> None:
    told = chat.http.get("/api/chat/messages", headers=chat.headers).json()["messages"]
    assert [each["text"] for each in told if each["from"] == "person"] == said
    for one, after in pairwise(told):
        assert not (one["from"] == after["from"] == "person"), f"no answer to {one['text']}"
    assert told[-1]["from"] == "assistant"
    heard = heard_by_rasa(service.var / "rasa" / "tracker.sqlite")
    for text in set(said):
        assert heard.count(text) <= 1, f"Rasa was asked twice: {text}"


def heard_by_rasa(path: Path) -> list[str]:
    with sqlite3.connect(path, timeout=20) as database:
        rows = database.execute("SELECT data FROM events WHERE type_name = 'user'").fetchall()
    texts = [json.loads(row[0]).get("text") or "" for row in rows]
    return [text for text in texts if "please, message" in text]
