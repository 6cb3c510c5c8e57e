"""Runs the whole service for tests, as `make run` does, and talks to it as a widget does."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from index.catalogue.snapshot import CatalogueError, check, locate
from index.cli import main as index_command
from settings import ROOT, Settings

START_SECONDS = 240.0
STOP_SECONDS = 45.0


def free_ports(count: int) -> list[int]:
    """Ports that nobody has at this moment, all different."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def demo_catalogue() -> Path:
    """A catalogue of demonstration studies only: the one in use, or one built for tests."""
    for folder in (Settings(_env_file=None).catalogue, ROOT / "var" / "tests" / "catalogue"):
        try:
            manifest = check(locate(folder))
        except CatalogueError:
            continue
        if [source.name for source in manifest.sources] == ["demo"]:
            return folder
    assert index_command(["build", "demo", "--status", "any", "--out", str(folder)]) == 0
    return folder


@dataclass
class Service:
    """The running service. `told` holds the lines of its supervisor."""

    url: str
    var: Path
    process: subprocess.Popen[str]
    told: list[str]
    environment: dict[str, str]

    def chat(self) -> "Chat":
        """A new conversation."""
        return Chat(self.url)

    def logs(self) -> str:
        """The end of every log, for messages of failed tests."""
        files = sorted((self.var / "logs").glob("*.log"))
        return "\n".join(f"--- {f.name}\n{f.read_text(errors='replace')[-3000:]}" for f in files)


class Chat:
    """One person's conversation over HTTP."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=60, trust_env=False)
        opened = self.http.post("/api/chat/sessions")
        assert opened.status_code == 201, opened.text
        self.headers = {"Authorization": f"Bearer {opened.json()['session']}"}
        self.messages: list[dict[str, Any]] = opened.json()["messages"]

    def say(self, text: str) -> list[dict[str, Any]]:
        """Send words; the messages that come back."""
        return self.send({"text": text})

    def choose(self, label: str) -> list[dict[str, Any]]:
        """Press the button of the last messages whose words begin like this."""
        offered = {c["label"]: c["value"] for m in self.messages for c in m["choices"]}
        fitting = [offered[name] for name in offered if name.lower().startswith(label.lower())]
        assert fitting, f"there is no button {label!r}, only {list(offered)}"
        return self.send({"choice": fitting[0]})

    def send(self, body: dict[str, str]) -> list[dict[str, Any]]:
        """Send a body with a new id; the messages that come back."""
        answer = self.post(body | {"id": str(uuid4())})
        assert answer.status_code == 200, f"{body} -> {answer.status_code} {answer.text}"
        self.messages = answer.json()["messages"]
        return self.messages

    def post(self, body: object) -> httpx.Response:
        """Send anything; the answer as it is."""
        return self.http.post("/api/chat/messages", json=body, headers=self.headers)


@contextmanager
def run_service(var: Path, catalogue: Path, **settings: object) -> Iterator[Service]:
    """The service with `var` for its databases; ended, and its end checked, afterwards."""
    port, rasa_port, actions_port = free_ports(3)
    chosen = {
        "VAR": var,
        "CATALOGUE": catalogue,
        "PORT": port,
        "RASA_PORT": rasa_port,
        "ACTIONS_PORT": actions_port,
        "SESSIONS_PER_ADDRESS_PER_HOUR": 100_000,
        "MESSAGES_PER_SESSION_PER_MINUTE": 100_000,
        "REQUESTS_PER_ADDRESS_PER_MINUTE": 100_000,
        "RASA_TIMEOUT_SECONDS": 60,
    } | settings
    environment = {f"STUDY_FINDER_{name}": str(value) for name, value in chosen.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "service"],
        cwd=ROOT,
        env=os.environ | environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    running = Service(f"http://127.0.0.1:{port}", var, process, [], environment)
    reader = threading.Thread(target=_listen, args=(process, running.told), daemon=True)
    reader.start()
    try:
        _wait_until_ready(running)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        reader.join(5)
    assert process.returncode == 0, running.told


def _listen(process: subprocess.Popen[str], told: list[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        told.append(line.rstrip("\n"))


def _wait_until_ready(running: Service) -> None:
    limit = time.monotonic() + START_SECONDS
    while not any(line.startswith("Ready") for line in running.told):
        ended = running.process.poll() is not None
        if ended or time.monotonic() > limit:
            told = "\n".join(running.told)
            raise RuntimeError(f"the service did not start:\n{told}\n{running.logs()}")
        time.sleep(0.1)
