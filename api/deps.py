"""What routes ask for, as annotated dependencies."""

import asyncio
from typing import Annotated, cast

from fastapi import Depends, Header, Request, Response

from api.address import client_address
from api.conversation import UNKNOWN_SESSION
from api.limits import Allowance
from api.parts import Parts
from api.problems import ProblemError
from api.storage import Session


def get_parts(request: Request) -> Parts:
    """Give the parts of this app."""
    return cast(Parts, request.app.state.parts)


PartsDep = Annotated[Parts, Depends(get_parts)]


def get_address(request: Request, parts: PartsDep) -> str:
    """Whose request it is."""
    return client_address(request, parts.settings.trusted_proxies)


AddressDep = Annotated[str, Depends(get_address)]


def refuse(allowance: Allowance, response: Response | None = None) -> None:
    """Raise ProblemError 429 when nothing is left; else notes on the response what is."""
    if not allowance.allowed:
        seconds = allowance.retry_after
        raise ProblemError(
            429,
            f"That was a lot at once. Wait {seconds} seconds and try again.",
            allowance.headers,
        )
    if response is not None:
        response.headers.update(allowance.headers)


def limit_requests(address: AddressDep, parts: PartsDep, response: Response) -> None:
    """Count a request against its address. Raises ProblemError 429."""
    refuse(parts.limits.requests.take(address), response)


Limited = Depends(limit_requests)


def chat_is_on(parts: PartsDep) -> None:
    """Raise ProblemError 503 while the chat is switched off."""
    if not parts.settings.chat_enabled:
        raise ProblemError(
            503, "The chat is switched off for now. You can still search at /studies."
        )


ChatIsOn = Depends(chat_is_on)


async def get_session(
    parts: PartsDep, authorization: Annotated[str, Header(max_length=500)] = ""
) -> Session:
    """Give the live session of the bearer token. Raises ProblemError 401."""
    scheme, _, token = authorization.partition(" ")
    session = None
    if scheme.lower() == "bearer" and token:
        session = await asyncio.to_thread(
            parts.store.session, token.strip(), parts.retention.oldest_allowed
        )
    if session is None:
        raise ProblemError(401, UNKNOWN_SESSION, {"WWW-Authenticate": "Bearer"})
    return session


SessionDep = Annotated[Session, Depends(get_session)]
