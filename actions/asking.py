"""The form's two questions, with what was wrong about the last answer and choices to take."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event
from actions.wanted import ANY
from actions.words import say

HEALTHY = reply.choice("Studies for healthy people", "find_study", volunteer="healthy")
ANYWHERE = reply.choice("Anywhere in the UK", "no_preference")


def ask_condition(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
    """Which condition; a second answer without one brings other ways on."""
    trouble = tracker.get_slot("condition_trouble")
    if not trouble:
        reply.text(dispatcher, say("ask_condition"))
    elif trouble["kind"] == "needed":
        reply.text(dispatcher, say("ask_condition_needed"), [HEALTHY])
    elif _asked_before(tracker, "not_found_condition"):
        again = reply.choice("Start again", "start_again")
        reply.text(dispatcher, say("condition_not_found_again"), [HEALTHY, again])
    else:
        reply.text(dispatcher, say("condition_not_found"), [HEALTHY])
    return _count("not_found_condition", tracker, bool(trouble))


def ask_place(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
    """Which place; namesakes and near matches are choices."""
    trouble = tracker.get_slot("place_trouble")
    if not trouble:
        reply.text(dispatcher, say("ask_place"), [ANYWHERE])
        return _count("not_found_place", tracker, False)
    choices = [reply.choice(label, "find_study", place=label) for label in trouble["labels"]]
    again = _asked_before(tracker, "not_found_place")
    condition = str(tracker.get_slot("condition") or ANY)
    reply.text(dispatcher, _place_question(trouble, again, condition), [*choices, ANYWHERE])
    return _count("not_found_place", tracker, True)


def _place_question(trouble: dict[str, Any], again: bool, condition: str) -> str:
    said = trouble["said"]
    if trouble["kind"] == "abroad":
        return say("place_abroad", said=said)
    if trouble["kind"] == "either":
        about = say("any_condition") if condition == ANY else condition
        return say("place_either", said=said, condition=about)
    if trouble["kind"] == "ambiguous":
        return say("place_ambiguous", said=said)
    if again:
        return say("place_not_found_again")
    return say("place_near_matches" if trouble["labels"] else "place_not_found", said=said)


def _asked_before(tracker: Tracker, what: str) -> bool:
    return bool((tracker.get_slot("not_understood") or {}).get(what))


def _count(what: str, tracker: Tracker, failed: bool) -> list[Event]:
    counts = dict(tracker.get_slot("not_understood") or {})
    counts[what] = counts.get(what, 0) + 1 if failed else 0
    return [{"event": "slot", "timestamp": None, "name": "not_understood", "value": counts}]
