"""The body of a chat message: read with a cap, checked, and cleaned. Raises ProblemError."""

import unicodedata

from fastapi import Request
from pydantic import ValidationError

from api.problems import ProblemError
from api.shapes import Incoming

BODY_BYTES = 16 * 1024
KEPT = "\n\t"


async def read_body(request: Request) -> bytes:
    """Read the body; raise ProblemError 413 as soon as it is over the cap, and read no further."""
    too_big = ProblemError(413, f"The message is too big. Send at most {BODY_BYTES:,} bytes.")
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > BODY_BYTES:
        raise too_big
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES:
            raise too_big
    return bytes(body)


def read_message(body: bytes) -> Incoming:
    """Give the message, with a cleaned text. Raises ProblemError 422 that says what was wrong."""
    try:
        incoming = Incoming.model_validate_json(body)
    except ValidationError as error:
        faults = [
            f"{'.'.join(map(str, fault['loc'])) or 'body'}: {fault['msg']}"
            for fault in error.errors(include_input=False, include_context=False)
        ]
        wanted = 'Send JSON like {"id": a UUID, "text": "asthma in Leeds"}.'
        raise ProblemError(422, f"{'; '.join(faults)}. {wanted}") from None
    if incoming.text is None:
        return incoming
    text = clean(incoming.text)
    if not text:
        raise ProblemError(422, "The message is empty. Type a health condition or a town.")
    return incoming.model_copy(update={"text": text})


def clean(text: str) -> str:
    """Strip the text of control and invisible characters; line breaks and tabs inside stay."""
    kept = (
        character
        for character in text
        if character in KEPT or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
    )
    return "".join(kept).strip()


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit of any script in it."""
    return any(character.isalnum() for character in text)
