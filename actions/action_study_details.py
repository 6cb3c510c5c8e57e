"""Tell me about that one."""

import re

from rasa_sdk import Tracker

from actions import reply
from actions.about_a_study import AboutAStudy
from actions.heard import Heard
from actions.study_questions import choices, in_words
from actions.wanted import plain_number
from actions.words import say
from index import StudyPage

_HOW_FAR = re.compile(r"\b(?:far|near|nearest|distance|miles|where|whereabouts)\b", re.IGNORECASE)


class StudyDetails(AboutAStudy):
    """The study itself is shown beside the words, and the first question that would settle a rule."""

    label = "action_study_details"
    intent = "study_details"

    def words(self, page: StudyPage, tracker: Tracker) -> str:
        """One line above the study, how far it is where that is asked, and the question."""
        told = [say("study_details", title=page.title)]
        if _HOW_FAR.search(Heard.of(tracker).text):
            told.append(_how_far(page))
        # The question comes last: the widget takes it from there, and shows it with its answers.
        told.append(in_words(page, tracker))
        return "\n\n".join(filter(None, told))

    def choices(self, page: StudyPage, tracker: Tracker) -> list[reply.Choice]:
        """The answers to the question."""
        return choices(page, tracker)


def _how_far(page: StudyPage) -> str:
    site = page.nearest_site
    if page.from_home:
        return say("done_from_home")
    if site is None:
        return say("not_said")
    if site.miles is None:
        return say("nearest_site", site=site.name, town=site.town)
    return say("nearest_site_away", site=site.name, town=site.town, miles=plain_number(site.miles))
