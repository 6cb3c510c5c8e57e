"""The questions that would settle rules of a study: which is next, its choices, what was answered."""

from rasa_sdk import Tracker

from actions import reply
from actions.heard import Heard
from actions.words import say
from index import StudyPage
from index.queries import Question

MOST_QUESTIONS = 3
ANSWERS_TO = "who_can_join"
"""The intent that every answer goes to."""
_ANSWERS = {"yes": True, "no": False, "skip": None}
_LABELS = (("yes", "Yes"), ("no", "No"), ("skip", "Skip this question"))


def answer(tracker: Tracker) -> tuple[str, bool | None, int] | None:
    """(topic, yes or no or None for skipped, the question's number) that a choice of ours gives."""
    heard = Heard.of(tracker)
    topic, _, rest = (heard.value("answer") or "").partition("=")
    said, _, number = rest.partition("=")
    if not heard.is_choice or said not in _ANSWERS or not number.isdecimal():
        return None
    return topic, _ANSWERS[said], int(number)


def next_question(page: StudyPage, tracker: Tracker) -> tuple[int, Question | None]:
    """The next question with its number; None when three were asked or none is left."""
    answered = answer(tracker)
    number = answered[2] + 1 if answered else 1
    known = tracker.get_slot("answers")
    asked = set(known) if isinstance(known, dict) else set()
    left = [question for question in page.questions if question.topic not in asked]
    return number, left[0] if left and number <= MOST_QUESTIONS else None


def in_words(page: StudyPage, tracker: Tracker) -> str:
    """The next question as a paragraph that ends with it; "" where there is none."""
    number, question = next_question(page, tracker)
    return say("next_question", number=number, question=question.text) if question else ""


def choices(page: StudyPage, tracker: Tracker) -> list[reply.Choice]:
    """Yes, no and skip for the next question, each with the question's topic."""
    number, question = next_question(page, tracker)
    if question is None:
        return []
    topic = question.topic
    return [
        reply.choice(words, ANSWERS_TO, study=page.id, answer=f"{topic}={said}={number}")
        | {"topic": topic}
        for said, words in _LABELS
    ]
