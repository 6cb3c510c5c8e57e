"""How to join it: whom to ask."""

from rasa_sdk import Tracker

from actions.about_a_study import AboutAStudy
from actions.words import say
from index import StudyPage


class HowToJoin(AboutAStudy):
    """Contacts stand exactly as the record gives them."""

    label = "action_how_to_join"
    intent = "how_to_join"
    part = "join"

    def words(self, page: StudyPage, tracker: Tracker) -> str:
        """Whom to ask."""
        del tracker
        if page.source == "demo":
            return say("how_to_join_demonstration")
        lines = [
            ", ".join(
                part for part in (who.get("name"), who.get("phone"), who.get("email")) if part
            )
            for who in page.contacts[:3]
        ]
        contacts = "\n".join(line for line in lines if line) or say("no_contact")
        return say("how_to_join", contacts=contacts, link=page.links.take_part)
