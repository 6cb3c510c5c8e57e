"""The action server: rasa-sdk's executor in a FastAPI app, for Rasa on the same machine only."""

import json
import logging
import time
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions.world import world
from json_logs import request_id

log = logging.getLogger(__name__)
LONGEST_REQUEST_ID = 64
LARGEST_CALL_BYTES = 20_000_000


class CallError(ValueError):
    """A body that is no action call; the message says why."""


def create_app() -> FastAPI:
    """The app; the catalogue and the places are loaded before the first call is taken."""
    executor = ActionExecutor()
    executor.register_package("actions")

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await anyio.to_thread.run_sync(world)
        yield

    app = FastAPI(title="Study Finder actions", lifespan=lifespan, docs_url=None, redoc_url=None)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok", "catalogue": world().catalogue.manifest.name}

    @app.post("/webhook")
    async def webhook(request: Request) -> JSONResponse:
        try:
            call = read_call(await request.body(), request.headers.get("content-encoding", ""))
        except CallError as error:
            return _refused(400, str(error))
        token, start = request_id.set(request_of(call)), time.perf_counter()
        try:
            result = await executor.run(call)
        except ActionExecutionRejection as rejection:
            return _refused(400, str(rejection), rejection.action_name)
        except ActionNotFoundException as missing:
            log.error("unknown action %s", missing.action_name)
            return _refused(404, str(missing), missing.action_name)
        finally:
            took = round((time.perf_counter() - start) * 1000, 1)
            log.info("action", extra={"action_name": call.get("next_action"), "ms": took})
            request_id.reset(token)
        return JSONResponse(result.model_dump() if result else {"events": [], "responses": []})

    return app


def _refused(status: int, error: str, action: str = "") -> JSONResponse:
    return JSONResponse({"error": error, "action_name": action}, status_code=status)


def read_call(body: bytes, encoding: str) -> dict[str, Any]:
    """Rasa's call from its body, inflated where it was deflated. Raises CallError."""
    if encoding == "deflate":
        try:
            inflate = zlib.decompressobj()
            body = inflate.decompress(body, LARGEST_CALL_BYTES)
        except zlib.error as error:
            raise CallError("the body says deflate but is not") from error
    try:
        call = json.loads(body)
    except ValueError:
        # The error would quote the body, and so a person's words.
        raise CallError("the body is not JSON") from None
    if not isinstance(call, dict) or not isinstance(call.get("tracker"), dict):
        raise CallError("the body is not an action call")
    # No action of ours reads the domain, and without one the SDK would answer 449.
    call.setdefault("domain", {})
    return call


def request_of(call: dict[str, Any]) -> str:
    """The id that the gateway gave with the message which Rasa calls for; "" when there is none."""
    for event in reversed(call["tracker"].get("events") or []):
        if event.get("event") == "user":
            return str((event.get("metadata") or {}).get("request_id") or "")[:LONGEST_REQUEST_ID]
    return ""
