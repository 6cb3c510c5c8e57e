"""Numbers and people in a message: age, distance, ordinal, postcode, sex, setting, volunteer."""

import re
from dataclasses import dataclass
from typing import Callable, Dict, Iterator, List, Pattern, Tuple

from bot.entities.numbers import COUNT, ORDINALS, miles, months, number, plain, years
from bot.entities.postcodes import is_postcode


@dataclass(frozen=True)
class Found:
    """One entity by its place in the text."""

    entity: str
    start: int
    end: int
    value: str


_FEMALE = (
    "mum|mom|mam|mammy|mummy|ma|mother|wife|sister|daughter|nan|nana|nanna|gran|granny|grandma|"
    "grandmother|aunt|auntie|aunty|niece|girlfriend|woman|lady|girl|female|she|her|women|lass|lassie|wifey|maw|shes|she's"
)
_MALE = (
    "dad|da|daddy|father|husband|hubby|brother|son|grandad|granddad|grandpa|grandfather|uncle|"
    "nephew|boyfriend|man|bloke|guy|boy|male|he|him|his|men|lad|laddie|fella|hes|he's"
)


def _rule(pattern: str, value: Callable[["re.Match[str]"], str]) -> Tuple[Pattern[str], Callable]:
    return re.compile(pattern, re.IGNORECASE), value


_RELATIVE = f"{_FEMALE}|{_MALE}|child|kid|bairn|wean|partner|baby"
_PERSON = (
    "boy|girl|lad|laddie|lass|lassie|son|grandson|daughter|granddaughter|child|kid|bairn|wean|woman|lady|man|"
    "bloke|guy|fella|toddler|teenager"
)
_NO_AGE = r"(?! ?(?:miles?|mi|km|minutes|mins|hours?|weeks?|months?|days?|st(?:one)?\b|lb|kg|%|times|years? ago))"
_RULES: Dict[str, List[Tuple[Pattern[str], Callable]]] = {
    "age": [
        _rule(rf"\b{COUNT}[ -]?(?:years?|yrs?|yr)[ -]?(?:old|of age)\b", years),
        _rule(rf"\b{COUNT} ?(?:y/?o|yo)\b", years),
        _rule(rf"\b{COUNT}[ -]?(months?|mths?|weeks?|wks?)[ -]?old\b", months),
        _rule(rf"\b(?:aged?|turning|turned|just turned|nearly) {COUNT}\b", years),
        # Somebody else's age comes before the speaker's own: the search is for them.
        _rule(
            rf"\b(?:{_RELATIVE})(?:'?s| is|,? who is|,? who'?s)"
            rf" (?:only |now |about |nearly |just |turning )?(\d{{1,3}})\b{_NO_AGE}",
            years,
        ),
        _rule(
            rf"\b(?:{_RELATIVE}),? \(?(\d{{1,2}})\)?(?= ?(?:,|\.|\)|and\b|has\b|with\b|$)){_NO_AGE}",
            years,
        ),
        # "My little boy of 6"; "a mum of two" is another thing.
        _rule(rf"\b(?:{_PERSON}) of (?:just |only |nearly )?{COUNT}\b{_NO_AGE}", years),
        _rule(
            r"\b(?:i ?am|i'?m|im|am|she ?is|she'?s|shes|he ?is|he'?s|hes|they'?re|who'?s|whos|who is)"
            rf" (?:only |now |about |nearly |just |turning )?(\d{{1,3}})\b{_NO_AGE}",
            years,
        ),
        # A correction: "52, not 72", "sorry, 52".
        _rule(rf"\b(\d{{1,3}}),? (?:and |I said |i mean )?not \d{{1,3}}\b{_NO_AGE}", years),
        _rule(rf"\bnot \d{{1,3}},? (?:but |it'?s |she'?s |he'?s |i'?m )?(\d{{1,3}})\b{_NO_AGE}", years),
        _rule(r"^(?:no|oops|sorry|whoops|i meant?|make that)\W+(?:i meant? )?(\d{2})\W*$", years),
        _rule(r"(?:^|, ?)(\d{2})(?= ?(?:,|year|$))", years),
    ],
    "distance": [
        _rule(rf"\b{COUNT}[ -]?(miles?|mile|mls|mi|kms?|kilomet(?:re|er)s?)\b", miles),
    ],
    "ordinal": [
        _rule(
            r"\b(?:number|no\.?|option|study|trial|#) ?([1-9])\b(?! ?(?:miles|years))",
            lambda match: match[1],
        ),
        _rule(
            r"\b("
            + "|".join(ORDINALS)
            + r")\b(?! (?:time|diagnosed|noticed|year|week|month|night|"
            r"wife|husband|hand|opinion|stage|trimester|of (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))",
            lambda match: ORDINALS[match[1].lower()],
        ),
        _rule(r"^\W*([1-9])\W*$", lambda match: match[1]),
        _rule(r"\bthe (one|two|three)\b(?= please|$)", lambda match: plain(number(match[1]))),
    ],
    "postcode": [
        _rule(
            r"\b([a-z]{1,2}\d[a-z\d]?(?:\s{0,2}\d[a-z]{2})?)\b",
            lambda match: re.sub(r"\s+", " ", match[1].upper()),
        ),
    ],
    "sex": [
        _rule(rf"\b(?:{_FEMALE})\b", lambda _: "female"),
        _rule(rf"\b(?:{_MALE})\b", lambda _: "male"),
    ],
    "setting": [
        _rule(
            r"\b(?:online|on line|from home|at home|by post|remote(?:ly)?|over the phone|on zoom|virtual)\b",
            lambda _: "home",
        ),
    ],
    "volunteer": [
        _rule(
            r"\b(?:healthy (?:volunteers?|people|person)|(?:i am|i'm|im|am) (?:\w+ )?(?:healthy|well)\b|perfectly healthy|"
            r"nothing wrong with me|no health (?:problems?|conditions?))\b",
            lambda _: "healthy",
        ),
    ],
}


def find(text: str) -> Iterator[Found]:
    """Every such entity in a text, at most one value of each kind but postcode."""
    for entity, rules in _RULES.items():
        for pattern, value in rules:
            matches = [m for m in pattern.finditer(text) if _holds(entity, m, text)]
            if matches:
                match = matches[0]
                yield Found(entity, match.start(), match.end(), value(match))
                break


def _holds(entity: str, match: "re.Match[str]", text: str) -> bool:
    if entity == "postcode":
        return is_postcode(match, text)
    if entity == "sex":
        # "My dad died of it": the search is not for him.
        return not re.match(r"(?:'?s)? (?:has |had |have )?(?:died|passed)\b", text[match.end() :], re.I)
    if entity == "age":
        return 0 <= number(match[1]) <= 115
    return True
