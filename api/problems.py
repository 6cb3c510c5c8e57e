"""Every error as RFC 9457 problem JSON: type, title, status, detail."""

import logging
import sqlite3
import traceback
from http import HTTPStatus
from typing import cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)
PROBLEM_TYPE = "application/problem+json"


class ProblemError(Exception):
    """An answer that is an error.

    status: HTTP status; detail: what was wrong and what to do next, in words for the person;
    headers: extra headers; extra: further members of the problem (RFC 9457, section 3.2).
    """

    def __init__(
        self,
        status: int,
        detail: str,
        headers: dict[str, str] | None = None,
        extra: dict[str, object] | None = None,
    ) -> None:
        super().__init__(f"{status}")
        self.status = status
        self.detail = detail
        self.headers = headers or {}
        self.extra = extra or {}


def problem(
    status: int,
    detail: str,
    headers: dict[str, str] | None = None,
    extra: dict[str, object] | None = None,
) -> JSONResponse:
    """Give the problem as a response."""
    body = {
        **(extra or {}),
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return JSONResponse(body, status, headers, PROBLEM_TYPE)


def where_it_failed(error: BaseException) -> list[str]:
    """Give file, line and function of each frame, not the error's text: it may quote a person."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames][-8:]


async def _own(_: Request, error: Exception) -> Response:
    known = cast(ProblemError, error)
    return problem(known.status, known.detail, known.headers, known.extra)


async def _http(_: Request, error: Exception) -> Response:
    known = cast(HTTPException, error)
    details = {
        404: "There is nothing at this address. Start again from the first page.",
        405: "This address does not take that kind of request.",
    }
    headers = dict(known.headers) if known.headers else None
    return problem(known.status_code, details.get(known.status_code, known.detail), headers)


async def _validation(_: Request, error: Exception) -> Response:
    known = cast(RequestValidationError, error)
    found = [
        {"where": ".".join(str(part) for part in each["loc"]), "what": str(each["msg"])}
        for each in known.errors()
    ]
    detail = "; ".join(f"{each['where']}: {each['what']}" for each in found)
    return problem(422, detail or "The request could not be read.", extra={"errors": found})


async def _storage(_: Request, error: Exception) -> Response:
    log.error(
        "the chat database failed",
        extra={"error": type(error).__name__, "frames": where_it_failed(error)},
    )
    return problem(
        503,
        "We cannot keep your chat at the moment. Try again in a minute, or search at /studies.",
        {"Retry-After": "10"},
    )


class LastNet:
    """An error that nothing else answered becomes a 500 problem, logged without its text.

    Starlette's own net lies outside every middleware, so its answers would miss our headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            log.error(
                "unexpected error",
                extra={"error": type(error).__name__, "frames": where_it_failed(error)},
            )
            if scope["type"] != "http" or started:
                raise
            detail = "Something went wrong on our side. Try again in a moment."
            await problem(500, detail)(scope, receive, send)


def answer_with_problems(app: FastAPI) -> None:
    """Make every error of the app a problem."""
    app.add_exception_handler(ProblemError, _own)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(sqlite3.Error, _storage)
