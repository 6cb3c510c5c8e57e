"""Who can take part in it, and at most three questions that would settle its rules."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.about_a_study import AboutAStudy
from actions.base import Event
from actions.study_questions import ANSWERS_TO, answer, choices, in_words
from actions.words import say
from index import StudyPage
from index.queries import Rule

MOST_RULES = 5


class WhoCanJoin(AboutAStudy):
    """It never says that somebody is eligible: the study team decides."""

    label = "action_who_can_join"
    intent = ANSWERS_TO
    part = "rules"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Note the answer to the last question, if there is one, before the rules are judged."""
        if answered := answer(tracker):
            topic, said, _ = answered
            known = tracker.get_slot("answers")
            kept = dict(known) if isinstance(known, dict) else {}
            tracker.slots["answers"] = kept | {topic: said}
        return super().act(dispatcher, tracker)

    def words(self, page: StudyPage, tracker: Tracker) -> str:
        """Who the record names and its first rules; after an answer, what it means."""
        asked = in_words(page, tracker)
        if answer(tracker):
            doubts = [rule for rule in page.eligibility if rule.answer == "not_met"]
            lines = "\n".join(f"- {_in_full(rule)} {rule.because}" for rule in doubts[:MOST_RULES])
            told = say("may_not_fit", rules=lines) if doubts else say("nothing_against")
            moved = say("moved_down") if _moves(doubts) and tracker.get_slot("search") else ""
            return "\n\n".join(part for part in (told, moved, asked or say("no_more_questions")) if part)
        include = [rule for rule in page.eligibility if rule.kind == "include"]
        exclude = [rule for rule in page.eligibility if rule.kind == "exclude"]
        parts = [_listed("You may be able to take part if:", include)]
        parts.append(_listed("You cannot take part if:", exclude))
        rules = "\n\n".join(part for part in parts if part) or say("not_said")
        whole = say("who_can_join", who=page.who, rules=rules)
        return f"{whole}\n\n{asked}" if asked else whole

    def choices(self, page: StudyPage, tracker: Tracker) -> list[reply.Choice]:
        """The answers to the next question; after an answer, the way back to the list as well."""
        found = choices(page, tracker)
        if answer(tracker) and tracker.get_slot("search"):
            found.append(reply.choice("Show my list again", "find_study"))
        return found

    def remember(self, tracker: Tracker) -> list[Event]:
        """Keep the answer."""
        return [SlotSet("answers", tracker.slots["answers"])] if answer(tracker) else []


def _moves(doubts: list[Rule]) -> bool:
    """Whether an answer moves the study down; age and sex have chosen the list already."""
    return any(rule.topic for rule in doubts)


def _in_full(rule: Rule) -> str:
    """A rule by itself, so that one that keeps people out is not read the other way round."""
    text = rule.text if rule.text.endswith((".", "?", "!", "”")) else f"{rule.text}."
    return f"You cannot take part if: {text}" if rule.kind == "exclude" else text


def _listed(heading: str, rules: list[Rule]) -> str:
    """The first rules, those that may not fit before the others."""
    if not rules:
        return ""
    ordered = sorted(rules, key=lambda rule: rule.answer != "not_met")
    lines = [heading, *(f"- {_with_reason(rule)}" for rule in ordered[:MOST_RULES])]
    if len(rules) > MOST_RULES:
        lines.append(f"- and {len(rules) - MOST_RULES} more, on the study’s page")
    return "\n".join(lines)


def _with_reason(rule: Rule) -> str:
    if rule.answer == "not_met":
        return f"{rule.text} (This may not fit. {rule.because})"
    if rule.answer == "met":
        fits = "This does not keep you out." if rule.kind == "exclude" else "This fits."
        return f"{rule.text} ({fits} {rule.because})"
    return rule.text
