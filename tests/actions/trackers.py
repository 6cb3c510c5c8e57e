"""Builds trackers, runs actions on them and applies their events, as Rasa would."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

EXECUTOR = ActionExecutor()
EXECUTOR.register_package("actions")


def entity(text: str, kind: str, words: str, value: str | None = None) -> dict[str, Any]:
    """An entity at the place of `words` in `text`."""
    start = text.index(words)
    return {"entity": kind, "start": start, "end": start + len(words), "value": value or words}


@dataclass
class Talk:
    """One conversation; `hear` sets the latest message, `run` runs an action on it."""

    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    active_loop: dict[str, Any] = field(default_factory=dict)
    message: dict[str, Any] = field(default_factory=dict)
    followup: str | None = None

    def hear(self, text: str, intent: str, **entities: str) -> "Talk":
        """A message: entities by kind; `kind="words"` or `kind="words=value"`."""
        found = []
        for kind, said in entities.items():
            words, _, value = said.partition("=")
            found.append(entity(text, kind, words, value or None))
        return self._hear(text, intent, found)

    def choose(self, payload: str) -> "Talk":
        """A choice of ours."""
        intent, _, rest = payload.removeprefix("/").partition("{")
        values = json.loads("{" + rest) if rest else {}
        found = [{"entity": kind, "value": value} for kind, value in values.items()]
        return self._hear(payload, intent, found)

    def _hear(self, text: str, intent: str, found: list[dict[str, Any]]) -> "Talk":
        self.message = {"text": text, "intent": {"name": intent}, "entities": found}
        self.events.append({"event": "user", "text": text, "parse_data": self.message})
        return self

    def fill(self, **slots: Any) -> "Talk":
        """Slots as Rasa's mappings fill them, before they are validated."""
        for name, value in slots.items():
            self.slots[name] = value
            self.events.append({"event": "slot", "name": name, "value": value})
        self.run("action_validate_slot_mappings")
        return self

    def asked(self, slot: str) -> "Talk":
        """The form is waiting for this slot."""
        self.active_loop = {"name": "study_form"}
        self.slots["requested_slot"] = slot
        return self

    def run(self, action: str) -> list[dict[str, Any]]:
        """The messages of an action; its events are applied."""
        dispatcher = CollectingDispatcher()
        events = asyncio.run(EXECUTOR.actions[action](dispatcher, self.tracker(), {}))
        self.followup = None
        for event in events:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            elif event["event"] == "reset_slots":
                self.slots.clear()
            elif event["event"] == "active_loop":
                self.active_loop = {"name": event["name"]} if event["name"] else {}
            elif event["event"] == "followup":
                self.followup = event["name"]
        self.events += [{"event": "action", "name": action}, *events]
        return [message["custom"] for message in dispatcher.messages]

    def tracker(self) -> Tracker:
        """As an action gets it."""
        return Tracker(
            sender_id="tests",
            slots=dict(self.slots),
            latest_message=self.message,
            events=list(self.events),
            paused=False,
            followup_action=None,
            active_loop=dict(self.active_loop),
            latest_action_name="action_listen",
        )

    def search(self, condition: str, place: str) -> list[dict[str, Any]]:
        """A whole search in one message."""
        text = f"{condition} in {place}"
        self.hear(text, "find_study", condition=condition, place=place)
        self.fill(condition=condition, place=place)
        return self.run("action_find_studies")


def labels(message: dict[str, Any]) -> list[str]:
    """The words on a message's choices."""
    return [choice["label"] for choice in message["choices"]]
