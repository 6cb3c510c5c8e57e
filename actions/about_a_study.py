"""The pattern of an answer about one study: find out which, say it, remember it."""

from abc import abstractmethod
from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event, SafeAction
from actions.looking import chosen_meaning, look
from actions.wanted import Wanted
from actions.which_study import ask_which, choose, ways_on
from actions.words import say
from index import StudyPage

LONGEST_TEXT = 900


class AboutAStudy(SafeAction):
    """Subclasses give the words. part: what of the study they are about (see `reply.study`)."""

    intent = ""
    part = "whole"

    @abstractmethod
    def words(self, page: StudyPage, tracker: Tracker) -> str:
        """What is said about this study; only what its record says."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Answer about the study that is meant, or ask which one it is."""
        if meaning := chosen_meaning(tracker):
            wanted = replace(Wanted.of(tracker), condition=meaning, concepts={})
            chosen = [SlotSet("condition", meaning), SlotSet("condition_ids", None)]
            return [*chosen, *look(dispatcher, tracker, wanted)]
        found = choose(tracker)
        if found.page is None:
            return ask_which(dispatcher, tracker, self.intent, found)
        page = found.page
        choices = [*self.choices(page, tracker), *ways_on(page, but=self.intent)]
        reply.study(dispatcher, self.words(page, tracker), page, choices, self.part)
        return [SlotSet("current_study", page.id), *self.remember(tracker)]

    def choices(self, page: StudyPage, tracker: Tracker) -> list[reply.Choice]:
        """Choices that stand before the ways on; none unless a subclass gives some."""
        del page, tracker
        return []

    def remember(self, tracker: Tracker) -> list[Event]:
        """Further events; none unless a subclass gives some."""
        del tracker
        return []


def said(text: str) -> str:
    """A record's text, cut at a sentence where it is long; says so when there is none."""
    whole = text.strip()
    if not whole:
        return say("not_said")
    if len(whole) <= LONGEST_TEXT:
        return whole
    head = whole[:LONGEST_TEXT]
    end = max(head.rfind(". "), head.rfind("\n"))
    return (head[: end + 1] if end > LONGEST_TEXT // 2 else head.rsplit(" ", 1)[0] + " …").strip()
