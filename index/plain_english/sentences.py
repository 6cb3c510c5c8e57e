"""A text's sentences: headings and bullets stand for themselves, markup and shouting are taken out."""

import re

from index.text import without_tags

_END = re.compile(r"(?<=[.!?])[)”\"’]*\s+(?=[A-Z0-9\"“‘(])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|Dr|Prof|approx|no|St|Mr|Mrs|al|cf|Fig|incl|max|min|U\.S|U\.K)\.|\b[A-Z]\.)$",
    re.IGNORECASE,
)
_WRAPPED = re.compile(r"(?m)^(.{60,}[\w,)])\n(?=[a-z])(?![a-z][.)] )")
_LINK = re.compile(r"!?\[([^\]]{1,200})\]\((?:https?:|/)[^)\s]{0,300}\)")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|~~|`+)(?=\S)(.{1,400}?)(?<=\S)\1")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+|\s+#{1,6}\s*$")
_BULLET = re.compile(r"^\s*(?:[-*•·‣▪◦o]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+")
_RULE_LINE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
# Names that keep their capitals where a shouted sentence is set in ordinary letters.
_KEEPS_CAPITALS = re.compile(
    r"\b(?:[A-Z]*\d[A-Z\d]*|HIV|AIDS|NHS|UK|USA|DNA|RNA|MRI|CT|ECG|COPD|GP|TB|COVID)\b"
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each on one line, without Markdown or tags."""
    found: list[str] = []
    for raw in unwrapped(text).split("\n"):
        line = tidy(raw)
        if not line:
            continue
        joined = ""
        for part in _END.split(line):
            joined = f"{joined} {part}".strip()
            if not _ABBREVIATION.search(joined):
                found.append(joined)
                joined = ""
        if joined:
            found.append(joined)
    return found


def unwrapped(text: str) -> str:
    """The text with lines joined that were only broken to fit a width.

    They are long, have no end, and go on in small letters.
    """
    return _WRAPPED.sub(r"\1 ", text)


def tidy(line: str) -> str:
    """One line without bullets, Markdown, tags and stray spaces; shouting in ordinary letters."""
    if _RULE_LINE.match(line):
        return ""
    line = without_tags(_HEADING.sub("", line))
    line = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", line))
    line = " ".join(_BULLET.sub("", line).split())
    return quiet(line) if is_shouted(line) else line


def is_shouted(text: str) -> bool:
    """Whether a text of several words is set in capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(text.split()) >= 3 and sum(map(str.isupper, letters)) > 0.75 * len(letters)


def quiet(text: str) -> str:
    """A shouted text in ordinary letters; known abbreviations and codes keep their capitals."""
    kept = {found.start(): found[0] for found in _KEEPS_CAPITALS.finditer(text)}
    lower = text.lower()
    for start, name in kept.items():
        lower = lower[:start] + name + lower[start + len(name) :]
    return re.sub(r"(^|[.!?]\s+)([a-z])", lambda m: m[1] + m[2].upper(), lower)


def capitalised(text: str) -> str:
    """The text with a capital first letter; "pH" and "mRNA" stay."""
    first = text.split(" ", 1)[0]
    if any(letter.isupper() for letter in first[1:]):
        return text
    return text[:1].upper() + text[1:]
