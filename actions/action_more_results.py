"""The next studies of the same search."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event, SafeAction
from actions.looking import last_person, last_query, look_or_ask
from actions.paging import show
from actions.words import say


class MoreResults(SafeAction):
    """At the end it says so and offers to look further away."""

    label = "action_more_results"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Show the next page."""
        query = last_query(tracker)
        if query is None:
            return look_or_ask(dispatcher, tracker)
        kept = tracker.get_slot("search")
        if query.offset + query.limit < kept["total"]:
            following = query.model_copy(update={"offset": query.offset + query.limit})
            return show(dispatcher, following, last_person(tracker))
        choices = [
            reply.choice(f"Look within {miles} miles", "wider_search", distance=str(miles))
            for miles in kept["wider"][:1]
        ]
        choices.append(reply.choice("Start again", "start_again"))
        reply.text(dispatcher, say("no_more"), choices)
        return []
