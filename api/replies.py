"""From Rasa's replies to the messages a person gets: checked, with choices hidden, never empty."""

import logging
import secrets
from typing import Any

from pydantic import ValidationError

from api.rasa import RasaError
from api.safe_links import safe_card, safe_page
from api.shapes import Choice, Message, Offer, Reply

log = logging.getLogger(__name__)
Offers = dict[str, tuple[str, str]]


def read_replies(raw: list[dict[str, Any]]) -> list[Reply]:
    """Give the replies that can be shown. Raises RasaError("malformed") when none can."""
    replies = [reply for each in raw if (reply := _read(each)) is not None]
    if not replies:
        raise RasaError("malformed")
    return replies


def _read(raw: dict[str, Any]) -> Reply | None:
    custom = raw.get("custom")
    try:
        if isinstance(custom, dict):
            reply = Reply.model_validate(custom)
        else:
            reply = Reply(text=raw.get("text") or "", choices=_offers(raw.get("buttons")))
    except ValidationError as error:
        # Only where and what kind: the values may hold a person's words.
        faults = [f"{'.'.join(map(str, e['loc']))}: {e['type']}" for e in error.errors()]
        log.error("a reply of Rasa was left out", extra={"faults": faults[:5]})
        return None
    if reply.kind == "crisis" or (reply.kind == "studies" and reply.search is None):
        return None
    if reply.kind == "study" and reply.study is None:
        return None
    if not (reply.text.strip() or reply.choices or reply.search or reply.study):
        return None
    if reply.search:
        cards = [safe_card(card) for card in reply.search.results]
        reply.search = reply.search.model_copy(update={"results": cards})
    if reply.study:
        reply.study = safe_page(reply.study)
    reply.links = []
    return reply


def _offers(buttons: object) -> list[Offer]:
    if not isinstance(buttons, list):
        return []
    return [
        Offer(label=each["title"], payload=each["payload"])
        for each in buttons
        if isinstance(each, dict) and each.get("title") and each.get("payload")
    ]


def hide_choices(replies: list[Reply]) -> tuple[list[Message], Offers]:
    """Give the messages with opaque values, and what each value stands for: (label, payload)."""
    offers: Offers = {}
    messages = []
    for reply in replies:
        choices = []
        for offer in reply.choices:
            value = secrets.token_urlsafe(12)
            offers[value] = (offer.label, offer.payload)
            choices.append(Choice(label=offer.label, value=value, topic=offer.topic))
        messages.append(
            Message(
                kind=reply.kind,
                text=reply.text,
                choices=choices,
                links=reply.links,
                search=reply.search if reply.kind == "studies" else None,
                study=reply.study if reply.kind == "study" else None,
                part=reply.part if reply.kind == "study" else None,
            )
        )
    return messages, offers
