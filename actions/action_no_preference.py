"""I don't mind: outside the form it opens the search to the whole UK."""

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, SafeAction
from actions.looking import look, look_or_ask
from actions.wanted import ANYWHERE, Wanted


class NoPreference(SafeAction):
    """At the form's questions the slot mappings take the answer, and this does not run."""

    label = "action_no_preference"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Search anywhere when there is a condition, else begin the form."""
        wanted = Wanted.of(tracker)
        if wanted.condition is None:
            return look_or_ask(dispatcher, tracker)
        opened = replace(wanted, place=ANYWHERE, miles=None)
        kept = [SlotSet("place", ANYWHERE), SlotSet("miles", None)]
        return [*kept, *look(dispatcher, tracker, opened)]
