"""The studies that were shown before these."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event, SafeAction
from actions.looking import last_person, last_query, look_or_ask
from actions.paging import show
from actions.words import say


class PreviousResults(SafeAction):
    """On the first page it says so and shows it again."""

    label = "action_previous_results"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Show the page before."""
        query = last_query(tracker)
        if query is None:
            return look_or_ask(dispatcher, tracker)
        if query.offset == 0:
            reply.text(dispatcher, say("no_earlier"))
        before = query.model_copy(update={"offset": max(query.offset - query.limit, 0)})
        return show(dispatcher, before, last_person(tracker))
