"""Eligibility text as single rules: one rule a line, a bullet, a number, a label, or a sentence.

Nothing is lost and no word changed: every rule is a piece of the record. A list under "one of the
following:" stays with its lead as one rule, since alone its items would say something else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.models import Source, Study
from index.plain_english.sentences import sentences, tidy, unwrapped

Kind = Literal["include", "exclude"]
MOST_RULES = 200
SHORTEST_CUT_WORDS = 5
_MARKER = re.compile(
    r"^\s*(?:([-*•·‣▪◦o])|(\(?\d{1,2}(?:\.\d{1,2})?[.):]?)|(\(?[a-zA-Z][.)])|(\(?[ivx]{1,4}[.)]))\s+"
)
_HEAD = re.compile(
    r"^\W*(?:(?:main|key|major|principal|general|patient|study|other|additional)\s+)?"
    r"(?:(?P<out>exclusion(?:ary)?|non-?inclusion)|(?P<in>inclusion|eligibility))\b[^:.]{0,50}(?:criteria|criterion)?[^:.]{0,30}[:.]?\s*",
    re.IGNORECASE,
)
# "Patients are not eligible if they:" heads what follows as a heading would. One that says which patients does
# not, and neither does one of "any of the following" among the reasons to take part.
_WHO_HEAD = re.compile(
    r"^(?:the )?(?:patients?|participants?|subjects?|volunteers?|people|you|children|women|men)\b"
    r"(?:(?: with (?:any of )?the following)[^.:;]{0,30}|(?:(?! with|\b(?:if|who)\b)[^.:;]){0,30}?)\b"
    r"(?:(?P<out>not be eligible|not eligible|ineligible|be excluded|are excluded|not take part|not be included)"
    r"|(?!.*\b(?:any|one|either|some)\b)(?:eligible|be included|are included))\b[^.:;]{0,50}:$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:(?<=[\w.;:)%])\s+|^)(\d{1,2})[.)]\s+(?=[A-Za-z])")
_LABEL = re.compile(r"^[A-Z][A-Za-z /-]{2,40}:$")
_NOTHING = re.compile(
    r"^(?:\w[\w /-]{0,40}:\s*)?(?:not specified|see disease characteristics|none|n/?a|not applicable|unspecified)\W*$",
    re.IGNORECASE,
)
# A heading that has lost its colon or what stood under it; among reasons to be left out it may be one.
_BARE_LABEL = re.compile(
    r"^(?:surgery|chemotherapy|radiotherapy|other|age|sex|renal|hepatic|hematopoietic|cardiovascular|pulmonary"
    r"|endocrine therapy|biologic therapy|performance status|life expectancy|menopausal status"
    r"|patient characteristics|prior concurrent therapy|disease characteristics)\W*$",
    re.IGNORECASE,
)
_SECTION = re.compile(r"^[A-Z][A-Z /,&-]{8,60}:\s*")
# In one unbroken line: labels with a colon, numbers, bullets, or where a rule begins with one of these.
_INLINE = re.compile(
    r"(?<=[a-z0-9.)%;])\s+(?=(?:(?:Performance status|Life expectancy|Hematopoietic|Hepatic|Renal|Cardiovascular|Pulmonary|Other|Age|Sex"
    r"|Menopausal status|Biologic therapy|Chemotherapy|Endocrine therapy|Radiotherapy|Surgery|Neurologic|Immunologic):\s))"
    r"|(?<=[a-z0-9)%])[;.]?\s+(?=(?:\d{1,2}[.)]|[-*•])\s+[A-Za-z])"
    r"|(?<=[a-z0-9)%])\s+(?=(?:No|Not|Must|Any|Patients|Participants|Subjects|Women|Men|History|Histologically|Evidence|Adequate|Written"
    r"|Signed|Able|Unable|Willing|Pregnant|Previous|Prior|Known|Age|Aged|Current|At least|Negative|Fertile|Concurrent|Fit|Such|Recovered"
    r"|Effective|Sufficiently)\s[a-z0-9]|Not HIV\b)"
    r"|(?<=See Disease Characteristics)\s+(?=[A-Z])"
)
_NO_CUT_AFTER = re.compile(
    r"\b(?:and|or|with|of|than|for|to|the|a|an|in|by|from|not|no|if|either|following|except|are|is|unless|other)$",
    re.IGNORECASE,
)
# A list follows. "Urine below 2 litres" and "any infection including hepatitis" end like one and are none.
_LEAD = re.compile(
    r"(?:\b(?:the|these) following(?: [\w-]+){0,8}|\bfollowing (?:criteria|conditions|reasons|signs|symptoms|tests)"
    r"|of these|as follows|(?:listed|given|described|criteria|conditions) below|any of|one of|all of)\W*$|:\s*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"^\([^()]*\)\W*$")
_SHUT_OUT = re.compile(
    r"\b(?:(?:are|is|will be) (?:not eligible|ineligible|excluded|not allowed))\W*$", re.IGNORECASE
)
_OWN_RULE = re.compile(
    r"^(?:age|aged|able|willing|written|informed|signed|patients?|participants?|subjects?|history|no|any|must|has|have|at least"
    r"|known|currently?|previous|prior|not|unable)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Criterion:
    """One rule as the record has it."""

    kind: Kind
    text: str


@dataclass
class _Line:
    kind: Kind
    marker: str
    text: str


def criteria(study: Study) -> list[Criterion]:
    """Every rule of a record in its order, those for taking part first; at most MOST_RULES."""
    if study.source == Source.CTGOV and study.eligibility:
        found = list(_rules(study.eligibility, "include"))
    else:
        found = [
            *_rules("\n".join(study.inclusion), "include"),
            *_rules("\n".join(study.exclusion), "exclude"),
        ]
    unique = dict.fromkeys(rule for rule in found if rule.text)
    ordered = [rule for rule in unique if rule.kind == "include"]
    return [*ordered, *(rule for rule in unique if rule.kind == "exclude")][:MOST_RULES]


def _rules(text: str, kind: Kind) -> Iterator[Criterion]:
    lines = list(_lines(text, kind))
    at = 0
    while at < len(lines):
        line, step = lines[at], 1
        if _LEAD.search(line.text) and at + 1 < len(lines):
            children = _children(lines, at)
            if children:
                joined = "; ".join(child.text.rstrip(" ;.") for child in children)
                yield Criterion(line.kind, f"{line.text.rstrip(' :')}: {joined}.")
                step += len(children)
                at += step
                continue
        if not _NOTHING.match(line.text) and not line.text.endswith(":"):
            for piece in _pieces(line.text):
                if line.kind == "include" and _BARE_LABEL.match(piece):
                    continue
                yield Criterion("exclude" if _SHUT_OUT.search(piece) else line.kind, piece)
        at += step


def _children(lines: list[_Line], at: int) -> list[_Line]:
    """The items under a lead: those with another marker, else short ones that are no rule by themselves."""
    lead, first = lines[at], lines[at + 1]
    found: list[_Line] = []
    for line in lines[at + 1 :]:
        if line.kind != lead.kind or (line.marker == lead.marker and first.marker != lead.marker):
            break
        if first.marker == lead.marker and (_OWN_RULE.match(line.text) or len(line.text.split()) > 14):
            break
        found.append(line)
    return found


def _lines(text: str, kind: Kind) -> Iterator[_Line]:
    """Lines of the text with their kind and marker; headings switch the kind, labels join what follows."""
    label, last = "", None
    for raw in _with_heads_apart(unwrapped(text)).split("\n"):
        marker = _MARKER.match(raw)
        line = tidy(raw[marker.end() :] if marker else raw)
        if not line:
            continue
        if who := _WHO_HEAD.match(line):
            kind, label = ("exclude" if who["out"] else "include"), ""
            continue
        if _ASIDE.match(line) and last is not None:
            # "(e.g., itraconazole)" explains the rule before it.
            last.text = f"{last.text} {line}"
            continue
        head = _HEAD.match(line)
        if head and (
            len(line) < 70 or line[: head.end()].rstrip().endswith(":") or line.rstrip().endswith(":")
        ):
            kind = "exclude" if head["out"] else "include"
            line = line[head.end() :].strip() if ":" in line[: head.end()] else ""
            label = ""
            if not line:
                continue
        line = _SECTION.sub("", line)
        if _LABEL.match(line) and not _LEAD.search(line.rstrip(":")) and not marker:
            label = line
            continue
        if line:
            if last is not None:
                yield last
            last = _Line(kind, _marker_kind(marker), f"{label} {line}".strip() if label else line)
            if not marker:
                label = ""
    if last is not None:
        yield last


def _with_heads_apart(text: str) -> str:
    """Headings inside a line begin a line of their own."""
    parted = re.sub(
        r"(?<=[\w.)])\s+(?=(?:Key |Main |Major )?(?:Inclusion|Exclusion|INCLUSION|EXCLUSION) (?:Criteria|criteria|CRITERIA)\b)",
        "\n",
        text,
    )
    parted = "\n".join(_numbers_apart(line) for line in parted.split("\n"))
    return re.sub(r"(?<=[a-z0-9.)])\s+(?=[A-Z]{6,}(?: [A-Z]{4,})+:)", "\n", parted)


def _numbers_apart(line: str) -> str:
    """Numbered rules inside one line, where the numbers count up, begin lines of their own."""
    numbers = [int(found[1]) for found in _NUMBERED.finditer(line)]
    if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return line
    return _NUMBERED.sub(lambda found: f"\n{found[0].strip()} ", line)


def _marker_kind(marker: re.Match[str] | None) -> str:
    if marker is None:
        return ""
    if marker[1]:
        return marker[1]
    if marker[2]:
        return "1.1" if "." in marker[2].strip("(.):") else "1"
    return "a"


def _pieces(line: str) -> Iterator[str]:
    """The rules in one line: its sentences, and where it runs on, the places where a new rule begins."""
    for sentence in sentences(line):
        if len(sentence.split()) < SHORTEST_CUT_WORDS:
            yield sentence
            continue
        start = 0
        for cut in _INLINE.finditer(sentence):
            before = sentence[start : cut.start()].strip()
            if not before or _NO_CUT_AFTER.search(before) or before.count("(") > before.count(")"):
                continue
            if before.endswith((",", ":")):
                continue
            yield from _clean(before)
            start = cut.end()
        yield from _clean(sentence[start:])


def _clean(piece: str) -> Iterator[str]:
    text = _MARKER.sub("", piece).strip()
    if text and not _NOTHING.match(text):
        yield text
