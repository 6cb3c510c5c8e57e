"""The form's question for the condition."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import asking
from actions.base import Event, SafeAction


class AskCondition(SafeAction):
    """Run by the form itself."""

    label = "action_ask_condition"
    returns_to_form = False

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        return asking.ask_condition(dispatcher, tracker)
