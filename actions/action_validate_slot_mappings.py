"""From the words that slots were filled with to values that search can use, on every message."""

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, SafeAction, in_form
from actions.condition_answer import known_conditions, named_conditions, read_condition
from actions.heard import MAY_SEARCH, Heard
from actions.limits import limits
from actions.place_answer import picks, read_place
from actions.wanted import ANY, ANYWHERE, joined
from actions.world import world
from index.text import plain

SMALL_TALK = frozenset({"affirm", "ask_help", "deny", "greet", "start_again"})
MOST_OF_IT = 0.5
"""An entity that is half of the message or more is the answer, whatever the intent."""

_ADDS = re.compile(r"\b(?:also|as well|and i(?:'ve| have)|on top of that)\b", re.IGNORECASE)
"""A condition beside such words is added to the one before, not put in its place."""
_ANYWHERE = re.compile(
    r"\b(?:anywhere|any where|wherever)\b(?! (?:near|close|around|within|else|local))", re.IGNORECASE
)


class ValidateSlotMappings(SafeAction):
    """Rasa runs it after filling slots; what it returns replaces what was filled.

    It says nothing: Rasa runs it twice when a form begins. What it could not understand goes to
    `condition_trouble` and `place_trouble`, and the form's next question speaks of it.
    """

    label = "action_validate_slot_mappings"
    returns_to_form = False

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """SlotSet events for what this message changes."""
        del dispatcher
        heard = Heard.of(tracker)
        filled = tracker.slots_to_validate()
        asked = tracker.get_slot("requested_slot") if in_form(tracker) else None
        changes: dict[str, Any] = {
            **limits(heard, filled),
            **_condition(heard, filled, asked, tracker),
            **_place(heard, filled, asked, tracker),
        }
        if changes.get("setting") == "home" and not (
            changes.get("place") or tracker.get_slot("place")
        ):
            changes["place"] = ANYWHERE
        return [SlotSet(slot, value) for slot, value in changes.items()]


def _condition(
    heard: Heard, filled: dict[str, Any], asked: str | None, tracker: Tracker
) -> dict[str, Any]:
    named = named_conditions(heard)
    if "condition" in filled and named:
        known = known_conditions(heard)
        before = _before(tracker, "condition") if _ADDS.search(heard.text) else None
        if before and before != ANY:
            # What is said twice is added once.
            named = before if plain(named) in plain(str(before)) else joined((before, named))
            known = {**(tracker.get_slot("condition_ids") or {}), **known}
        return _condition_is(named, known)
    if asked == "condition":
        if named and heard.share("condition") >= MOST_OF_IT:
            return _condition_is(named, known_conditions(heard))
        if "condition" in filled or (heard.may_be_an_answer and heard.intent not in SMALL_TALK):
            answer = read_condition(heard, world().catalogue)
            known = known_conditions(heard)
            return _condition_is(answer.condition, known) | {"condition_trouble": answer.trouble}
        return {}
    if filled.get("volunteer") == "healthy":
        return _condition_is(ANY, {})
    # What Rasa filled in turned out to be no condition: the one before stays.
    return {"condition": _before(tracker, "condition")} if "condition" in filled else {}


def _condition_is(condition: str | None, known: dict[str, str]) -> dict[str, Any]:
    return {"condition": condition, "condition_ids": known or None, "condition_trouble": None}


def _before(tracker: Tracker, slot: str) -> Any:
    """The slot's value before the latest message."""
    earlier = False
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            earlier = True
        elif earlier and event.get("event") == "reset_slots":
            return None
        elif earlier and event.get("event") == "slot" and event.get("name") == slot:
            return event.get("value")
    return None


def _place(
    heard: Heard, filled: dict[str, Any], asked: str | None, tracker: Tracker
) -> dict[str, Any]:
    named = bool(heard.value("place") or heard.value("postcode"))
    if not named and heard.intent in MAY_SEARCH and _ANYWHERE.search(heard.text):
        return {"place": ANYWHERE, "place_trouble": None}
    trouble = tracker.get_slot("place_trouble") if asked == "place" else None
    if (asked == "place" and _answers(heard, named)) or picks(heard, trouble, world().places):
        answer = read_place(heard, trouble, world().places)
    elif "place" in filled and named:
        answer = read_place(heard, None, world().places)
    elif asked == "place" and (heard.intent == "find_study" or "place" in filled):
        # The question stands: without a value the form would give way to another rule.
        if trouble and trouble["kind"] == "unknown" and named_conditions(heard):
            return {"place": None, "place_trouble": None}
        return {"place": None}
    else:
        return {"place": _before(tracker, "place")} if "place" in filled else {}
    return {"place": answer.place, "place_trouble": answer.trouble}


def _answers(heard: Heard, named: bool) -> bool:
    """Whether a message at the place question is to be read as a place."""
    if named:
        return heard.share("place", "postcode") >= MOST_OF_IT or heard.intent in MAY_SEARCH
    if named_conditions(heard) or heard.value("age") or heard.value("sex"):
        return False
    return heard.may_be_an_answer and heard.intent not in SMALL_TALK
