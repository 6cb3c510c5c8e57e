"""Forget me: empties the slots and explains the button that deletes every message."""

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event, SafeAction
from actions.heard import Heard
from actions.limits import taken_away
from actions.looking import look_or_ask
from actions.words import say


class ForgetMe(SafeAction):
    """Deletion itself is the gateway's: it holds the messages."""

    label = "action_forget_me"
    returns_to_form = False

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Empty what the conversation knows; "forget about my age" takes no more than that away."""
        if taken_away(Heard.of(tracker).text):
            return look_or_ask(dispatcher, tracker)
        reply.text(dispatcher, say("forget_me"), [reply.choice("Start again", "start_again")])
        return [AllSlotsReset(), ActiveLoop(None)]
