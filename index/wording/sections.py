"""The eight headings of ISRCTN's plain English summary, filled from either registry."""

from collections.abc import Callable
from datetime import date
from itertools import islice

from index.models import SECTIONS, Study
from index.plain_english import Sentence, Simplifier, shown
from index.plain_english.language import is_english
from index.plain_english.sentences import sentences, unwrapped
from index.queries import Section
from index.wording.content import say
from index.wording.facts import NOT_SAID, who
from index.wording.lead import what_happens

HEADINGS = {
    "background": "Background and aims: what the study is about",
    "who": "Who can take part?",
    "involves": "What does the study involve?",
    "benefits_and_risks": "What are the possible benefits and risks?",
    "run_from": "Where is the study run from?",
    "dates": "When does the study start, and how long does it run?",
    "funding": "Who is funding the study?",
    "contact": "Who is the main contact?",
}
MOST_SENTENCES = 24
_AS_THEY_STAND = ("run_from", "funding", "contact")


def sections(study: Study, today: date) -> list[Section]:
    """Every heading in ISRCTN's order; what the record does not say reads so."""
    seen: set[str] = set()
    return [_section(study, key, today, seen) for key in SECTIONS]


def _section(study: Study, key: str, today: date, seen: set[str]) -> Section:
    found = _told(study, key, today, seen)
    differs = _differing_dates(study) if key == "dates" else ""
    return found.model_copy(update={"text": f"{found.text}\n\n{differs}"}) if differs else found


def _differing_dates(study: Study) -> str:
    """What each registry says of the start and the end, where they differ; "" where they do not."""
    told = []
    for one in study.disagreements:
        if one.about != "status":
            months = (f"{source} says {date.fromisoformat(day):%B %Y}" for source, day in one.says.items())
            told.append(say(f"{one.about}_differs", said=" and ".join(months)))
    return " ".join(told)


def _told(study: Study, key: str, today: date, seen: set[str]) -> Section:
    heading = HEADINGS[key]
    original = study.sections.get(key, "").strip()
    if not original:
        text, original = _FROM_FIELDS[key](study, today)
        if key != "background" or not original:
            return Section(heading=heading, text=text or NOT_SAID, original=original)
    if key in _AS_THEY_STAND:
        return Section(heading=heading, text=original, original=original)
    return Section(heading=heading, text=plain_text(original, seen), original=original)


def plain_text(original: str, seen: set[str]) -> str:
    """The text's paragraphs in plain words; a very long one ends with a word about the rest."""
    if not is_english(original):
        return f"{say('not_english')} “{' '.join(islice(sentences(original), MOST_SENTENCES))}”"
    paragraphs: list[str] = []
    left = MOST_SENTENCES
    for paragraph in unwrapped(original).split("\n"):
        found = list(islice(Simplifier.load().sentences(paragraph, seen), left))
        left -= len(found)
        if found:
            paragraphs.append(_paragraph(found))
        if left <= 0:
            paragraphs.append(say("more_in_the_record"))
            break
    return "\n\n".join(paragraphs)


def _paragraph(found: list[Sentence]) -> str:
    return shown(found)


def _background(study: Study, today: date) -> tuple[str, str]:
    del today
    return "", study.summary or study.details


def _who(study: Study, today: date) -> tuple[str, str]:
    del today
    return who(study), study.eligibility


def _involves(study: Study, today: date) -> tuple[str, str]:
    del today
    original = "\n".join(
        f"{item.name}: {item.description}" if item.description else item.name for item in study.interventions
    )
    return " ".join(what_happens(study)), original


def _nothing(study: Study, today: date) -> tuple[str, str]:
    del study, today
    return "", ""


def _run_from(study: Study, today: date) -> tuple[str, str]:
    del today
    return (say("run_from", name=study.sponsor), study.sponsor) if study.sponsor else ("", "")


def _dates(study: Study, today: date) -> tuple[str, str]:
    parts, original = [], []
    if study.start:
        parts.append(say("starts" if study.start > today else "started", when=f"{study.start:%B %Y}"))
        original.append(f"Start: {study.start:%B %Y}")
    if study.end:
        parts.append(say("ends" if study.end >= today else "ended", when=f"{study.end:%B %Y}"))
        original.append(f"End: {study.end:%B %Y}")
    return " ".join(parts), "; ".join(original)


def _funding(study: Study, today: date) -> tuple[str, str]:
    del today
    names = ", ".join(study.funders)
    return (say("funding", names=names), names) if names else ("", "")


def _contact(study: Study, today: date) -> tuple[str, str]:
    del today
    lines = "\n".join(", ".join(part for part in (c.name, c.phone, c.email) if part) for c in study.contacts)
    return lines, lines


_FROM_FIELDS: dict[str, Callable[[Study, date], tuple[str, str]]] = {
    "background": _background,
    "who": _who,
    "involves": _involves,
    "benefits_and_risks": _nothing,
    "run_from": _run_from,
    "dates": _dates,
    "funding": _funding,
    "contact": _contact,
}
