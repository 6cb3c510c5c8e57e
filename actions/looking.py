"""A search, how its results are said, and what the conversation keeps of it."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import FORM, Event, in_form
from actions.heard import Heard
from actions.results_text import choices, headline
from actions.wanted import Wanted
from actions.words import say
from actions.world import world
from index import SearchResult, StudyQuery


def look_or_ask(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
    """Search when all is known; else begin the form at the first question that is open."""
    wanted = Wanted.of(tracker)
    if wanted.complete:
        return look(dispatcher, tracker, wanted)
    if in_form(tracker):
        return []
    # Rasa asks by the form itself; a question asked here would be asked twice.
    return [FollowupAction(FORM)]


def names_something(tracker: Tracker) -> bool:
    """Whether the latest message names what to look for, so that it is more than small talk."""
    heard = Heard.of(tracker)
    kinds = ("condition", "place", "postcode", "volunteer", "setting", "distance")
    return any(heard.value(kind) for kind in kinds)


def look(
    dispatcher: CollectingDispatcher, tracker: Tracker, wanted: Wanted, offset: int = 0
) -> list[Event]:
    """Search, say the results and keep what is shown."""
    chosen = world().settings
    query = wanted.query(chosen.default_miles, chosen.results_per_message, offset)
    result = world().catalogue.search(query)
    if result.ask and tracker.get_slot("asked_meaning") != query.condition:
        options = [reply.choice(name, "find_study", condition=name) for name in result.ask]
        reply.text(dispatcher, say("ask_meaning", said=query.condition), options)
        return [
            SlotSet("asked_meaning", query.condition),
            SlotSet("shown", []),
            SlotSet("search", None),
        ]
    further = _further(query, result)
    reply.studies(
        dispatcher, headline(query, result, further), result, choices(query, result, further)
    )
    return remembered(query, result)


def remembered(query: StudyQuery, result: SearchResult) -> list[Event]:
    """The slots that later messages need: what is shown, and how to go on from it."""
    kept: dict[str, Any] = {
        "query": query.model_dump(mode="json"),
        "total": result.total,
        "wider": [wider.miles for wider in result.wider],
    }
    shown = [card.id for card in result.results]
    only = shown[0] if len(shown) == 1 else None
    return [SlotSet("search", kept), SlotSet("shown", shown), SlotSet("current_study", only)]


def _further(query: StudyQuery, result: SearchResult) -> int | None:
    """Miles to look within for a study that is about the condition, where there is none nearer."""
    if not query.condition or query.miles is None or query.offset:
        return None
    if result.results and result.results[0].match == "about":
        return None
    far = world().catalogue.search(query.model_copy(update={"miles": None, "limit": 1}))
    if not far.results or far.results[0].match != "about" or not far.results[0].nearest_site:
        return None
    miles = far.results[0].nearest_site.miles
    if miles is None:
        return None
    return next(
        (radius for radius in (50, 75, 100, 150, 200, 300, 500, 1000) if radius >= miles), None
    )


def last_query(tracker: Tracker) -> StudyQuery | None:
    """The query of the results on the screen; None when nothing has been searched yet."""
    kept = tracker.get_slot("search")
    return StudyQuery.model_validate(kept["query"]) if isinstance(kept, dict) else None
