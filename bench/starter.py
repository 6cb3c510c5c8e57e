"""A bare Rasa starter bot to measure against: what `rasa init` writes, with an SQLite tracker store."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.serving import Served, free_port, served
from service.parts import RASA_PYTHON

ENDPOINTS = """\
tracker_store:
  type: SQL
  dialect: sqlite
  db: {database}
"""
TRAINING_SECONDS = 1800
RASA = [str(RASA_PYTHON), "-W", "ignore", "-m", "rasa"]
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "LOG_LEVEL": "WARNING"}
TURNS = ("hello", "very sad", "yes", "are you a bot?", "bye")


def train(folder: Path) -> None:
    """Write and train the starter project in a folder, unless it is there; raises RuntimeError."""
    if folder.exists():
        return
    # Beside it first: a training that was cut off leaves half a model.
    beside = folder.with_name(folder.name + ".new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    command = [*RASA, "init", "--no-prompt", "--init-dir", str(beside)]
    done = subprocess.run(  # noqa: S603 (our own words only)
        command, env=os.environ | QUIET, capture_output=True, text=True, timeout=TRAINING_SECONDS, check=False
    )
    if done.returncode != 0 or not list((beside / "models").glob("*.tar.gz")):
        raise RuntimeError(f"rasa init did not train in {beside}: {done.stdout[-500:]} {done.stderr[-500:]}")
    beside.rename(folder)


@contextmanager
def running(folder: Path) -> Iterator[Served]:
    """The starter bot on a port of its own, with an SQLite tracker store."""
    (folder / "endpoints.yml").write_text(ENDPOINTS.format(database=folder / "tracker.sqlite"), "utf-8")
    port = free_port()
    command = [*RASA, "run", "--interface", "127.0.0.1", "--port", str(port)]
    with served(command, folder, folder / "rasa.log", QUIET, port, "/webhooks/rest/") as found:
        yield found
