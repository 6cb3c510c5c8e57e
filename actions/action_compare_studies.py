"""Two studies side by side."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.about_a_study import said
from actions.base import Event, SafeAction
from actions.heard import Heard
from actions.looking import look_or_ask
from actions.wanted import Wanted, plain_number
from actions.which_study import label, numbered, shown_pages, two_described
from actions.words import say
from actions.world import world
from index import StudyPage


class CompareStudies(SafeAction):
    """Takes the two that are numbered, else the only two shown, else asks which."""

    label = "action_compare_studies"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say what differs, in the record's words."""
        pages = shown_pages(tracker)
        if not pages:
            reply.text(dispatcher, say("nothing_shown"))
            return look_or_ask(dispatcher, tracker)
        if len(pages) == 1:
            reply.text(dispatcher, say("compare_too_few"))
            return []
        two = self._two(tracker, pages)
        if two is None:
            reply.text(dispatcher, say("compare_which"), _pairs(pages))
            return []
        blocks = [say("compare"), *(_described(page) for page in two)]
        choices = [reply.choice(label(page), "study_details", study=page.id) for page in two]
        reply.text(dispatcher, "\n\n".join(blocks), choices)
        return []

    @staticmethod
    def _two(tracker: Tracker, pages: list[StudyPage]) -> list[StudyPage] | None:
        heard = Heard.of(tracker)
        if ids := heard.value("study"):
            place = Wanted.of(tracker).somewhere
            found = [world().catalogue.study(study_id, place) for study_id in ids.split(",")]
            return [page for page in found if page] if all(found) else None
        named = numbered(tracker, heard.text) if not heard.is_choice else []
        if len(named) != 2 and not heard.is_choice:
            named = two_described(tracker, heard.text) or named
        if len(named) == 2:
            return named
        current = next((p for p in pages if p.id == tracker.get_slot("current_study")), None)
        if len(named) == 1 and current and current.id != named[0].id:
            return [current, named[0]]
        return pages if len(pages) == 2 else None


def _pairs(pages: list[StudyPage]) -> list[reply.Choice]:
    """Neighbours and the outer two, by their numbers."""
    count = len(pages)
    pairs = [(at, at + 1) for at in range(count - 1)]
    if count > 2:
        pairs.append((0, count - 1))
    return [
        reply.choice(
            f"Number {first + 1} and number {second + 1}",
            "compare_studies",
            study=f"{pages[first].id},{pages[second].id}",
        )
        for first, second in pairs
    ]


def _described(page: StudyPage) -> str:
    site = page.nearest_site
    where = say("not_said")
    if site:
        away = f", {plain_number(site.miles)} miles away" if site.miles is not None else ""
        where = f"{site.name}, {site.town}{away}"
    if page.from_home:
        where = "From home. " + where
    involves = said(page.burden.get("involves", "")).split("\n")[0]
    return "\n".join(
        [
            page.title,
            f"- Who: {page.who}",
            f"- Where: {where}",
            f"- What happens: {involves}",
            f"- {page.status_text}",
        ]
    )
