"""A message that was not understood: what can be done, and at the second time other ways."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event, SafeAction, in_form
from actions.looking import look_or_ask, names_something
from actions.starts import STARTS
from actions.words import say


class Fallback(SafeAction):
    """A message that names a condition or place is taken as a search after all."""

    label = "action_fallback"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say so, with choices."""
        if names_something(tracker):
            return look_or_ask(dispatcher, tracker)
        if _in_a_row(tracker) > 1:
            reply.text(dispatcher, say("fallback_again"), STARTS)
        elif not in_form(tracker):
            reply.text(dispatcher, say("fallback"), STARTS)
        return []


def _in_a_row(tracker: Tracker) -> int:
    """How many of the latest messages, this one included, were not understood."""
    count = 0
    for event in reversed(tracker.events):
        if event.get("event") != "user":
            continue
        if ((event.get("parse_data") or {}).get("intent") or {}).get("name") != "nlu_fallback":
            break
        count += 1
    return count
