"""What somebody would have to do in it."""

from actions.about_a_study import AboutAStudy, said
from actions.words import say
from index import StudyPage


class WhatIsInvolved(AboutAStudy):
    """Visits, tests and time, as the record says them."""

    label = "action_what_is_involved"
    intent = "what_is_involved"

    def words(self, page: StudyPage) -> str:
        """What happens in the study."""
        return say("what_is_involved", involves=said(page.burden.get("involves", "")))
