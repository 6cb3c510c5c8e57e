"""The chat: open, say, resume, forget."""

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from api.deps import AddressDep, ChatIsOn, Limited, PartsDep, SessionDep, get_session, refuse
from api.messages_in import read_body, read_message
from api.parts import Parts
from api.problems import ProblemError
from api.shapes import Incoming, Messages, Opened, ProblemShape
from api.storage.chat_store import Json

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemShape, "content": {"application/problem+json": {}}}
    for status in (401, 413, 422, 429, 503)
}
BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": Incoming.model_json_schema()}},
    }
}
router = APIRouter(prefix="/api/chat", dependencies=[ChatIsOn], responses=PROBLEMS)


@router.post("/sessions", status_code=201, response_model=Opened, dependencies=[Limited])
async def open_session(parts: PartsDep, address: AddressDep, response: Response) -> Opened:
    """Open a session; its token is shown this once."""
    refuse(parts.limits.sessions.take(address), response)
    token, session, messages = await parts.conversation.open()
    expires = datetime.fromtimestamp(parts.retention.expires_at(session), UTC)
    return Opened(session=token, expires_at=expires.isoformat(), messages=messages)


@router.post(
    "/messages", response_model=Messages, response_model_exclude_unset=True, openapi_extra=BODY
)
async def say(
    request: Request, parts: PartsDep, address: AddressDep, response: Response
) -> dict[str, Json]:
    """Answer a message.

    Limits and size come after the check for danger, so that a card is never refused to somebody
    who wrote too much or too often; without a live session there is no answer at all.
    """
    session = await get_session(parts, request.headers.get("authorization", ""))
    incoming = read_message(await read_body(request))
    try:
        refuse(parts.limits.requests.take(address))
        refuse(parts.limits.messages.take(str(session.id)), response)
        refuse_long(parts, incoming)
    except ProblemError as error:
        return {"messages": cards_at_least(parts, incoming, error)}
    return {"messages": await parts.conversation.answer(session, incoming)}


def refuse_long(parts: Parts, incoming: Incoming) -> None:
    """Raise ProblemError 413 for a text over the limit of the settings."""
    most = parts.settings.message_max_characters
    if incoming.text is not None and len(incoming.text) > most:
        raise ProblemError(413, f"The message is too long. Use at most {most:,} characters.")


def cards_at_least(parts: Parts, incoming: Incoming, error: ProblemError) -> Json:
    """Give the danger cards of a message that is otherwise refused, or raise the refusal."""
    danger = parts.conversation.danger.check(incoming.text) if incoming.text else None
    if danger is None:
        raise error
    messages = parts.conversation.cards(danger)
    if error.status == 413:
        notice = parts.conversation.words.too_long_but_danger
        messages.append({"kind": notice.kind, "text": notice.text, "choices": []})
    return messages


@router.get("/messages", dependencies=[Limited])
async def resume(parts: PartsDep, session: SessionDep) -> dict[str, Json]:
    """Everything said in this session, oldest first, de-identified."""
    return {"messages": await parts.conversation.history(session)}


@router.delete("/sessions", status_code=204, dependencies=[Limited])
async def forget(parts: PartsDep, session: SessionDep) -> Response:
    """Delete the session and all that was said in it."""
    await parts.retention.forget(session)
    return Response(status_code=204)
