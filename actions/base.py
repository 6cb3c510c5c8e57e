"""What all actions share: they never end in silence, and they lead back to an unfinished form."""

import logging
from abc import ABC, abstractmethod
from typing import Any

import anyio.to_thread
from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.words import say

log = logging.getLogger(__name__)
Event = dict[str, Any]
FORM = "study_form"


class SafeAction(Action, ABC):  # type: ignore[misc]  # rasa-sdk is untyped
    """An action that says so when it fails. Subclasses give `label` and `act`."""

    label = ""
    returns_to_form = True

    def name(self) -> str:
        """The action's name in domain.yml."""
        return self.label

    @abstractmethod
    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say something and return events; may raise, which is said to the person."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Event]:
        """Run `act`; a failure is said, logged by its type alone, and ends the turn properly."""
        del domain
        try:
            events = await anyio.to_thread.run_sync(self.act, dispatcher, tracker)
        except Exception as error:  # noqa: BLE001 (whatever fails, the person must hear of it)
            # Neither message nor trace: both may quote what the person wrote.
            log.error("%s failed: %s at %s", self.label, type(error).__name__, _where(error))
            dispatcher.messages.clear()
            reply.notice(dispatcher, say("sorry"))
            return [FollowupAction("action_listen")]
        if self.returns_to_form and in_form(tracker) and not _decides_next(events):
            events = [*events, FollowupAction(FORM)]
        return events


def in_form(tracker: Tracker) -> bool:
    """Whether the form is waiting for an answer."""
    return (tracker.active_loop or {}).get("name") == FORM


def _decides_next(events: list[Event]) -> bool:
    return any(event.get("event") in ("followup", "active_loop") for event in events)


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None:
        return "an unknown line"
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
