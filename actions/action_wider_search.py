"""Further away: within the miles that were said, else the next radius that brings more."""

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event, SafeAction
from actions.heard import Heard
from actions.looking import last_query, look, look_or_ask
from actions.wanted import Wanted
from actions.words import say


class WiderSearch(SafeAction):
    """Without a wider radius that adds anything it says so."""

    label = "action_wider_search"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Search again, further away."""
        wanted, query, heard = Wanted.of(tracker), last_query(tracker), Heard.of(tracker)
        if query is None or not wanted.complete:
            return look_or_ask(dispatcher, tracker)
        if any(heard.value(kind) for kind in ("distance", "place", "postcode")):
            return look(dispatcher, tracker, wanted)
        wider = tracker.get_slot("search")["wider"]
        if not wider:
            choices = [reply.choice("Start again", "start_again")]
            reply.text(dispatcher, say("no_wider"), choices)
            return []
        miles = float(wider[0])
        return [SlotSet("miles", miles), *look(dispatcher, tracker, replace(wanted, miles=miles))]
