"""The whole service, started for measuring and ended afterwards."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from settings import ROOT

START_SECONDS = 400.0


@dataclass(frozen=True)
class Served:
    """Where something answers, and the process that it or its children run in."""

    url: str
    pid: int

    def rasa_megabytes(self) -> float:
        """Resident memory of the Rasa server among these processes."""
        process = psutil.Process(self.pid)
        every = (process, *process.children(recursive=True))
        rasa = [p for p in every if {"rasa", "bot.rasa"} & set(p.cmdline())]
        return float(sum(p.memory_info().rss for p in rasa) / 1e6)


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until_ready(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until an address answers 200; raises RuntimeError when the process ends or time is up."""
    limit = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < limit:
        try:
            if httpx.get(url, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise RuntimeError(f"nothing answers at {url}: see its log")


@contextmanager
def served(
    command: list[str], cwd: Path, log: Path, environment: dict[str, str], port: int, ready: str
) -> Iterator[Served]:
    """What a command serves on a port of loopback, from when its path `ready` answers until it is ended."""
    url = f"http://127.0.0.1:{port}"
    with log.open("w") as stream:
        process = subprocess.Popen(  # noqa: S603 (our own words only)
            command, cwd=cwd, env=os.environ | environment, stdout=stream, stderr=stream
        )
        try:
            until_ready(f"{url}{ready}", process)
            yield Served(url, process.pid)
        finally:
            process.terminate()
            process.wait(60)


@contextmanager
def service(var: Path) -> Iterator[Served]:
    """The service as `make run` starts it, on free ports, with its databases in `var`."""
    port = free_port()
    chosen = {
        "VAR": var,
        "PORT": port,
        "RASA_PORT": free_port(),
        "ACTIONS_PORT": free_port(),
        "MESSAGES_PER_SESSION_PER_MINUTE": 100_000,
        "REQUESTS_PER_ADDRESS_PER_MINUTE": 100_000,
        "SESSIONS_PER_ADDRESS_PER_HOUR": 100_000,
    }
    environment = {f"STUDY_FINDER_{name}": str(value) for name, value in chosen.items()}
    var.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "service"]
    with served(command, ROOT, var / "service.log", environment, port, "/health/ready") as found:
        yield found
