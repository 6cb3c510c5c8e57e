"""`python -m service` starts the action server, Rasa and the gateway, and looks after them."""

import asyncio
import sys

from pydantic import ValidationError

from service.parts import parts_of
from service.preflight import PreflightError, check
from service.refresh import keep_fresh
from service.supervisor import Supervisor, fail, say
from settings import Settings, settings


def main() -> int:
    """Run until Ctrl-C; 0 after a stop that was asked for, 1 when something is wrong."""
    try:
        chosen = settings()
    except ValidationError as error:
        return fail(error.errors()[0]["msg"])
    parts = parts_of(chosen)
    try:
        check(chosen, parts)
    except PreflightError as error:
        return fail(str(error))
    for folder in (chosen.var / "rasa", chosen.var / "logs"):
        folder.mkdir(parents=True, exist_ok=True)
    say("Starting Study Finder")
    return asyncio.run(_run(chosen, Supervisor(parts)))


async def _run(chosen: Settings, supervisor: Supervisor) -> int:
    host = "localhost" if chosen.host in ("127.0.0.1", "0.0.0.0") else chosen.host  # noqa: S104 (read, not bound)
    fresh = asyncio.create_task(keep_fresh(chosen, say))
    try:
        return await supervisor.run(f"Ready: http://{host}:{chosen.port}   (Ctrl-C stops it)")
    finally:
        fresh.cancel()
        await asyncio.gather(fresh, return_exceptions=True)


if __name__ == "__main__":
    sys.exit(main())
