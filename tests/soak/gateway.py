"""The gateway alone, without Rasa behind it: for what is between the browser and the gateway."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from settings import ROOT
from tests.running import free_ports

START_SECONDS = 240.0


@contextmanager
def run_gateway(var: Path, catalogue: Path) -> Iterator[str]:
    """The address of a gateway over this catalogue; ended afterwards."""
    port, nobody = free_ports(2)
    settings = {
        "VAR": var,
        "CATALOGUE": catalogue,
        "PORT": port,
        "RASA_PORT": nobody,
        "MESSAGES_PER_SESSION_PER_MINUTE": 100_000,
        "REQUESTS_PER_ADDRESS_PER_MINUTE": 100_000,
    }
    environment = {f"STUDY_FINDER_{name}": str(value) for name, value in settings.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "api"],
        cwd=ROOT,
        env=os.environ | environment,
        stderr=subprocess.DEVNULL,
    )
    url, limit = f"http://127.0.0.1:{port}", time.monotonic() + START_SECONDS
    try:
        while True:
            try:
                httpx.get(f"{url}/health/live", trust_env=False).raise_for_status()
                break
            except httpx.HTTPError:
                assert process.poll() is None, "the gateway ended while starting"
                assert time.monotonic() < limit, "the gateway did not start"
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(30)
