"""Small readings that every registry needs: dates, ages, tidy text."""

import html
import re
from datetime import date

from index.text import without_tags

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~|])")
_DIRTY = re.compile(r"[<&\\\x00-\x1f\x7f\u00a0]|  ")
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_BLANK_LINES = re.compile(r"\n\s*\n\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_AGE = re.compile(r"(\d+(?:\.\d+)?)\s*(year|month|week|day|hour|minute)", re.IGNORECASE)
_YEARS = {"year": 1.0, "month": 12.0, "week": 52.18, "day": 365.25, "hour": 8766.0}
_NOTHING = {
    "",
    "n/a",
    "nil known",
    "nil",
    "none",
    "not applicable",
    "not provided at time of registration",
}


def text(value: object) -> str:
    """A field's text without markup, entities, Markdown escapes and stray spaces; lines kept.

    Anything that is not text (a number where text belongs, None) reads as its text or as "".
    """
    if value is None or isinstance(value, dict | list):
        return ""
    if not _DIRTY.search(tidy := str(value)):
        return tidy.strip()
    raw = html.unescape(without_tags(tidy))
    raw = _CONTROL.sub(" ", _ESCAPED.sub(r"\1", raw))
    lines = (_SPACES.sub(" ", line).strip() for line in raw.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def line(value: object) -> str:
    """The same on one line, for titles and names."""
    return " ".join(text(value).split())


def said(value: object) -> str:
    """A line, or "" where the record writes that there is none ("Nil known", "N/A")."""
    found = line(value)
    return "" if found.lower().rstrip(".") in _NOTHING else found


def day(value: object) -> date | None:
    """A date from YYYY-MM-DD, YYYY-MM (its first day) or an ISO time; None if there is none."""
    found = re.match(r"(\d{4})-(\d{2})(?:-(\d{2}))?", str(value or "").strip())
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None


def years(value: object) -> float | None:
    """An age limit in years from "18 Years", "6 Months" ...; None for no limit."""
    found = _AGE.search(str(value or ""))
    if not found:
        return None
    unit = found[2].lower()
    return round(float(found[1]) / _YEARS.get(unit, 525_960.0), 4)


def iras_number(written: str) -> str:
    """The project number of the UK's research application system as "IRAS123456", else "".

    A text with several numbers, or a filler such as 123456 or 000000, names no project.
    """
    numbers = set(re.findall(r"\d+", written))
    if len(numbers) != 1:
        return ""
    number = numbers.pop().lstrip("0")
    filler = len(set(number)) < 2 or number in ("12345", "123456", "1234567")
    return "" if filler or not 5 <= len(number) <= 7 else f"IRAS{number}"


def sentences_of_list(criteria: str) -> tuple[list[str], list[str]]:
    """One text of criteria as (inclusion, exclusion) rules, split at headings and bullets."""
    inclusion: list[str] = []
    exclusion: list[str] = []
    rules = inclusion
    for raw in criteria.split("\n"):
        rule = re.sub(r"^\s*(?:[-*•·]|\(?\d{1,2}[.)])\s+", "", raw).strip()
        if not rule:
            continue
        heading = rule.lower().strip(" :*#")
        if len(heading) < 60 and re.search(r"\bexclusion|\bexclusionary|not eligible", heading):
            rules = exclusion
        elif len(heading) < 60 and re.search(r"\binclusion|\beligibility criteria", heading):
            rules = inclusion
        else:
            rules.append(rule)
    return inclusion, exclusion
