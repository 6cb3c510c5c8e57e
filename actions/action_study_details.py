"""Tell me about that one."""

from actions.about_a_study import AboutAStudy
from actions.words import say
from index import StudyPage


class StudyDetails(AboutAStudy):
    """The study itself is shown beside the words."""

    label = "action_study_details"
    intent = "study_details"

    def words(self, page: StudyPage) -> str:
        """One line above the study."""
        return say("study_details", title=page.title)
