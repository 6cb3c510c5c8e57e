"""Tell me about that one."""

from rasa_sdk import Tracker

from actions.about_a_study import AboutAStudy
from actions.words import say
from index import StudyPage


class StudyDetails(AboutAStudy):
    """The study itself is shown beside the words."""

    label = "action_study_details"
    intent = "study_details"

    def words(self, page: StudyPage, tracker: Tracker) -> str:
        """One line above the study."""
        del tracker
        return say("study_details", title=page.title)
