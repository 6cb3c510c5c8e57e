"""The choices with which a conversation goes on when nothing else is open."""

from rasa_sdk import Tracker

from actions.reply import Choice, choice

STARTS = [choice("Find a study near me", "find_study"), choice("What can you do?", "ask_help")]


def next_steps(tracker: Tracker) -> list[Choice]:
    """After results: what can be done with them; without, how to begin."""
    if not tracker.get_slot("shown"):
        return STARTS
    return [choice("Show more", "more_results"), choice("Start again", "start_again")]
