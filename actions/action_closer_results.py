"""Nearer studies: within the miles that were said, else within half of the last radius."""

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

NEAREST_MILES = 5


class CloserResults(SafeAction):
    """A place in the message has already moved the search there."""

    label = "action_closer_results"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Search again, nearer."""
        wanted, query, heard = Wanted.of(tracker), last_query(tracker), Heard.of(tracker)
        if wanted.somewhere is None or query is None:
            if wanted.condition and wanted.place:
                # "Anywhere" was the answer; nearer needs a town.
                reply.text(dispatcher, say("no_place"))
                tracker.slots["place"] = None
                return [SlotSet("place", None), *look_or_ask(dispatcher, tracker)]
            return look_or_ask(dispatcher, tracker)
        if any(heard.value(kind) for kind in ("distance", "place", "postcode")):
            return look(dispatcher, tracker, wanted)
        if query.miles is None or query.miles <= NEAREST_MILES:
            reply.text(dispatcher, say("no_nearer"))
            return look(dispatcher, tracker, wanted)
        miles = max(round(query.miles / 2), NEAREST_MILES)
        nearer = replace(wanted, miles=float(miles))
        return [SlotSet("miles", float(miles)), *look(dispatcher, tracker, nearer)]
