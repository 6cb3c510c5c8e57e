"""The client of Rasa's REST channel, the only place that talks to it.

Rasa trusts its caller: it takes any sender, and believes `/intent{...}` as text. So a person's own
words pass `without_slash` first, and only payloads of our own choices may begin with a slash.
"""

from typing import Any

import httpx
from pydantic import TypeAdapter, ValidationError

from json_logs import request_id

REPLIES: TypeAdapter[list[dict[str, Any]]] = TypeAdapter(list[dict[str, Any]])


class RasaError(Exception):
    """Rasa gave no usable reply; the message names why: down, slow, refused, malformed."""


def without_slash(text: str) -> str:
    """Strip leading slashes and surrounding white space, so that the text names no intent."""
    return text.strip().lstrip("/\\ \t\r\n").rstrip()


class RasaClient:
    """Rasa at `url` (loopback), waited for at most `timeout_seconds`."""

    def __init__(
        self, url: str, timeout_seconds: float, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        # trust_env off: a proxy from the environment must never see what people write.
        self._http = httpx.AsyncClient(
            base_url=url, timeout=timeout_seconds, transport=transport, trust_env=False
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def say(self, sender: str, message: str) -> list[dict[str, Any]]:
        """Rasa's replies, in order, never empty. Raises RasaError."""
        try:
            answer = await self._http.post(
                "/webhooks/rest/webhook",
                # Rasa keeps no header; it hands metadata on to the action server, whose log tells it.
                json={
                    "sender": sender,
                    "message": message,
                    "metadata": {"request_id": request_id.get()},
                },
                headers={"X-Request-ID": request_id.get()},
            )
        except httpx.TimeoutException as error:
            raise RasaError("slow") from error
        except httpx.HTTPError as error:
            raise RasaError("down") from error
        if answer.status_code != httpx.codes.OK:
            raise RasaError("refused")
        try:
            replies = REPLIES.validate_json(answer.content)
        except ValidationError:
            # The validation error quotes the reply: it must not travel on as a cause.
            raise RasaError("malformed") from None
        if not replies:
            raise RasaError("empty")
        return replies
