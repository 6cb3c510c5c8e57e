"""The card of one match: what the study is, why it was found, and what a person needs to decide."""

import math
import re
from dataclasses import dataclass
from datetime import date

from index.models import Site, Source, Status, Study
from index.places import haversine_miles
from index.queries import Links, NearestSite, Place, RegistryLink, StudyCard
from index.wording.facts import NOT_SAID, status_text, who

SUMMARY_SENTENCES = 3
SUMMARY_CHARACTERS = 420
HEAD_CHARACTERS = 2000
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“‘(])")
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|Dr|Prof|approx|no|St|Mr|Mrs|al)\.$", re.IGNORECASE
)
DEMONSTRATION = "Demonstration: "


@dataclass(frozen=True)
class Found:
    """How a study was found: about or related, the reasons, and miles (inf if unknown)."""

    about: bool
    why: list[str]
    miles: float = math.inf


def card(
    study: Study, found: Found, place: Place | None, miles: float | None, today: date
) -> StudyCard:
    """The study's card for somebody at `place` who looks within `miles`."""
    demo = study.source == Source.DEMO
    page = f"/studies/{study.id}"
    return StudyCard(
        id=study.id,
        title=study.title or NOT_SAID,
        summary=(DEMONSTRATION + "this study is made up. " if demo else "") + summary(study),
        match="about" if found.about else "related",
        why=found.why,
        conditions=study.conditions,
        status=study.status,
        status_text=status_text(study, today),
        who=who(study),
        nearest_site=nearest_site(study, place),
        sites_open_in_range=open_sites_in_range(study, place, miles),
        from_home=study.from_home,
        links=Links(
            take_part=f"{page}#take-part" if demo else study.records[0].url,
            registries=[
                RegistryLink(name="Demonstration" if demo else str(record.source), url=record.url)
                for record in study.records
            ],
            page=page,
        ),
        source=study.source,
    )


def summary(study: Study) -> str:
    """The first sentences of what the record says of the study, or that it says nothing."""
    source = study.sections.get("background") or study.summary or study.details
    if study.source == Source.DEMO:
        source = study.summary
    chosen: list[str] = []
    # A whole protocol is not split to the end for its first sentences.
    for sentence in sentences(source[:HEAD_CHARACTERS]):
        if len(chosen) == SUMMARY_SENTENCES:
            break
        if chosen and sum(map(len, chosen)) + len(sentence) > SUMMARY_CHARACTERS:
            break
        chosen.append(sentence)
    return " ".join(chosen) or NOT_SAID


def sentences(text: str) -> list[str]:
    """A text's sentences, each on one line; headings and bullets stand for themselves."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        whole = " ".join(paragraph.split())
        joined = ""
        for part in _SENTENCE_END.split(whole):
            joined = f"{joined} {part}".strip()
            if not _ABBREVIATION.search(joined):
                found.append(joined)
                joined = ""
        if joined:
            found.append(joined)
    return found


def site_miles(site: Site, place: Place | None) -> float | None:
    """Miles from the place to a site; None when either is unknown."""
    if place is None or site.lat is None or site.lon is None:
        return None
    return round(float(haversine_miles(place.lat, place.lon, [site.lat], [site.lon])[0]), 1)


def nearest_site(study: Study, place: Place | None) -> NearestSite | None:
    """The nearest open site; without one, the nearest site, marked as not open."""
    if not study.sites:
        return None
    candidates = [site for site in study.sites if site.status == Status.OPEN] or study.sites
    if place is not None:
        candidates = [site for site in candidates if site.lat is not None] or candidates
    measured = [(site_miles(site, place), site) for site in candidates]
    miles, site = min(measured, key=lambda pair: math.inf if pair[0] is None else pair[0])
    return NearestSite(name=site.name, town=site.town, miles=miles, open=site.status == Status.OPEN)


def open_sites_in_range(study: Study, place: Place | None, miles: float | None) -> int:
    """How many open sites lie within the radius; all open ones when no radius was given."""
    open_sites = [site for site in study.sites if site.status == Status.OPEN]
    if place is None or miles is None:
        return len(open_sites)
    return sum(
        (away := site_miles(site, place)) is not None and away <= miles for site in open_sites
    )
