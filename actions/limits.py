"""What limits a search beside condition and place: age, sex, miles, from home, healthy people."""

import re
from typing import Any

from actions.condition_answer import named_conditions
from actions.heard import MAY_SEARCH, Heard
from actions.wanted import ANY, number

OLDEST_YEARS = 120
FURTHEST_MILES = 1000
CARERS = frozenset(["carers", "carer-stress", "parent-carers"])
"""Where carers are looked for, who is cared for is not the one who takes part."""

_NO_LIMIT = re.compile(
    r"\b(?:forget|ignore|drop|scrap|remove|leave out|take out|take off|take away|never mind|without|"
    r"don'?t use)"
    r"(?: about)? (?:my|the|her|his|their|our)? ?(age|miles|distance|sex|gender)\b"
    r"|\bany (age|distance)\b|\b(age|distance) (?:does ?n.?t|does not|dont) matter\b",
    re.IGNORECASE,
)
_SLOTS = {"age": "age", "miles": "miles", "distance": "miles", "sex": "sex", "gender": "sex"}


def taken_away(text: str) -> str | None:
    """The slot of the limit that the words take away and nothing else ("forget about my age"), if they do."""
    found = _NO_LIMIT.search(text)
    return _SLOTS[next(filter(None, found.groups())).lower()] if found else None


def limits(heard: Heard, filled: dict[str, Any]) -> dict[str, Any]:
    """What the message changes, by slot; a value out of range changes nothing it should not."""
    changes: dict[str, Any] = {}
    if "age" in filled:
        age = number(filled["age"])
        changes["age"] = age if age is not None and age <= OLDEST_YEARS else None
    if "sex" in filled:
        changes["sex"] = filled["sex"] if filled["sex"] in ("female", "male") else None
    if "miles" in filled:
        miles = number(filled["miles"])
        changes["miles"] = min(miles, FURTHEST_MILES) if miles else None
    if "setting" in filled:
        changes["setting"] = "home" if filled["setting"] == "home" else None
    if "recruiting" in filled:
        changes["recruiting"] = ANY if filled["recruiting"] == ANY else None
    if "volunteer" in filled:
        changes["volunteer"] = "healthy" if filled["volunteer"] == "healthy" else None
    if named_conditions(heard) and "condition" in filled and "volunteer" not in filled:
        changes["volunteer"] = None
    if CARERS.intersection(concept for e in heard.entities for concept in e.get("concepts") or []):
        changes.update(dict.fromkeys({"age", "sex"} & filled.keys()))
    slot = taken_away(heard.text)
    if slot and (heard.intent in MAY_SEARCH or heard.intent == "forget_me"):
        changes[slot] = None
    return changes
