"""Which of the shown studies a message means: by id, number, place or words."""

import re
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event
from actions.heard import Heard
from actions.looking import look_or_ask
from actions.wanted import Wanted
from actions.words import say
from actions.world import world
from index import StudyPage
from index.text import words

LONGEST_LABEL = 70
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "fifth": 5, "5th": 5, "sixth": 6, "6th": 6, "seventh": 7, "7th": 7, "eighth": 8, "8th": 8,
    "ninth": 9, "9th": 9, "top": 1, "last": -1, "bottom": -1,
}  # fmt: skip
_ORDINAL = re.compile(r"\b(?:(" + "|".join(_ORDINALS) + r")|([1-9]))\b", re.IGNORECASE)
_FIRST_TWO = re.compile(r"\b(?:first|top) (?:two|2)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:and|with|to|versus|vs|against|or|n)\b|&", re.IGNORECASE)
# Words of a message that say nothing about which study is meant.
_GENERAL = frozenset(
    words(
        """
        study studies trial trials research tell me about more the a an one that this what is it of
        on in for to how do i join who can take part involved details show which please and or with
        at near my does would have want sign up last first second third you could are be there any
        get contact team compare difference between better one ones
        """
    )
)


@dataclass(frozen=True)
class Chosen:
    """page: None when it is not clear. out_of_range: a number past the last one was asked for."""

    page: StudyPage | None
    out_of_range: bool = False


def shown_pages(tracker: Tracker) -> list[StudyPage]:
    """The studies of the last results, in order; one that has left the catalogue is left out."""
    wanted = Wanted.of(tracker)
    ids = tracker.get_slot("shown") or []
    pages = [world().catalogue.study(str(study_id), wanted.somewhere, wanted.person) for study_id in ids]
    return [page for page in pages if page is not None]


def choose(tracker: Tracker) -> Chosen:
    """The study that the latest message means."""
    heard = Heard.of(tracker)
    wanted = Wanted.of(tracker)
    place, person = wanted.somewhere, wanted.person
    if study_id := heard.value("study"):
        return Chosen(world().catalogue.study(study_id, place, person))
    pages = shown_pages(tracker)
    ordinal = heard.value("ordinal")
    if ordinal and not _is_age(heard, ordinal):
        number = -1 if ordinal == "last" else int(ordinal) if ordinal.isdecimal() else 0
        found = _numbered(pages, number)
        return Chosen(found, out_of_range=found is None)
    if not heard.is_choice and (found := _by_words(pages, heard.text)):
        return Chosen(found)
    current = tracker.get_slot("current_study")
    if current and not _names_a_place(heard):
        return Chosen(world().catalogue.study(str(current), place, person))
    return Chosen(pages[0] if len(pages) == 1 else None)


def numbered(tracker: Tracker, text: str) -> list[StudyPage]:
    """Every study that a text numbers: "the first and the third"."""
    pages = shown_pages(tracker)
    if _FIRST_TWO.search(text):
        return pages[:2]
    numbers = [
        _ORDINALS.get((m[1] or "").lower()) or int(m[2] or 0) for m in _ORDINAL.finditer(text)
    ]
    found = [_numbered(pages, number) for number in dict.fromkeys(numbers)]
    return [page for page in found if page is not None]


def _is_age(heard: Heard, ordinal: str) -> bool:
    return ordinal in heard.values("age")


def _numbered(pages: list[StudyPage], number: int) -> StudyPage | None:
    if number == -1:
        return pages[-1] if pages else None
    return pages[number - 1] if 1 <= number <= len(pages) else None


def _names_a_place(heard: Heard) -> bool:
    return bool(heard.value("place"))


def two_described(tracker: Tracker, text: str) -> list[StudyPage]:
    """The two studies that a text tells apart ("the singing one and the blood test one"), or none."""
    pages = shown_pages(tracker)
    halves = _BETWEEN.split(text)
    found = [next(iter(numbered(tracker, half)), None) or _by_words(pages, half) for half in halves]
    clear = [page for page in found if page is not None]
    return clear if len(clear) == 2 and clear[0].id != clear[1].id else []


def _by_words(pages: list[StudyPage], text: str) -> StudyPage | None:
    """The one study that holds most of a text's words in its title, town or conditions."""
    asked = set(words(text)) - _GENERAL
    scores = [len(asked & _words_of(page)) for page in pages]
    if not scores or not max(scores):
        scores = [len(asked & _words_of_sites(page)) for page in pages]
    best = max(scores, default=0)
    return pages[scores.index(best)] if best and scores.count(best) == 1 else None


def _words_of(page: StudyPage) -> set[str]:
    town = page.nearest_site.town if page.nearest_site else ""
    return set(words(" ".join([page.title, town, *page.conditions])))


def _words_of_sites(page: StudyPage) -> set[str]:
    sites = " ".join(f"{site.town} {site.name}" for site in page.sites)
    return set(words(f"{sites} {page.summary}"))


def ask_which(
    dispatcher: CollectingDispatcher, tracker: Tracker, intent: str, chosen: Chosen
) -> list[Event]:
    """Say that it is not clear which study is meant, with the shown ones as choices."""
    pages = shown_pages(tracker)
    if not pages:
        reply.text(dispatcher, say("nothing_shown"))
        return look_or_ask(dispatcher, tracker)
    question = say("which_study")
    if chosen.out_of_range:
        question = say("not_that_many", count=counted(len(pages)))
    choices = [reply.choice(label(page), intent, study=page.id) for page in pages]
    reply.text(dispatcher, question, choices)
    return []


def counted(studies: int) -> str:
    """How many: “1 study”, “3 studies”."""
    return "1 study" if studies == 1 else f"{studies} studies"


def label(page: StudyPage) -> str:
    """A study's title, short enough for a button."""
    title = page.title
    return (
        title if len(title) <= LONGEST_LABEL else title[: LONGEST_LABEL - 1].rsplit(" ", 1)[0] + "…"
    )


def ways_on(page: StudyPage, but: str = "") -> list[dict[str, Any]]:
    """What else can be asked about a study."""
    asked = {
        "study_details": "About this study",
        "who_can_join": "Who can take part",
        "what_is_involved": "What happens",
        "how_to_join": "How to join",
    }
    return [
        reply.choice(words_of, intent, study=page.id)
        for intent, words_of in asked.items()
        if intent != but
    ]
