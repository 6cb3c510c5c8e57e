"""Holds every conversation of the YAML files with the real service."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conversations.checks import Seen, all_words, wrong
from tests.running import Chat, Service

HERE = Path(__file__).parent


def _conversations() -> list[Any]:
    found = []
    for file in sorted(HERE.glob("*.yml")):
        for conversation in yaml.safe_load(file.read_text(encoding="utf-8"))["conversations"]:
            found.append(pytest.param(conversation, id=f"{file.stem}: {conversation['about']}"))
    return found


@pytest.mark.service
@pytest.mark.parametrize("conversation", _conversations())
def test_conversation(conversation: dict[str, Any], service: Service):
    chat, seen, told = service.chat(), Seen(), ["", conversation["about"]]
    for turn in conversation["turns"]:
        messages = _take(chat, turn, told)
        problems = wrong(turn.get("assistant") or {}, messages, seen)
        if problems:
            marked = "\n".join(f"  >>> {problem}" for problem in problems)
            pytest.fail("\n".join([*told, marked]), pytrace=False)
        seen.add(messages)


def _take(chat: Chat, turn: dict[str, Any], told: list[str]) -> list[dict[str, Any]]:
    """Say or choose; the answer, written down for whoever reads a failure."""
    if "chooses" in turn:
        told.append(f"person     [{turn['chooses']}]")
        messages = chat.choose(turn["chooses"])
    else:
        told.append(f"person     {turn['person'][:200]!r}")
        messages = chat.say(turn["person"])
    for message in messages:
        told.append(f"assistant  ({message['kind']}) {all_words([message])[:600]}")
        for card in message.get("search", {}).get("results", []):
            site = card["nearest_site"] or {}
            told.append(
                f"             {card['id']} [{card['match']}] {card['title'][:70]}"
                f" - {site.get('town')} {site.get('miles')}"
            )
        if message["choices"]:
            told.append(f"             buttons: {[c['label'] for c in message['choices']]}")
    return messages
