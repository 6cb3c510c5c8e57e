"""Tell me about that one."""

import re

from rasa_sdk import Tracker

from actions.about_a_study import AboutAStudy
from actions.heard import Heard
from actions.wanted import plain_number
from actions.words import say
from index import StudyPage

_HOW_FAR = re.compile(r"\b(?:far|near|nearest|distance|miles|where|whereabouts)\b", re.IGNORECASE)


class StudyDetails(AboutAStudy):
    """The study itself is shown beside the words."""

    label = "action_study_details"
    intent = "study_details"

    def words(self, page: StudyPage, tracker: Tracker) -> str:
        """One line above the study, and how far it is where that is asked."""
        line = say("study_details", title=page.title)
        if not _HOW_FAR.search(Heard.of(tracker).text):
            return line
        return f"{line}\n\n{_how_far(page)}"


def _how_far(page: StudyPage) -> str:
    site = page.nearest_site
    if page.from_home:
        return say("done_from_home")
    if site is None:
        return say("not_said")
    if site.miles is None:
        return say("nearest_site", site=site.name, town=site.town)
    return say("nearest_site_away", site=site.name, town=site.town, miles=plain_number(site.miles))
