"""Messages in the gateway's shape: kind, text, choices and, where it is so, search or study."""

import json
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from index import SearchResult, StudyPage

Choice = dict[str, str]


def choice(label: str, intent: str, **entities: object) -> Choice:
    """A button: its words, and the intent with entities that it stands for."""
    payload = f"/{intent}{json.dumps(entities, ensure_ascii=False)}" if entities else f"/{intent}"
    return {"label": label, "payload": payload}


def text(dispatcher: CollectingDispatcher, words: str, choices: list[Choice] | None = None) -> None:
    """A plain message."""
    _send(dispatcher, {"kind": "text", "text": words, "choices": choices or []})


def notice(
    dispatcher: CollectingDispatcher, words: str, choices: list[Choice] | None = None
) -> None:
    """A message about the service itself."""
    _send(dispatcher, {"kind": "notice", "text": words, "choices": choices or []})


def studies(
    dispatcher: CollectingDispatcher, words: str, result: SearchResult, choices: list[Choice]
) -> None:
    """A page of matches."""
    search = result.model_dump(mode="json")
    _send(dispatcher, {"kind": "studies", "text": words, "choices": choices, "search": search})


def study(
    dispatcher: CollectingDispatcher, words: str, page: StudyPage, choices: list[Choice], part: str
) -> None:
    """One study. part: what of it the words are about ("whole", "takes", "rules" or "join")."""
    shown = page.model_dump(mode="json")
    message = {"kind": "study", "text": words, "choices": choices, "study": shown, "part": part}
    _send(dispatcher, message)


def _send(dispatcher: CollectingDispatcher, message: dict[str, Any]) -> None:
    dispatcher.utter_message(json_message=message)
