"""Starts the parts in order, restarts one that dies, and stops them all when told."""

import asyncio
import signal
import sys
from collections.abc import Callable

import httpx

from service.logs import tail
from service.parts import Part
from service.process import Running, StartError

Say = Callable[[str], None]
QUICK_SECONDS = 30.0
"""A part that ran for less than this died quickly."""
MOST_QUICK_DEATHS = 5
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0


class GaveUpError(RuntimeError):
    """A part keeps dying; the message names it."""

    def __init__(self, part: Part, why: str) -> None:
        super().__init__(why)
        self.part = part


def say(text: str) -> None:
    """One line for whoever started the service."""
    print(text, flush=True)


class Supervisor:
    """Runs the parts until told to stop; `tell` gets one line for each thing that happens."""

    def __init__(
        self, parts: list[Part], tell: Say = say, first_wait_seconds: float = FIRST_WAIT_SECONDS
    ) -> None:
        self._parts = parts
        self._tell = tell
        self._first_wait = first_wait_seconds
        self._running: dict[str, Running] = {}
        self._stopping = asyncio.Event()
        self._width = max(len(part.name) for part in parts)

    def stop(self) -> None:
        """Ask for a stop; `run` returns when every part has ended."""
        self._stopping.set()

    async def run(self, ready_line: str = "") -> int:
        """Start everything and look after it: 0 after a stop asked for, 1 after a failure."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stop)
        stopping = asyncio.create_task(self._stopping.wait())
        work = asyncio.create_task(self._start_and_keep(ready_line))
        try:
            await asyncio.wait({stopping, work}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                return 0
            work.result()
            return 0
        except GaveUpError as error:
            self._tell(f"{error}. The end of {error.part.log}:")
            self._tell(tail(error.part.log))
            return 1
        finally:
            stopping.cancel()
            work.cancel()
            await asyncio.gather(stopping, work, return_exceptions=True)
            await self._stop_all()

    async def _start_and_keep(self, ready_line: str) -> None:
        # trust_env off: a proxy from the environment cannot reach this machine's own ports.
        async with httpx.AsyncClient(timeout=2.0, trust_env=False) as http:
            for part in self._parts:
                try:
                    await self._start(part, http)
                except StartError as error:
                    raise GaveUpError(part, str(error)) from error
            if ready_line:
                self._tell(ready_line)
            try:
                async with asyncio.TaskGroup() as group:
                    for part in self._parts:
                        group.create_task(self._keep(part, http))
            except ExceptionGroup as several:
                raise several.exceptions[0] from None

    async def _start(self, part: Part, http: httpx.AsyncClient) -> None:
        running = await Running.start(part)
        self._running[part.name] = running
        seconds = await running.wait_ready(http)
        self._tell(f"  {part.name:<{self._width}}  ready  {seconds:.1f} s")

    async def _keep(self, part: Part, http: httpx.AsyncClient) -> None:
        """Restart the part whenever it ends. Raises GaveUpError when it will not stay up."""
        quick_deaths = 0
        while True:
            running = self._running[part.name]
            how = await running.ended()
            await running.stop()
            quick_deaths = quick_deaths + 1 if running.seconds < QUICK_SECONDS else 1
            if quick_deaths >= MOST_QUICK_DEATHS:
                raise GaveUpError(part, f"{part.name} died {quick_deaths} times in a row ({how})")
            wait = min(self._first_wait * 2 ** (quick_deaths - 1), LONGEST_WAIT_SECONDS)
            self._tell(
                f"  {part.name:<{self._width}}  died ({how}): starting it again in {wait:g} s"
            )
            await asyncio.sleep(wait)
            try:
                await self._start(part, http)
            except StartError as error:
                self._tell(f"  {error}")
                if running is self._running[part.name]:  # it could not even be launched
                    raise GaveUpError(part, str(error)) from error
                await self._running[part.name].stop()

    async def _stop_all(self) -> None:
        """In the opposite order, so that nobody is answered by half a service."""
        alive = [one for one in self._running.values() if one.process.returncode is None]
        if alive:
            self._tell("Stopping ...")
        for running in reversed(list(self._running.values())):
            await running.stop()
        if alive:
            self._tell("Stopped.")


def fail(text: str) -> int:
    """Say on standard error why nothing was started; the exit code."""
    print(f"service: {text}", file=sys.stderr, flush=True)
    return 1
