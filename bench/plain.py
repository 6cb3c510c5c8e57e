"""How plain the plain English is: reading age before and after, and how often the verifier refuses.

Reading age is textstat's Flesch-Kincaid grade plus 5; hard words are textstat's, which are those of two
syllables or more outside its list of 3,000 easy words.
"""

import random
import statistics
import time
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index.models import Source, Study
from index.plain_english import Sentence, Simplifier
from index.queries import StudyCard
from index.registries.files import read_sources
from index.wording.card import Found, card
from index.wording.criteria import criteria
from index.wording.plainly import with_plain
from index.wording.rule_words import plain_rule

with warnings.catch_warnings():
    # It asks for pkg_resources, which warns that it will go.
    warnings.simplefilter("ignore")
    import textstat

SEED = 2026
RULES_SHOWN = 2
GRADE_TO_AGE = 5.0
UK = frozenset({"united kingdom", "england", "scotland", "wales", "northern ireland"})


@dataclass(frozen=True)
class Spread:
    """Of one kind of text: reading ages in years, and hard words in 100."""

    what: str
    texts: int
    median: float
    p90: float
    highest: float
    hard_words: float


@dataclass(frozen=True)
class Refusals:
    """Sentences of summaries, or rules: how many there are, were reworded, refused, left as hard."""

    what: str
    sentences: int
    reworded: int
    refused: int
    own_words: int


@dataclass(frozen=True)
class Plain:
    """Everything that was measured of plain English."""

    studies: int
    milliseconds: float  # of processor time a study
    spreads: list[Spread]
    refusals: list[Refusals]


def uk_studies(sources: Path) -> list[Study]:
    """The studies of a folder of registry files that have a UK site; made-up ones all."""
    found = [study for study in read_sources([sources]) if isinstance(study, Study)]
    return [
        study
        for study in found
        if study.source == Source.DEMO or any(site.country.lower() in UK for site in study.sites)
    ]


def measure(studies: list[Study]) -> Plain:
    """Word every study and compare with what its record says."""
    Simplifier.load()
    started = time.process_time()
    worded = [with_plain(study) for study in studies]
    milliseconds = (time.process_time() - started) / max(1, len(studies)) * 1000
    cards = [card_of(study) for study in worded]
    own = [study.summary or study.sections.get("background", "") for study in studies]
    spreads = [
        _spread("record: summary", own),
        _spread(
            "record: title and summary", [f"{s.title}. {text}" for s, text in zip(studies, own, strict=True)]
        ),
        _spread("card: summary", [shown.summary for shown in cards]),
        _spread("card: title and summary", [f"{shown.title}. {shown.summary}" for shown in cards]),
        _spread("card: whole", [whole(shown) for shown in cards]),
        _spread("record: rules", [_sentences(_rules(study)) for study in studies]),
        _spread("page: rules", [_sentences(_plain_rules(study)) for study in studies]),
    ]
    refusals = [
        _refusals(
            "sentences of summaries", [one for text in own for one in Simplifier.load().sentences(text)]
        ),
        _refusals("rules", [plain_rule(rule) for study in studies for rule in _rules(study)]),
    ]
    return Plain(len(studies), milliseconds, spreads, refusals)


def card_of(study: Study) -> StudyCard:
    """The card without a search."""
    return card(study, Found(about=True, why=[]), None, None, date.today())


def whole(shown: StudyCard) -> str:
    """Everything that a card says in sentences."""
    return f"{shown.title}. {shown.summary} {shown.who} {shown.status_text}"


def age(text: str) -> float:
    """Reading age in years by textstat."""
    return float(textstat.flesch_kincaid_grade(text)) + GRADE_TO_AGE


def _spread(what: str, texts: Iterable[str]) -> Spread:
    kept = [text for text in texts if text.strip()]
    ages = sorted(age(text) for text in kept)
    hard = sum(textstat.difficult_words(text) for text in kept)
    words = sum(textstat.lexicon_count(text) for text in kept)
    return Spread(
        what,
        len(kept),
        statistics.median(ages),
        ages[int(len(ages) * 0.9)],
        ages[-1],
        100 * hard / max(1, words),
    )


def _sentences(rules: list[str]) -> str:
    """Rules as one text: each ends like a sentence, or they would count as one."""
    return " ".join(rule if rule.endswith((".", ";", "?")) else f"{rule}." for rule in rules)


def _rules(study: Study) -> list[str]:
    return [rule.text for rule in criteria(study)]


def _plain_rules(study: Study) -> list[str]:
    return [plain_rule(rule).text for rule in _rules(study)]


def _refusals(what: str, found: list[Sentence]) -> Refusals:
    return Refusals(
        what,
        len(found),
        sum(sentence.text != sentence.source for sentence in found),
        sum(sentence.refused for sentence in found),
        sum(sentence.own for sentence in found),
    )


def examples(studies: list[Study], count: int) -> Iterator[str]:
    """Cards before and after in Markdown, drawn with a fixed seed."""
    chosen = random.Random(SEED).sample(  # noqa: S311 (nothing secret)
        sorted(studies, key=lambda study: study.id), min(count, len(studies))
    )
    for study in chosen:
        shown = card_of(with_plain(study))
        title, own = (
            study.scientific_title or study.title,
            study.summary or study.sections.get("background", ""),
        )
        yield f"### {study.id}\n"
        yield f"Before (reading age {age(f'{title}. {own}'):.0f}): **{title}**. {_short(own)}\n"
        yield (
            f"After (reading age {age(whole(shown)):.0f}): **{shown.title}**. {shown.summary}"
            f" *{shown.who}* *{shown.status_text}*\n"
        )
        for rule, plain in _reworded_rules(study)[:RULES_SHOWN]:
            yield f"- Rule: {rule} → {plain}"
        yield ""


def _reworded_rules(study: Study) -> list[tuple[str, str]]:
    """Rules of a record that were reworded, each with its plain words."""
    pairs = [(rule, plain_rule(rule).text) for rule in _rules(study)]
    return [(rule, plain) for rule, plain in pairs if rule != plain]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 600 else flat[:600].rsplit(" ", 1)[0] + " …"


def lines(found: Plain) -> list[str]:
    """The table, a line each."""
    told = ["", f"Plain English of {found.studies} studies, {found.milliseconds:.1f} ms a study"]
    told.append(f"  {'reading age in years':28} texts  median    p90  highest  hard words in 100")
    told += [
        f"  {s.what:28}{s.texts:6}{s.median:8.1f}{s.p90:7.1f}{s.highest:9.1f}{s.hard_words:10.0f}"
        for s in found.spreads
    ]
    told += [
        f"  {r.what}: {r.sentences}, of them {r.reworded} reworded, {r.refused} refused by the verifier"
        f" ({100 * r.refused / max(1, r.reworded + r.refused):.1f} in 100 tried),"
        f" {r.own_words} shown as the study team’s own words"
        for r in found.refusals
    ]
    return told
