"""Numbers as people write them, in figures and in words, to plain values."""

import re

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
ORDINALS = {
    "first": "1", "1st": "1", "second": "2", "2nd": "2", "third": "3", "3rd": "3", "fourth": "4",
    "4th": "4", "fifth": "5", "5th": "5", "sixth": "6", "6th": "6", "last": "last",
}  # fmt: skip
_WORD = "|".join(sorted(NUMBERS, key=len, reverse=True))
COUNT = rf"(\d{{1,3}}(?:\.\d)?|(?:{_WORD})(?:[ -](?:{_WORD}))?)"
"""A count as a regular expression with one group."""


def number(text: str) -> float:
    """The value of what COUNT matches; raises ValueError for other words."""
    total = 0.0
    for part in re.split(r"[ -]", text.lower()):
        total += NUMBERS[part] if part in NUMBERS else float(part)
    return total


def plain(value: float) -> str:
    """72, not 72.0."""
    return f"{round(value, 2):g}"


def years(match: "re.Match[str]") -> str:
    """Years from a match of COUNT."""
    return plain(number(match[1]))


def months(match: "re.Match[str]") -> str:
    """Years from a match of COUNT and of "months" or "weeks"."""
    per_year = 12 if match[2].lower().startswith("m") else 52
    return plain(round(number(match[1]) / per_year, 2))


def miles(match: "re.Match[str]") -> str:
    """Whole miles, at least one, from a match of COUNT and of a unit."""
    found = number(match[1]) * (0.621 if match[2].lower().startswith("k") else 1)
    return plain(max(round(found), 1))
