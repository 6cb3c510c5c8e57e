"""What somebody's words for a place lead to: a place, or what to ask next."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from actions.heard import Heard
from actions.wanted import ANY, ANYWHERE
from index import Place, Places, Resolution
from index.text import plain

_NATION_WORDS = {
    "welsh": "Wales",
    "scottish": "Scotland",
    "english": "England",
    "irish": "Northern Ireland",
}
_NO_PREFERENCE = frozenset(
    {ANY, "anywhere", "uk", "the uk", "united kingdom", "anywhere in the uk"}
)
_NO_PLACE = frozenset(
    plain(text)
    for text in (
        "stop", "near me", "near", "not far", "not far please", "close by", "close", "nearby", "local",
        "locally", "round here", "around here", "here", "home", "where i live", "near where i live",
        "near us", "near to me", "somewhere near", "somewhere near me", "as near as possible",
    )
)  # fmt: skip
"""Answers to the question for a town that name none, and are asked again rather than looked up."""
_TALK = re.compile(
    r"^(?:why|what|who|how|when|stop|ffs|wtf|omg|oh|ugh|i (?:don'?t|already|just|told|said))\b.*\w+.*\w"
    r"|(?:\w+\W+){7,}\w+",
    re.IGNORECASE | re.DOTALL,
)
"""Words that are talk and no answer to the question for a town."""
_AT_HOME = re.compile(
    r"\b(?:liv(?:e|es|ing)|stay(?:s|ing)?|based|moved to|move to|we'?re|we are|i'?m|i am|am|now|home is|to)"
    r"(?: \w+)?(?: (?:in|near|at|to|outside|by|over in|up in|down in))?\s*$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:from|moved from|(?:gp|doctor|nurse|hospital|consultant|clinic|surgery|studied|born|work|works)"
    r"(?: \w+)? (?:in|at|near))\s*(?:the )?$",
    re.IGNORECASE,
)
_OR = re.compile(
    r"^\s*,?\s*(?:or|/)\s*(?:else |maybe |even )?(?:in |near |at |round |around )?$", re.IGNORECASE
)
_EITHER = re.compile(r"\b(?:either|both|any of them|whichever|don'?t mind|not fussed)\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:(first|1st|one|1)|(second|2nd|two|2)|(third|3rd|three|3)|(fourth|4th|four|4))\b"
)


@dataclass(frozen=True)
class PlaceAnswer:
    """place: the slot's value, None where it must be asked. trouble: why, for the question."""

    place: dict[str, Any] | None = None
    trouble: dict[str, Any] | None = field(default=None)


def read_place(heard: Heard, trouble: dict[str, Any] | None, places: Places) -> PlaceAnswer:
    """The place of a message that has one; `trouble` is what the last answer left open."""
    if trouble and trouble.get("kind") == "either" and (chosen := _among(heard.text, trouble, places)):
        return chosen
    if heard.intent == "no_preference" and not heard.values("place"):
        return PlaceAnswer(ANYWHERE)
    texts = _texts(heard)
    if any(plain(text) in _NO_PREFERENCE for text in texts):
        return PlaceAnswer(ANYWHERE)
    if trouble and (chosen := _among(heard.text, trouble, places)):
        return chosen
    if either := _either(heard, places):
        return either
    answers = [_answer(text, places.find(text)) for text in texts]
    for answer in answers:
        if answer.place:
            return answer
    return answers[0] if answers else PlaceAnswer()


def picks(heard: Heard, trouble: dict[str, Any] | None, places: Places) -> bool:
    """Whether a short message picks one of the places that were offered."""
    short = len(heard.text.split()) <= 5 and not heard.is_choice
    return bool(short and trouble and _among(heard.text, trouble, places))


def _texts(heard: Heard) -> list[str]:
    """What may be the place, most telling first: postcode, whole phrase, each name, the text."""
    found = heard.values("postcode")
    spans = [e for e in heard.entities if e.get("entity") == "place" and e.get("end") is not None]
    if len(spans) > 1:
        # "Newport in Wales", "Bangor, County Down": two names that belong together.
        first, last = spans[0], spans[1]
        if int(last["start"]) - int(first["end"]) <= len(" in county "):
            found.append(heard.text[int(first["start"]) : int(last["end"])])
    found += _by_likelihood(heard.text, spans) or heard.values("place")
    if not found and not heard.is_choice:
        said = heard.text.strip(" .!?")
        found += [] if plain(said) in _NO_PLACE or _TALK.search(said) else [said]
    return found


def _either(heard: Heard, places: Places) -> PlaceAnswer | None:
    """The question which of two towns to begin with: "either Gloucester or Birmingham"."""
    spans = [e for e in heard.entities if e.get("entity") == "place" and e.get("end") is not None]
    for first, second in pairwise(spans):
        if not _OR.match(heard.text[int(first["end"]) : int(second["start"])]):
            continue
        found = [places.find(str(span["value"])) for span in (first, second)]
        labels = [one.place.label for one in found if one.kind == "found" and one.place]
        if len(set(labels)) == len(found):
            said = " or ".join(labels)
            return PlaceAnswer(trouble={"kind": "either", "said": said, "labels": labels})
    return None


def _by_likelihood(text: str, spans: list[dict[str, Any]]) -> list[str]:
    """Names of places, where somebody lives before where they come from or where their GP is."""

    def rank(span: dict[str, Any]) -> int:
        before = text[: int(span["start"])]
        return 0 if _AT_HOME.search(before) else 2 if _ELSEWHERE.search(before) else 1

    return list(dict.fromkeys(str(span["value"]) for span in sorted(spans, key=rank)))


def _among(text: str, trouble: dict[str, Any], places: Places) -> PlaceAnswer | None:
    """An answer that picks one of the places offered: its label, a number or "the Welsh one"."""
    labels = [str(label) for label in trouble.get("labels", [])]
    said = plain(text)
    for label in labels:
        if plain(label) == said:
            return _answer(label, places.find(label))
    if trouble.get("kind") == "either" and _EITHER.search(text):
        first = _answer(labels[0], places.find(labels[0]))
        # One search has one place: the other town is offered with its results.
        return replace(first, place=first.place and {**first.place, "also": labels[1]})
    numbered = _NUMBERED.search(said)
    if (
        numbered
        and len(said.split()) <= 4
        and numbered.lastindex
        and numbered.lastindex <= len(labels)
    ):
        label = labels[numbered.lastindex - 1]
        return _answer(label, places.find(label))
    asked = set(said.split()) | {plain(_NATION_WORDS.get(word, "")) for word in said.split()}
    common = set(plain(str(trouble.get("said", ""))).split())
    fitting = [label for label in labels if (set(plain(label).split()) - common) & asked]
    if len(fitting) == 1:
        return _answer(fitting[0], places.find(fitting[0]))
    if trouble.get("kind") == "ambiguous" and trouble.get("said"):
        whole = f"{trouble['said']}, {text}"
        found = places.find(whole)
        if found.kind == "found":
            return _answer(whole, found)
    return None


def _answer(said: str, found: Resolution) -> PlaceAnswer:
    if found.kind == "found" and found.place:
        return PlaceAnswer(_slot(found.place, found.reach))
    labels = [place.label for place in found.candidates]
    return PlaceAnswer(trouble={"kind": found.kind, "said": said[:60], "labels": labels})


def _slot(place: Place, reach: int) -> dict[str, Any]:
    return {**place.model_dump(), "reach": reach}
