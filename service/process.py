"""One part's process: started in a group of its own, waited for, stopped with all its children."""

import asyncio
import os
import signal
import time
from contextlib import closing, suppress

import httpx

from service.logs import turn_over, without_words
from service.parts import Part
from settings import ROOT

LOOK_EVERY_SECONDS = 0.1
GRACE_SECONDS = 12.0
"""Between asking a part to stop and making it."""


class StartError(RuntimeError):
    """A part did not get ready; the message says which, why and where to look."""


class Running:
    """A part's process and its log."""

    def __init__(self, part: Part, process: asyncio.subprocess.Process, output: int) -> None:
        self.part = part
        self.process = process
        self.started = time.monotonic()
        self._log = asyncio.create_task(self._keep_log(output))

    @classmethod
    async def start(cls, part: Part) -> "Running":
        """Start it. Raises StartError when its program is missing."""
        turn_over(part.log)
        # A pipe of our own: asyncio's would hold back the news of a death as long as a child of the
        # part keeps it open.
        output, write_end = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                *part.command,
                cwd=ROOT,
                env=os.environ | part.environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=write_end,
                stderr=write_end,
                start_new_session=True,
            )
        except OSError as error:
            os.close(output)
            remedy = "Run `make setup`."
            raise StartError(f"{part.name} cannot be started ({error}). {remedy}") from error
        finally:
            os.close(write_end)
        return cls(part, process, output)

    @property
    def seconds(self) -> float:
        """How long it has been running."""
        return time.monotonic() - self.started

    async def wait_ready(self, http: httpx.AsyncClient) -> float:
        """Seconds until it answered. Raises StartError when it ends or takes too long."""
        while self.seconds < self.part.patience_seconds:
            if self.process.returncode is not None:
                raise StartError(f"{self.part.name} ended while starting ({self.how_it_ended()})")
            with suppress(httpx.HTTPError):
                if (await http.get(self.part.health)).status_code == httpx.codes.OK:
                    return self.seconds
            await asyncio.sleep(LOOK_EVERY_SECONDS)
        raise StartError(
            f"{self.part.name} was not ready after {self.part.patience_seconds:.0f} s"
            f" ({self.part.health} does not answer 200)"
        )

    async def ended(self) -> str:
        """Wait until it ends by itself; how it did."""
        await self.process.wait()
        return self.how_it_ended()

    def how_it_ended(self) -> str:
        """Say "exit 1" or "killed by SIGKILL"."""
        code = self.process.returncode
        if code is not None and code < 0:
            return f"killed by {signal.Signals(-code).name}"
        return f"exit {code}"

    async def stop(self) -> None:
        """Stop it and everything it started, politely first."""
        self._signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self.process.wait(), GRACE_SECONDS)
        except TimeoutError:
            self._signal(signal.SIGKILL)
            await self.process.wait()
        # What it started itself may have outlived it.
        self._signal(signal.SIGKILL)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._log, 2.0)

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)

    async def _keep_log(self, output: int) -> None:
        reader = asyncio.StreamReader(limit=2**20)
        pipe, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(output, "rb", 0)
        )
        with self.part.log.open("ab", buffering=0) as log, closing(pipe):
            while True:
                try:
                    line = await reader.readline()
                except ValueError:
                    line = b"(a line too long to keep)\n"
                if not line:
                    return
                log.write(without_words(line))
