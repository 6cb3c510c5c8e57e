"""A search, how its results are said, and what the conversation keeps of it."""

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import FORM, Event, in_form
from actions.heard import Heard
from actions.limits import taken_away
from actions.paging import show
from actions.wanted import Wanted, answers_of
from actions.words import say
from actions.world import world
from index import Person, StudyQuery
from index.text import words


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
    kinds = ("condition", "place", "postcode", "volunteer", "setting", "distance", "age")
    return any(heard.value(kind) for kind in kinds) or bool(taken_away(heard.text))


def look(
    dispatcher: CollectingDispatcher, tracker: Tracker, wanted: Wanted, offset: int = 0
) -> list[Event]:
    """Search, say the results and keep what is shown."""
    chosen = world().settings
    query = wanted.query(chosen.default_miles, chosen.results_per_message, offset)
    result = world().catalogue.search(query, wanted.person)
    asked = tracker.get_slot("asked_meaning")
    if result.ask and not (isinstance(asked, dict) and asked.get("said") == query.condition):
        options = [reply.choice(name, "find_study", condition=name) for name in result.ask]
        reply.text(dispatcher, say("ask_meaning", said=query.condition), options)
        return [
            SlotSet("asked_meaning", {"said": query.condition, "names": result.ask}),
            SlotSet("shown", []),
            SlotSet("search", None),
        ]
    return show(dispatcher, query, wanted.person, result, wanted.also)


def chosen_meaning(tracker: Tracker) -> str | None:
    """The meaning that a message picks ("the first one") of those just asked about, if it does."""
    asked = tracker.get_slot("asked_meaning")
    if not isinstance(asked, dict) or tracker.get_slot("search"):
        return None
    names = [str(name) for name in asked.get("names", [])]
    heard = Heard.of(tracker)
    ordinal = heard.value("ordinal")
    if ordinal == "last":
        return names[-1]
    if ordinal and ordinal.isdecimal() and 1 <= int(ordinal) <= len(names):
        return names[int(ordinal) - 1]
    said = {word[:6] for word in words(heard.text) if len(word) > 3}
    fitting = [name for name in names if said & {word[:6] for word in words(name)}]
    return fitting[0] if len(fitting) == 1 else None


def last_person(tracker: Tracker) -> Person:
    """Who the results on the screen were put in order for.

    What was answered since then changes nothing, or a next page would repeat studies and miss some.
    """
    kept = tracker.get_slot("search")
    answers = answers_of(kept.get("answers")) if isinstance(kept, dict) else {}
    return replace(Wanted.of(tracker), answers=answers).person


def last_query(tracker: Tracker) -> StudyQuery | None:
    """The query of the results on the screen; None when nothing has been searched yet."""
    kept = tracker.get_slot("search")
    return StudyQuery.model_validate(kept["query"]) if isinstance(kept, dict) else None
