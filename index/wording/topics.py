"""What a person can be asked about rules, and which rules an answer settles: those about nothing else.

A rule that holds one word more than a topic's phrases and the small words around them is not read. One
about less than was asked ("chemotherapy for leukaemia") is settled by no, and never by yes.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from index.wording.content import content
from index.wording.criteria import Criterion

LONGEST_RULE_WORDS = 30
_LABEL = re.compile(r"^([A-Z][A-Za-z /-]{2,60}):\s*")
# "Other: not pregnant" is for everybody, "Donor: not pregnant" is not.
_FOR_ALL = re.compile(
    r"(?:other|radiotherapy|chemotherapy|surgery|endocrine therapy|biologic therapy|cardiovascular|renal"
    r"|hepatic|pulmonary|neurologic|hematopoietic|immunologic|prior concurrent therapy|excluded"
    r"|.*\b(?:patients?|volunteers?|subjects?|participants?|you|he/she)\b.*\b(?:if|must|have|they|you|he/she))",
    re.IGNORECASE,
)
_PEOPLE = r"patients?|participants?|subjects?|people|persons?|individuals?|volunteers?|adults?"
_WOMEN = r"women|woman|females?"
_SMALL = (
    rf"{_PEOPLE}|those|anyone|who|with|that|is|are|be|being|has|have|having|must|should|do|does|any|an?|the|known"
    r"|documented|confirmed|clinical|diagnosed|diagnosis|of|presence|evidence|treatment|use|using"
    r"|taking|receiving|take|on"
)
_DENIES = r"no|not|without|never|absence of|free (?:of|from)|non|unable to|inability to|cannot|lack of"
_PAST = r"previous|previously|prior|history(?: of)?|past|had|been|undergone|received|ever"
_NOW = r"current|currently|concurrent|concurrently|concomitant|ongoing|present|active|actively"
_LESS = (
    r"severe|serious|(?:clinically )?significant|uncontrolled|(?:poorly|well)[ -]controlled|unstable"
    r"|advanced|chronic|mild|moderate|heavy|high[ -]dose|long[ -]term|regular|major|invasive"
)
_JOIN = r"\s*(?:,\s*)?(?:and/or|or|and|nor|/|,)\s*"
_TIME = r"at (?:the time of )?(?:screening|baseline|enrol\w+|study entry|entry|inclusion|randomi[sz]ation)"
_SAME_TAIL = re.compile(
    rf"\s*(?:{_PEOPLE}|{_WOMEN}|{_TIME}|now|currently"
    r"|(?:(?:are|is|will be) )?(?:excluded|ineligible|not eligible)|\s)*\W*"
)
# What follows one of these may be a thing of its own, that the answer says nothing about.
_MORE = (
    r"(?!.*(?:\b(?:or|and) (?:(?:have|has|had|any|other|who|are|is|no|not)\b"
    r"|\b(?:or|and) an? (?:lifetime|history|diagnosis|current))"
    r"|\b(?:concurrent|after|until|during|following|history)\b))"
)
_EXCEPT = rf"(?:except|other than|unless|apart from|with the exception of)\b{_MORE}.*"
_ABOUT_LESS = (
    rf"(?:for|to the?)\b{_MORE}(?!.*\b(?:no|not|prior|previous|other|any)\b)[^;:.]*"
    r"|requiring [\w ]+|(?:that|which) (?:might|would|could|will) interfere[\w ,'’]*"
    r"|interfering with [\w -]+"
)
_LESS_TAIL = re.compile(rf"\W*(?:{_EXCEPT}|{_ABOUT_LESS})\W*", re.DOTALL)
_UNIT = r"(?:\w+ )?(?:years?|months?|weeks?|days?)"
_WINDOW = re.compile(rf"\W*(?:with)?in (?:the (?:last|past|previous|preceding) {_UNIT}|\d+ \w+)\W*")
# "Allowed" asks for nothing.
_ALLOWS = re.compile(r"\b(?:allowed|permitted|acceptable|recovered|agree|if|may)\b|(?<!not )\beligible\b")
_CAPITAL = re.compile(r"(\w+[%)]?) ([A-Z][A-Za-z]+)")
_NAMES = frozenset({"English", "Alzheimer", "I", "II", "III"})


@dataclass(frozen=True)
class Topic:
    """Something that a person can be asked about rules; see `questions.yml`.

    wanted: whether a study may ask for it; heading: whether its name alone may be a heading
    full, wider: phrases; part: groups of phrases, of which two together are the whole if `together`
    """

    id: str
    ask: str
    full: re.Pattern[str] | None
    part: tuple[re.Pattern[str], ...]
    wider: re.Pattern[str] | None
    any: re.Pattern[str]
    front: re.Pattern[str]
    ever: bool = False
    wanted: bool = True
    heading: bool = False
    together: bool = False
    sex: str = ""


class Reading(NamedTuple):
    """A rule that answers settle. denied: it asks for the absence; settles: the answers that decide it."""

    topic: Topic
    denied: bool
    settles: frozenset[bool]


@cache
def topics() -> tuple[Topic, ...]:
    """The editors' topics, in their order."""
    return tuple(map(_topic, content("questions")["topics"]))


def _topic(entry: dict[str, object]) -> Topic:
    def phrases(name: str) -> list[str]:
        found = entry.get(name, [])
        assert isinstance(found, list)
        return [re.sub(r"(?<=\w)\*", r"\\w*", one).replace(" ", r"\s+") for one in found]

    groups = entry.get("part", [])
    assert isinstance(groups, list)
    part = [[re.sub(r"(?<=\w)\*", r"\\w*", one).replace(" ", r"\s+") for one in group] for group in groups]
    every = [*phrases("full"), *phrases("wider"), *(one for group in part for one in group)]
    # The longest first: "type 2 diabetes" before "diabetes".
    every.sort(key=len, reverse=True)
    women = f"|{_WOMEN}" if entry.get("sex") == "female" else ""
    around = "".join(f"|{one}" for one in phrases("around"))
    front = f"{_SMALL}|{_DENIES}|{_PAST}|{_NOW}|{_LESS}{women}{around}"
    return Topic(
        id=str(entry["id"]),
        ask=str(entry["ask"]),
        full=_whole(phrases("full")),
        part=tuple(found for group in part if (found := _whole(group))),
        wider=_whole(phrases("wider")),
        any=re.compile(rf"\b(?:{'|'.join(every)})(?!\w|-\w)"),
        front=re.compile(rf"(?:(?:{front})(?:\W+|$))*"),
        ever=bool(entry.get("ever")),
        wanted=bool(entry.get("wanted", True)),
        heading=bool(entry.get("heading")),
        together=bool(entry.get("together")),
        sex=str(entry.get("sex", "")),
    )


def _whole(written: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{one})" for one in written)) if written else None


def read_rule(criterion: Criterion) -> Reading | None:
    """The topic that a rule is about, where an answer settles it and nothing else is in it."""
    written = criterion.text.strip()
    if label := _LABEL.match(written):
        if not _FOR_ALL.fullmatch(label[1]):
            return None
        written = written[label.end() :]
    if len(written.split()) > LONGEST_RULE_WORDS or _holds_another(written):
        return None
    text = " ".join(written.lower().replace("’", "'").split())
    if _ALLOWS.search(text):
        return None
    found = next((found for topic in topics() if (found := _read(topic, text))), None)
    return found if found and _makes_sense(found, criterion, text) else None


def _holds_another(written: str) -> bool:
    """Whether a capital in the middle begins a rule of its own, as where lines have run together."""
    small = re.compile(rf"(?:{_SMALL}|{_DENIES}|{_PAST}|{_NOW}|in|by|to|for|from)", re.IGNORECASE)
    return any(
        found[2] not in _NAMES and not (found[2].isupper() and small.fullmatch(found[1]))
        for found in _CAPITAL.finditer(written)
        if not found[2].isupper() or found[2] in ("HIV", "OR", "AND", "NOT", "NO")
    )


def _makes_sense(found: Reading, criterion: Criterion, text: str) -> bool:
    """Whether a rule stands where it can be meant: lists lose their heading, or are under a wrong one."""
    topic = found.topic
    if criterion.kind == "exclude":
        # "Must not be pregnant" among the reasons to be left out; only "unable to speak" is one.
        return "must" not in criterion.text.lower() and (not found.denied or topic.id == "english")
    if found.denied:
        return True
    return topic.wanted and not (topic.heading and bool(topic.any.match(text)))


def _read(topic: Topic, text: str) -> Reading | None:
    first = topic.any.search(text)
    if first is None or not topic.front.fullmatch(text[: first.start()]):
        return None
    front, named, rest = text[: first.start()], [first[0]], text[first.end() :]
    following = re.compile(rf"{_JOIN}(?:(?:{_SMALL}|{_PAST})\W+)*({topic.any.pattern})")
    while found := following.match(rest):
        named.append(found[1])
        rest = rest[found.end() :]
    settles = _settled_by(topic, named)
    denials = len(re.findall(rf"\b(?:{_DENIES})\b", front))
    now, past = (bool(re.search(rf"\b(?:{words})\b", front)) for words in (_NOW, _PAST))
    if denials > 1 or (past and not topic.ever):
        return None
    if re.search(rf"\b(?:{_LESS})\b", front) or (now and topic.ever):
        settles &= {False}
    if not _SAME_TAIL.fullmatch(rest):
        if not (_LESS_TAIL.fullmatch(rest) or (topic.ever and _WINDOW.fullmatch(rest))):
            return None
        settles &= {False}
    return Reading(topic, bool(denials), settles) if settles else None


def _settled_by(topic: Topic, named: list[str]) -> frozenset[bool]:
    """Which answers settle a rule that names these phrases."""
    groups = {at for one in named for at, group in enumerate(topic.part) if group.fullmatch(one)}
    if any(topic.full and topic.full.fullmatch(one) for one in named) or (topic.together and len(groups) > 1):
        return frozenset({True, False})
    if any(topic.wider and topic.wider.fullmatch(one) for one in named):
        return frozenset({True})
    return frozenset({False})


def yes_is_good(criterion: Criterion, reading: Reading) -> bool:
    """Whether yes to the topic's question speaks for taking part."""
    return (criterion.kind == "include") != reading.denied
