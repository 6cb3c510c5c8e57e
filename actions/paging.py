"""Another page of a search that has been made."""

from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event
from actions.looking import remembered
from actions.results_text import choices, headline
from actions.world import world
from index import StudyQuery


def show(dispatcher: CollectingDispatcher, query: StudyQuery) -> list[Event]:
    """Search with the query as it is, say the results and keep what is shown."""
    result = world().catalogue.search(query)
    reply.studies(dispatcher, headline(query, result, None), result, choices(query, result, None))
    return remembered(query, result)
