"""Eligibility text as single rules: one rule a line, a bullet, a number, a label, or a sentence.

Nothing is lost and no word changed: every rule is a piece of the record. A list under "one of the
following:" stays with its lead as one rule, since alone its items would say something else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.models import Source, Study
from index.wording.rule_lines import Kind, Line, is_lead, lines, without_marker
from index.wording.rule_pieces import pieces

MOST_RULES = 200
FEWEST_DENIALS = 3
SHORTEST_LEAD_WORDS = 6
LONGEST_ITEM_WORDS = 20
_NOTHING = re.compile(
    r"^(?:\w[\w /-]{0,40}:\s*){0,2}(?:not specified|see disease characteristics|none|n/?a|not applicable|unspecified"
    r"|no (?:eligibility|inclusion|exclusion) criteria)\W*$",
    re.IGNORECASE,
)
# A heading that has lost its colon or what stood under it; among reasons to be left out it may be one.
_BARE_LABEL = re.compile(
    r"^(?:surgery|chemotherapy|radiotherapy|other|age|sex|renal|hepatic|hematopoietic|cardiovascular|pulmonary"
    r"|endocrine therapy|biologic therapy|performance status|life expectancy|menopausal status"
    r"|patient characteristics|prior concurrent therapy|disease characteristics)\W*$",
    re.IGNORECASE,
)
_SHUT_OUT = re.compile(
    r"\b(?:(?:are|is|will be) (?:not eligible|ineligible|excluded|not allowed))\W*$", re.IGNORECASE
)
# Under "exclusion" these say what may be, or what must be: no reason to be left out.
_LET_IN = re.compile(
    r"(?:note:\s*)?(?!no\b|none\b|neither\b)(?:(?:patients?|participants?|subjects?|people)\b[^;.]*?|(?:(?!\b(?:not?|but|except|unless|without|other)\b|[.]\s)[^,;:()])+?)\s"
    r"(?:(?:is|are|will be|may be) (?:allowed|permitted|acceptable|eligible|included|enrolled)|(?:will|are|is) not (?:be )?excluded)"
    r"(?: (?:provided|if|as long as)\b.*|\W*)",
    re.IGNORECASE | re.DOTALL,
)
_REQUIRED = re.compile(
    r"(?:(?:all |the )?(?:patients?|participants?|subjects?|volunteers?|wom[ae]n|m[ae]n|people) )?(?:must|should)\b",
    re.IGNORECASE,
)
_OWN_RULE = re.compile(
    r"^(?:age|aged|able|willing|written|informed|signed|patients?|participants?|subjects?|history|no|any|must|has|have|at least"
    r"|known|currently?|previous|prior|not|unable)\b",
    re.IGNORECASE,
)

# "No close contact with the following individuals:" heads a list in which people are items.
_LISTS_PEOPLE = re.compile(r"\bfollowing(?: [\w-]+)? (?:individuals|people|persons|contacts)\b", re.IGNORECASE)
_PERSON = re.compile(r"(?:patients?|subjects?|individuals?|people|participants?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Criterion:
    """One rule as the record has it."""

    kind: Kind
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
    included = [rule for rule in unique if rule.kind == "include"]
    excluded = [rule for rule in unique if rule.kind == "exclude"]
    if len(excluded) >= FEWEST_DENIALS and all(rule.text.lower().startswith("no ") for rule in excluded):
        # "No other liver disease", "No recent abuse of alcohol": the list says what must not be.
        excluded = [replace(rule, kind="include") for rule in excluded]
    return [*included, *excluded][:MOST_RULES]


def _rules(text: str, kind: Kind) -> Iterator[Criterion]:
    found = list(lines(text, kind))
    at = 0
    while at < len(found):
        line = found[at]
        items = _items(found, at) if is_lead(line.text) else []
        at += 1 + len(items)
        if items:
            joined = "; ".join(item.text.rstrip(" ;.") for item in items).replace(":; ", ": ")
            whole = f"{line.whole.rstrip(' :')}: {joined}."
            if not _NOTHING.match(whole):
                yield Criterion(line.kind, whole)
        elif not _NOTHING.match(line.whole) and not _is_bare_head(line):
            for piece in map(without_marker, pieces(line.whole)):
                if piece and not _NOTHING.match(piece) and not _is_bare_label(line, piece):
                    yield Criterion(_side(line, piece), piece)


def _is_bare_head(line: Line) -> bool:
    """Whether nothing stands under a heading; a long one is a rule that has lost its list."""
    return line.text.endswith(":") and len(line.text.split()) < SHORTEST_LEAD_WORDS


def _is_bare_label(line: Line, piece: str) -> bool:
    return (line.kind == "include" or piece.endswith(":")) and bool(_BARE_LABEL.match(piece))


def _side(line: Line, rule: str) -> Kind:
    """Where a rule stands by what it says: records put what is allowed among the reasons to be left out."""
    if _SHUT_OUT.search(rule):
        return "exclude"
    if line.kind == "exclude" and not line.label and (_LET_IN.fullmatch(rule) or _REQUIRED.match(rule)):
        return "include"
    return line.kind


def _items(found: list[Line], at: int) -> list[Line]:
    """The items under a lead: those with another marker, else short ones that are no rule by themselves."""
    lead = found[at]
    if at + 1 == len(found):
        return []
    first = found[at + 1]
    items: list[Line] = []
    for line in found[at + 1 :]:
        if line.kind != lead.kind or line.block != first.block or (line.text.endswith(":") and not line.marker):
            break
        starts = is_lead((items or [lead])[-1].text)
        flat = first.marker == lead.marker or (starts and bool(items))
        if line.marker == lead.marker and not flat:
            break
        if flat and _is_rule_of_its_own(line.text, starts, bool(_LISTS_PEOPLE.search(lead.text))):
            break
        items.append(line)
    return items


def _is_rule_of_its_own(text: str, after_lead: bool, of_people: bool) -> bool:
    """Whether a line in a list without steps is its end.

    after_lead: it is the first one that can be in it; of_people: the list names kinds of people
    """
    if after_lead or (of_people and _PERSON.match(text)):
        return False
    first = text.split(" OR ", maxsplit=1)[0]
    return len(first.split()) > LONGEST_ITEM_WORDS or bool(_OWN_RULE.match(text))
