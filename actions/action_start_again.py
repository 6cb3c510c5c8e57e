"""Start again: the search is put away, in the form as well."""

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event, SafeAction
from actions.heard import Heard
from actions.looking import look_or_ask
from actions.wanted import Wanted
from actions.words import say

SLOTS_OF_A_SEARCH = {
    "condition": ("condition",),
    "condition_ids": ("condition",),
    "place": ("place", "postcode", "setting"),
    "age": ("age",),
    "sex": ("sex",),
    "miles": ("distance",),
    "setting": ("setting",),
    "volunteer": ("volunteer",),
}


class StartAgain(SafeAction):
    """What the same message names ("start again with asthma") is kept."""

    label = "action_start_again"
    returns_to_form = False

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Empty the slots and ask for the condition."""
        kept = self._kept(tracker)
        tracker.slots = dict(kept)
        tracker.active_loop = {}
        again = [AllSlotsReset(), *(SlotSet(slot, value) for slot, value in kept.items())]
        if not Wanted.of(tracker).complete:
            reply.text(dispatcher, say("start_again"))
        return [*again, ActiveLoop(None), *look_or_ask(dispatcher, tracker)]

    @staticmethod
    def _kept(tracker: Tracker) -> dict[str, object]:
        heard = Heard.of(tracker)
        return {
            slot: tracker.get_slot(slot)
            for slot, kinds in SLOTS_OF_A_SEARCH.items()
            if any(heard.value(kind) for kind in kinds)
        }
