"""Who can take part in it, and at most three questions that would settle its rules."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.about_a_study import AboutAStudy
from actions.base import Event
from actions.heard import Heard
from actions.words import say
from index import StudyPage
from index.queries import Question, Rule

MOST_RULES = 5
MOST_QUESTIONS = 3
_ANSWERS = {"yes": True, "no": False, "skip": None}


class WhoCanJoin(AboutAStudy):
    """It never says that somebody is eligible: the study team decides."""

    label = "action_who_can_join"
    intent = "who_can_join"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Note the answer to the last question, if there is one, before the rules are judged."""
        if answer := _answer(tracker):
            topic, said, _ = answer
            known = tracker.get_slot("answers")
            kept = dict(known) if isinstance(known, dict) else {}
            tracker.slots["answers"] = kept | {topic: said}
        return super().act(dispatcher, tracker)

    def words(self, page: StudyPage, tracker: Tracker) -> str:
        """Who the record names and its first rules; after an answer, what it means."""
        number, question = _next(page, tracker)
        asked = say("next_question", number=number, question=question.text) if question else ""
        if _answer(tracker):
            doubts = [rule for rule in page.eligibility if rule.answer == "not_met"]
            lines = "\n".join(f"- {rule.text} {rule.because}" for rule in doubts[:MOST_RULES])
            told = say("may_not_fit", rules=lines) if doubts else say("nothing_against")
            return "\n\n".join(part for part in (told, asked or say("no_more_questions")) if part)
        include = [rule for rule in page.eligibility if rule.kind == "include"]
        exclude = [rule for rule in page.eligibility if rule.kind == "exclude"]
        parts = [_listed("You may be able to take part if:", include)]
        parts.append(_listed("You cannot take part if:", exclude))
        rules = "\n\n".join(part for part in parts if part) or say("not_said")
        whole = say("who_can_join", who=page.who, rules=rules)
        return f"{whole}\n\n{asked}" if asked else whole

    def choices(self, page: StudyPage, tracker: Tracker) -> list[reply.Choice]:
        """Yes, no and skip for the next question."""
        number, question = _next(page, tracker)
        if question is None:
            return []
        return [
            reply.choice(words, self.intent, study=page.id, answer=f"{question.topic}={said}={number}")
            for said, words in (("yes", "Yes"), ("no", "No"), ("skip", "Skip this question"))
        ]

    def remember(self, tracker: Tracker) -> list[Event]:
        """Keep the answer."""
        return [SlotSet("answers", tracker.slots["answers"])] if _answer(tracker) else []


def _answer(tracker: Tracker) -> tuple[str, bool | None, int] | None:
    """(topic, yes or no or None for skipped, the question's number) that a choice of ours gives."""
    heard = Heard.of(tracker)
    topic, _, rest = (heard.value("answer") or "").partition("=")
    said, _, number = rest.partition("=")
    if not heard.is_choice or said not in _ANSWERS or not number.isdecimal():
        return None
    return topic, _ANSWERS[said], int(number)


def _next(page: StudyPage, tracker: Tracker) -> tuple[int, Question | None]:
    """The next question with its number; None when three were asked or none is left."""
    answer = _answer(tracker)
    number = answer[2] + 1 if answer else 1
    known = tracker.get_slot("answers")
    asked = set(known) if isinstance(known, dict) else set()
    left = [question for question in page.questions if question.topic not in asked]
    return number, left[0] if left and number <= MOST_QUESTIONS else None


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
        return f"{rule.text} (This fits. {rule.because})"
    return rule.text
