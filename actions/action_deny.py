"""No: a correction ("no, Leeds") searches again; a bare no gets other ways on."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event, SafeAction, in_form
from actions.looking import look_or_ask, names_something
from actions.starts import next_steps
from actions.words import say


class Deny(SafeAction):
    """In the middle of the form its question is asked again."""

    label = "action_deny"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Search with the correction, or ask what to do instead."""
        if names_something(tracker):
            return look_or_ask(dispatcher, tracker)
        if not in_form(tracker):
            reply.text(dispatcher, say("deny"), next_steps(tracker))
        return []
