"""Tell me about that one."""

from rasa_sdk import Tracker

from actions import reply
from actions.about_a_study import AboutAStudy
from actions.study_questions import choices, in_words
from actions.words import say
from index import StudyPage


class StudyDetails(AboutAStudy):
    """The study itself is shown beside the words, and the first question that would settle a rule."""

    label = "action_study_details"
    intent = "study_details"

    def words(self, page: StudyPage, tracker: Tracker) -> str:
        """One line above the study, and the question."""
        asked = in_words(page, tracker)
        told = say("study_details", title=page.title)
        return f"{told}\n\n{asked}" if asked else told

    def choices(self, page: StudyPage, tracker: Tracker) -> list[reply.Choice]:
        """The answers to the question."""
        return choices(page, tracker)
