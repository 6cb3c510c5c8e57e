"""Search with what is known, and show the studies."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, SafeAction
from actions.looking import look_or_ask


class FindStudies(SafeAction):
    """Search with what is known, and show the studies."""

    label = "action_find_studies"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Runs when the form is done."""
        return look_or_ask(dispatcher, tracker)
