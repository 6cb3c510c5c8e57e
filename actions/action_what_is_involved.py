"""What somebody would have to do in it."""

from rasa_sdk import Tracker

from actions.about_a_study import AboutAStudy, said
from actions.words import say
from index import StudyPage


class WhatIsInvolved(AboutAStudy):
    """Visits, tests and time, as the record says them, and what it does not say."""

    label = "action_what_is_involved"
    intent = "what_is_involved"
    part = "takes"

    def words(self, page: StudyPage, tracker: Tracker) -> str:
        """What happens in the study, then what it takes, part by part."""
        del tracker
        told = say("what_is_involved", involves=said(page.burden.get("involves", "")))
        known = [
            f"- {_name(page, part)}: {page.burden[part]}"
            for part in page.burden_sources
            if page.burden[part] not in told
        ]
        missing = [
            _name(page, part).lower()
            for part in page.burden
            if part != "involves" and part not in page.burden_sources
        ]
        parts = [told]
        if known:
            parts.append("\n".join([say("what_it_takes"), *known]))
        if missing:
            parts.append(say("does_not_say_about", parts=", ".join(missing)))
        return "\n\n".join(parts)


def _name(page: StudyPage, part: str) -> str:
    """A part's name as people read it; one without a label by its id."""
    return page.burden_labels.get(part, part.replace("_", " ").capitalize())
