"""Hello, unless the same message already says what to look for."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event, SafeAction, in_form
from actions.looking import look_or_ask, names_something
from actions.starts import STARTS
from actions.words import say


class Greet(SafeAction):
    """Hello, unless the same message already says what to look for."""

    label = "action_greet"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """In the middle of the form its question is enough of a hello."""
        if names_something(tracker):
            return look_or_ask(dispatcher, tracker)
        if not in_form(tracker):
            reply.text(dispatcher, say("greet"), STARTS)
        return []
