"""The two or three sentences of a card: from the structured fields first, then the record's own."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from index.models import Intervention, Source, Study
from index.plain_english import Simplifier, reading_age
from index.plain_english.sentences import sentences
from index.wording.content import content, say
from index.wording.facts import NOT_SAID
from index.wording.names import conditions, is_placebo, listed, treatments

EASY_AGE = 11.0
"""The reading age, in years, that a card aims at."""
OWN_WORDS_AGE = 12.0
"""A little more is granted to a card that holds the record's own sentence, which says more."""
SENTENCES = 3
LONGEST_WORDS = 24
HEAD_CHARACTERS = 4000
CANDIDATES = 20
_MEDICINES = ("drug", "biological", "combination_product", "dietary_supplement", "genetic")


def summary(study: Study, title: str) -> str:
    """What the study is about and what people do, in two or three sentences that read easily.

    The first choice that reads easily together with the title; where none does, the easiest.
    """
    if study.source == Source.DEMO:
        return " ".join(islice(sentences(study.summary[:HEAD_CHARACTERS]), SENTENCES)) or NOT_SAID
    best, best_age = NOT_SAID, 99.0
    aim = _own_aim(study)
    for choice in _choices(study, aim):
        text = " ".join(choice)
        age = max(reading_age(text), reading_age(f"{title}. {text}"))
        if age <= EASY_AGE + (OWN_WORDS_AGE - EASY_AGE) * (aim in choice):
            return text
        if age < best_age:
            best, best_age = text, age
    return best


def _choices(study: Study, aim: str) -> Iterator[list[str]]:
    """Ways of saying it, the fullest first."""
    does = _does(study)
    abouts = _abouts(study)
    looks = list(_looks(study))
    for about in abouts:
        if aim:
            first = [] if _names(aim, study) else [about]
            yield [part for part in (*first, aim, *does) if part][:SENTENCES]
    for about in abouts:
        for look in looks or [""]:
            yield [part for part in (about, look, *does[: SENTENCES - 1 - bool(look)]) if part]
    for about in abouts:
        yield [part for part in (about, *does[:1]) if part]
        yield [about] if about else [say("about_title")]


def what_happens(study: Study) -> list[str]:
    """Plain sentences on what is tried and what happens to people, from the structured fields."""
    return [*islice(_looks(study), 1), *_does(study)]


def _abouts(study: Study) -> list[str]:
    said: dict[str, None] = {}
    for most, brackets in ((2, True), (1, True), (2, False), (1, False)):
        if named := conditions(study, most, brackets):
            said[say("about", conditions=named)] = None
    if not said and not (study.title or study.summary):
        return [say("about_nothing")]
    return list(said) or [""]


def _looks(study: Study) -> Iterator[str]:
    """What is tried, by name; then fewer names; then only how many."""
    names = treatments(study)
    if not names:
        return
    kinds = {item.type for item in study.interventions if not is_placebo(item)}
    medicines = kinds <= set(_MEDICINES)
    for most in range(min(3, len(names)), 0, -1):
        named = listed(names[:most])
        if len(names) > most:
            named = say("and_more", names=", ".join(names[:most]), count=len(names) - most)
        yield say(_look_key(kinds, medicines, len(names)), names=named)
    if len(names) > 1:
        yield say("count_medicines" if medicines else "count_treatments", count=len(names))


def _look_key(kinds: set[str], medicines: bool, count: int) -> str:
    if kinds == {"device"} and count == 1:
        return "device"
    if kinds == {"drug"} or (medicines and "drug" in kinds):
        return "medicine" if count == 1 else "medicines"
    return "treatments"


def _does(study: Study) -> list[str]:
    """What happens to people, as far as the structured fields say it."""
    found = []
    if study.allocation == "randomized":
        found.append(say("chance"))
    if any(
        is_placebo(item) and re.search("placebo", _said(item), re.IGNORECASE) for item in study.interventions
    ):
        found.append(say("placebo"))
    if study.kind == "observational":
        found.append(say("watching"))
    return found


def _said(item: Intervention) -> str:
    return f"{item.name} {item.description}"


def _own_aim(study: Study) -> str:
    """The record's own sentence on what it is for, in plain words; "" if none reads easily."""
    source = study.sections.get("background") or study.summary or study.details
    simplifier = Simplifier.load()
    for raw in islice(sentences(source[:HEAD_CHARACTERS]), CANDIDATES):
        if not _may_be_aim(raw):
            continue
        sentence = simplifier.sentence(raw)
        text = sentence.text.strip()
        if sentence.own or sentence.refused or not text.endswith((".", "?")):
            continue
        if any(len(part.split()) > LONGEST_WORDS for part in sentences(text)):
            continue
        if reading_age(text) <= EASY_AGE + 2 and not frightens(text):
            return text
    return ""


def _may_be_aim(sentence: str) -> bool:
    lower = sentence.lower()
    if len(sentence) < 25 or len(sentence) > 320 or _leans().match(lower):
        return False
    return bool(_aims().search(lower))


def _names(text: str, study: Study) -> bool:
    """Whether the text names a condition of the study."""
    lower = text.lower()
    plain = conditions(study, 4, brackets=False).lower()
    words = set(re.findall(r"[a-z]{4,}", plain)) - {"with", "disease", "cancer", "chronic"}
    return any(word in lower for word in words)


@cache
def _aims() -> re.Pattern[str]:
    return _any_of("aim_words")


@cache
def _leans() -> re.Pattern[str]:
    return re.compile(r"(?:" + "|".join(map(re.escape, content()["leaning"])) + r")\b(?! is not known)")


@cache
def _never() -> re.Pattern[str]:
    return _any_of("never_on_a_card")


def frightens(text: str) -> bool:
    """Whether a text holds a word that no card may hold."""
    return bool(_never().search(text.lower()))


def _any_of(key: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, content()[key])) + r")\b")
