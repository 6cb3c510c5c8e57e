"""Yes: takes up the offer to look for a study, else asks what to do next."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event, SafeAction, in_form
from actions.looking import last_query, look_or_ask, names_something
from actions.starts import next_steps
from actions.words import say


class Affirm(SafeAction):
    """In the middle of the form its question is asked again."""

    label = "action_affirm"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Go on with what was offered."""
        if names_something(tracker) or last_query(tracker) is None:
            return look_or_ask(dispatcher, tracker)
        if not in_form(tracker):
            reply.text(dispatcher, say("affirm"), next_steps(tracker))
        return []
