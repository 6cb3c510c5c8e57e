"""Eligibility text as lines that each hold a rule or a few: headings, labels and broken lines are settled here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.plain_english.sentences import tidy, unwrapped

Kind = Literal["include", "exclude"]
_MARKER = re.compile(
    r"^\s*(?:([-*•·‣▪◦o])|(\(?\d{1,2}(?:\.\d{1,2})?(?:[.):]|(?=\s+[A-Z])))|(\(?[a-zA-Z][.)])|(\(?[ivx]{1,4}[.)]))\s+"
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
    r"(?:(?: with (?:any of )?the following| who (?:meet|have|fulfil\w*) any (?:one )?of (?:the following|these))[^.:;]{0,30}"
    r"|(?:(?! with|\b(?:if|who)\b)[^.:;]){0,30}?)\b"
    r"(?:(?P<out>not be eligible|not eligible|ineligible|be excluded|are excluded|not take part|not be included)"
    r"|(?!.*\b(?:any|one|either|some)\b)(?:eligible|be included|are included))\b[^.:;]{0,50}:$",
    re.IGNORECASE,
)
# "--Disease Characteristics--"
_RULED_HEAD = re.compile(r"^\s*-{2,}[^-].*[^-]-{2,}\s*$")
_RULED = re.compile(r"(?m)(?<=\S)[ \t]+-{2}[A-Z][\w/ ]{2,40}:?-{2}(?=\s|$)")
_NUMBERED = re.compile(r"(?:(?<=[\w.;:)%])\s+|^)(\d{1,2})[.)]\s+(?=[A-Za-z])")
_LABEL = re.compile(r"^[A-Z][A-Za-z /-]{2,40}:$")
# A label may say on which side its rules stand, whatever the heading above it.
_TAKES_IN = re.compile(r"^(?:required|allowed|permitted|(?:\w+ )?must (?:have|be))\b", re.IGNORECASE)
_LEAVES_OUT = re.compile(r"^(?:excluded|prohibited|not (?:allowed|permitted))\b", re.IGNORECASE)
_OWN_LABEL = re.compile(r"(?:allowed|permitted|required|excluded|not allowed): ", re.IGNORECASE)
_SECTION = re.compile(r"^[A-Z][A-Z /,&-]{8,60}:\s*")
# A list follows. "Urine below 2 litres" and "any infection including hepatitis" end like one and are none.
_LEAD = re.compile(
    r"(?:\b(?:the|these) following(?: [\w-]+){0,8}|\bfollowing (?:criteria|conditions|reasons|signs|symptoms|tests)"
    r"|of these|as follows|(?:listed|given|described|criteria|conditions) below|any of|one of|all of)\W*$|:\s*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"^\([^()]*\)\W*$")
_ALTERNATIVE = re.compile(r"^(?:and/)?or\W*$", re.IGNORECASE)
# What cannot be the end of a rule: the next line goes on with it.
_GOES_ON = re.compile(r"(?:\b(?:OR|either|of|than|the|a|an|only|with)|(?<=[\w)]) or)$")


def is_lead(text: str) -> bool:
    """Whether a list must follow a line: "one of the following:"."""
    return bool(_LEAD.search(text))


def without_marker(text: str) -> str:
    """The text without its bullet, number or letter."""
    return _MARKER.sub("", text).strip()


@dataclass
class Line:
    """A line of the text.

    marker: the kind of its bullet; label: the heading it stands under, "" without one
    block: its number counts the headings and labels above it
    """

    kind: Kind
    marker: str
    text: str
    label: str = ""
    block: int = 0

    @property
    def whole(self) -> str:
        """The line with its label, unless it has one of its own: "Allowed: aspirin"."""
        return self.text if _OWN_LABEL.match(self.text) else f"{self.label} {self.text}".strip()


def lines(text: str, kind: Kind) -> Iterator[Line]:
    """Every line with its kind and label, lines that were broken joined. kind: where no heading says so."""
    last: Line | None = None
    for line in _read(text, kind):
        if last is not None and last.kind == line.kind and _belongs(last, line):
            last.text = f"{last.text} {line.text}"
            continue
        if last is not None:
            yield last
        last = line
    if last is not None:
        yield last


def _belongs(last: Line, line: Line) -> bool:
    """Whether a line goes on with the one before: an aside, an "or", the end of its sentence."""
    if _ASIDE.match(line.text) or _ALTERNATIVE.match(line.text):
        # "(e.g., itraconazole)" explains the rule before it.
        return True
    if is_lead(last.text) or last.block != line.block:
        return False
    # Among the reasons to be left out each alternative stands on its own.
    return bool(_GOES_ON.search(last.text)) and (line.kind == "include" or not line.marker)


def _read(text: str, kind: Kind) -> Iterator[Line]:
    section, label, label_used, block = kind, "", False, 0
    for raw in _with_heads_apart(unwrapped(text)).split("\n"):
        marker = _MARKER.match(raw)
        line = tidy(raw[marker.end() :] if marker else raw)
        if not line:
            continue
        if _RULED_HEAD.match(raw):
            label, block = "", block + 1
            continue
        if who := _WHO_HEAD.match(line):
            section, label, block = ("exclude" if who["out"] else "include"), "", block + 1
            continue
        head = _HEAD.match(line)
        if head and (
            len(line) < 70 or line[: head.end()].rstrip().endswith(":") or line.rstrip().endswith(":")
        ):
            section = "exclude" if head["out"] else "include"
            line = line[head.end() :].strip() if ":" in line[: head.end()] else ""
            label, block = "", block + 1
            if not line:
                continue
        line = _SECTION.sub("", line)
        if not line or _RULED_HEAD.match(line):
            continue
        if not marker and line.endswith(":"):
            block += 1
        if _LABEL.match(line) and not is_lead(line.rstrip(":")) and not marker:
            label, label_used = line, False
            continue
        if not marker and label_used:
            # The list under the label has ended.
            label = ""
        yield Line(_side(label or line, section), _marker_kind(marker), line, label, block)
        label_used = bool(marker)
        if not marker:
            label = ""


def _side(label: str, section: Kind) -> Kind:
    if label.endswith(":") and _LEAVES_OUT.match(label):
        return "exclude"
    return "include" if label.endswith(":") and _TAKES_IN.match(label) else section


def _with_heads_apart(text: str) -> str:
    """Headings inside a line begin a line of their own."""
    parted = re.sub(
        r"(?<=[\w.)])\s+(?=(?:Key |Main |Major )?(?:Inclusion|Exclusion|INCLUSION|EXCLUSION) (?:Criteria|criteria|CRITERIA)\b)",
        "\n",
        text,
    )
    parted = _RULED.sub("\n", parted)
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
