"""A page of results: said, and kept in slots so that later messages can go on from it."""

from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event
from actions.results_text import Shown, choices, headline
from actions.world import world
from index import Person, SearchResult, StudyQuery

RADII = (50, 75, 100, 150, 200, 300, 500, 1000)


def show(
    dispatcher: CollectingDispatcher,
    query: StudyQuery,
    person: Person,
    result: SearchResult | None = None,
    also: str = "",
) -> list[Event]:
    """Say the results of a query as it is (searched here if not yet) and keep what is shown.

    person: whose answers put the results in order; also: another town to offer
    """
    result = result or world().catalogue.search(query, person)
    shown = Shown(query, result, _about(query, result), _further(query, result))
    offers = choices(shown)
    if also:
        offers.append(reply.choice(f"Look near {also} too", "find_study", place=also))
    reply.studies(dispatcher, headline(shown), result, offers)
    kept: dict[str, Any] = {
        "query": query.model_dump(mode="json"),
        "answers": dict(person.answers),
        "total": result.total,
        "wider": [shown.further] if shown.further else [w.miles for w in result.wider],
    }
    ids = [card.id for card in result.results]
    only = ids[0] if len(ids) == 1 else None
    return [SlotSet("search", kept), SlotSet("shown", ids), SlotSet("current_study", only)]


def _about(query: StudyQuery, result: SearchResult) -> int:
    """How many of all matches are about the condition: they come before the related ones."""
    if not query.condition:
        return result.total
    here = sum(card.match == "about" for card in result.results)
    if here < len(result.results) or query.offset + here == result.total:
        return query.offset + here if here else 0
    return world().catalogue.engine().rank(query).total_about


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
    return next((radius for radius in RADII if radius >= miles), None)
