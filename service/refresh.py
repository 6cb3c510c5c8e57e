"""Keeps the list of studies fresh while the service runs: a sync every so often, as a process of its own.

Off for the demonstration, and for a catalogue built by hand with studies that are closed or abroad, which
a sync would take out.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from index.catalogue.freshness import is_demonstration
from index.catalogue.snapshot import CatalogueError, locate, read_manifest
from index.sync.state import now, read_state
from service.logs import turn_over
from settings import ROOT, Settings

COMMAND = (sys.executable, "-m", "index", "sync", "--once", "--automatic")
LOOK_EVERY_SECONDS = 30.0
GRACE_SECONDS = 10.0
Say = Callable[[str], None]


def due(settings: Settings, at: datetime | None = None) -> bool:
    """Whether it is time for a sync of the catalogue in use."""
    if not settings.sync_every_minutes:
        return False
    try:
        manifest = read_manifest(locate(settings.catalogue))
    except CatalogueError:
        return False
    if is_demonstration(manifest) or (manifest.country, manifest.status) != ("GB", "open"):
        return False
    tried = read_state(settings.catalogue).tried_at
    every = timedelta(minutes=settings.sync_every_minutes)
    return tried is None or (at or now()) - tried >= every


async def keep_fresh(
    settings: Settings,
    tell: Say,
    command: tuple[str, ...] = COMMAND,
    look_every_seconds: float = LOOK_EVERY_SECONDS,
) -> None:
    """Sync whenever it is due, until cancelled. A sync that fails is told and tried again in its turn."""
    log = settings.var / "logs" / "sync.log"
    while True:
        if await asyncio.to_thread(due, settings):
            try:
                turn_over(log)
                with log.open("ab") as output:
                    code = await _run(command, output.fileno())
            except OSError as error:
                tell(f"  the list of studies was not renewed ({error})")
            else:
                if code:
                    tell(f"  the list of studies was not renewed (exit {code}): see {log}")
        await asyncio.sleep(look_every_seconds)


async def _run(command: tuple[str, ...], output: int) -> int:
    """The command's exit code; ended with everything it started when we are cancelled."""
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        # People's searches come first.
        preexec_fn=_be_nice,
    )
    try:
        return await process.wait()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), GRACE_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        raise


def _be_nice() -> None:
    os.nice(10)
