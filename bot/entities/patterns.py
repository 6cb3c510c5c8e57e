"""Numbers and people in a message: age, distance, ordinal, postcode, sex, setting, volunteer."""

import re
from dataclasses import dataclass
from typing import Callable, Dict, Iterator, List, Pattern, Tuple


@dataclass(frozen=True)
class Found:
    """One entity by its place in the text."""

    entity: str
    start: int
    end: int
    value: str


_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_ORDINALS = {
    "first": "1", "1st": "1", "second": "2", "2nd": "2", "third": "3", "3rd": "3", "fourth": "4",
    "4th": "4", "fifth": "5", "5th": "5", "sixth": "6", "6th": "6", "last": "last",
}  # fmt: skip
_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_COUNT = rf"(\d{{1,3}}(?:\.\d)?|(?:{_WORD})(?:[ -](?:{_WORD}))?)"
_FEMALE = (
    "mum|mom|mam|mammy|mummy|ma|mother|wife|sister|daughter|nan|nana|nanna|gran|granny|grandma|"
    "grandmother|aunt|auntie|aunty|niece|girlfriend|woman|lady|girl|female|she|her|women|lass|lassie|wifey|maw|shes|she's"
)
_MALE = (
    "dad|da|daddy|father|husband|hubby|brother|son|grandad|granddad|grandpa|grandfather|uncle|"
    "nephew|boyfriend|man|bloke|guy|boy|male|he|him|his|men|lad|laddie|fella|hes|he's"
)


def _number(text: str) -> float:
    total = 0.0
    for part in re.split(r"[ -]", text.lower()):
        total += _NUMBERS[part] if part in _NUMBERS else float(part)
    return total


def _plain(value: float) -> str:
    return f"{round(value, 2):g}"


def _years(match: "re.Match[str]") -> str:
    return _plain(_number(match[1]))


def _months(match: "re.Match[str]") -> str:
    per_year = 12 if match[2].lower().startswith("m") else 52
    return _plain(round(_number(match[1]) / per_year, 2))


def _miles(match: "re.Match[str]") -> str:
    miles = _number(match[1]) * (0.621 if match[2].lower().startswith("k") else 1)
    return _plain(max(round(miles), 1))


def _rule(pattern: str, value: Callable[["re.Match[str]"], str]) -> Tuple[Pattern[str], Callable]:
    return re.compile(pattern, re.IGNORECASE), value


_RELATIVE = f"{_FEMALE}|{_MALE}|child|kid|bairn|wean|partner|baby"
_NO_AGE = r"(?! ?(?:miles?|mi|km|minutes|mins|hours?|weeks?|months?|days?|st(?:one)?\b|lb|kg|%|times|years? ago))"
_RULES: Dict[str, List[Tuple[Pattern[str], Callable]]] = {
    "age": [
        _rule(rf"\b{_COUNT}[ -]?(?:years?|yrs?|yr)[ -]?(?:old|of age)\b", _years),
        _rule(rf"\b{_COUNT} ?(?:y/?o|yo)\b", _years),
        _rule(rf"\b{_COUNT}[ -]?(months?|mths?|weeks?|wks?)[ -]?old\b", _months),
        _rule(rf"\b(?:aged?|turning|turned|just turned|nearly) {_COUNT}\b", _years),
        # Somebody else's age comes before the speaker's own: the search is for them.
        _rule(
            rf"\b(?:{_RELATIVE})(?:'?s| is|,? who is|,? who'?s)"
            rf" (?:only |now |about |nearly |just |turning )?(\d{{1,3}})\b{_NO_AGE}",
            _years,
        ),
        _rule(
            rf"\b(?:{_RELATIVE}),? \(?(\d{{1,2}})\)?(?= ?(?:,|\.|\)|and\b|has\b|with\b|$)){_NO_AGE}",
            _years,
        ),
        _rule(
            r"\b(?:i ?am|i'?m|im|am|she ?is|she'?s|shes|he ?is|he'?s|hes|they'?re|who'?s|whos|who is)"
            rf" (?:only |now |about |nearly |just |turning )?(\d{{1,3}})\b{_NO_AGE}",
            _years,
        ),
        # A correction: "52, not 72", "sorry, 52".
        _rule(rf"\b(\d{{1,3}}),? (?:and |I said |i mean )?not \d{{1,3}}\b{_NO_AGE}", _years),
        _rule(rf"\bnot \d{{1,3}},? (?:but |it'?s |she'?s |he'?s |i'?m )?(\d{{1,3}})\b{_NO_AGE}", _years),
        _rule(r"^(?:no|oops|sorry|whoops|i meant?|make that)\W+(?:i meant? )?(\d{2})\W*$", _years),
        _rule(r"(?:^|, ?)(\d{2})(?= ?(?:,|year|$))", _years),
    ],
    "distance": [
        _rule(rf"\b{_COUNT}[ -]?(miles?|mile|mls|mi|kms?|kilomet(?:re|er)s?)\b", _miles),
    ],
    "ordinal": [
        _rule(
            r"\b(?:number|no\.?|option|study|trial|#) ?([1-9])\b(?! ?(?:miles|years))",
            lambda match: match[1],
        ),
        _rule(
            r"\b("
            + "|".join(_ORDINALS)
            + r")\b(?! (?:time|diagnosed|noticed|year|week|month|night|"
            r"wife|husband|hand|opinion|stage|trimester|of (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))",
            lambda match: _ORDINALS[match[1].lower()],
        ),
        _rule(r"^\W*([1-9])\W*$", lambda match: match[1]),
        _rule(r"\bthe (one|two|three)\b(?= please|$)", lambda match: _plain(_number(match[1]))),
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
_NOT_POSTCODES = re.compile(r"^(?:[A-Z]\d|B12|T[12]|H[0-9]N[0-9]|CD4|P53)$")
_AREAS = frozenset(
    [
        "AB",
        "AL",
        "B",
        "BA",
        "BB",
        "BD",
        "BH",
        "BL",
        "BN",
        "BR",
        "BS",
        "BT",
        "CA",
        "CB",
        "CF",
        "CH",
        "CM",
        "CO",
        "CR",
        "CT",
        "CV",
        "CW",
        "DA",
        "DD",
        "DE",
        "DG",
        "DH",
        "DL",
        "DN",
        "DT",
        "DY",
        "E",
        "EC",
        "EH",
        "EN",
        "EX",
        "FK",
        "FY",
        "G",
        "GL",
        "GU",
        "HA",
        "HD",
        "HG",
        "HP",
        "HR",
        "HS",
        "HU",
        "HX",
        "IG",
        "IP",
        "IV",
        "KA",
        "KT",
        "KW",
        "KY",
        "L",
        "LA",
        "LD",
        "LE",
        "LL",
        "LN",
        "LS",
        "LU",
        "M",
        "ME",
        "MK",
        "ML",
        "N",
        "NE",
        "NG",
        "NN",
        "NP",
        "NR",
        "NW",
        "OL",
        "OX",
        "PA",
        "PE",
        "PH",
        "PL",
        "PO",
        "PR",
        "RG",
        "RH",
        "RM",
        "S",
        "SA",
        "SE",
        "SG",
        "SK",
        "SL",
        "SM",
        "SN",
        "SO",
        "SP",
        "SR",
        "SS",
        "ST",
        "SW",
        "SY",
        "TA",
        "TD",
        "TF",
        "TN",
        "TQ",
        "TR",
        "TS",
        "TW",
        "UB",
        "W",
        "WA",
        "WC",
        "WD",
        "WF",
        "WN",
        "WR",
        "WS",
        "WV",
        "YO",
        "ZE",
    ]
)


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
        code = match[1].upper()
        area = re.match(r"[A-Z]+", code)
        # "B12" is a vitamin unless it is the whole message or follows "in"; "B12 9AB" is a postcode.
        lone = len(code) <= 4 and _NOT_POSTCODES.match(code)
        led = re.search(
            r"(?:^|\b(?:in|near|postcode|at|from|around)(?: is)?\s*)$", text[: match.start()], re.I
        )
        return bool(area and area[0] in _AREAS and (not lone or led))
    if entity == "sex":
        # "My dad died of it": the search is not for him.
        return not re.match(r"(?:'?s)? (?:has |had |have )?(?:died|passed)\b", text[match.end() :], re.I)
    if entity == "age":
        return 0 <= _number(match[1]) <= 115
    return True
