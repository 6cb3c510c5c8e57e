"""The card of one match: what the study is, why it was found, and what a person needs to decide."""

import math
from dataclasses import dataclass
from datetime import date

from index.models import Site, Source, Status, Study
from index.places import haversine_miles
from index.queries import Links, NearestSite, Place, RegistryLink, StudyCard
from index.wording.facts import who
from index.wording.freshness import status_text
from index.wording.plainly import plainly

DEMONSTRATION = "Demonstration: "


@dataclass(frozen=True)
class Found:
    """How a study was found: about or related, the reasons, and miles (inf if unknown)."""

    about: bool
    why: list[str]
    miles: float = math.inf


def card(study: Study, found: Found, place: Place | None, miles: float | None, today: date) -> StudyCard:
    """The study's card for somebody at `place` who looks within `miles`."""
    demo = study.source == Source.DEMO
    plain = plainly(study)
    page = f"/studies/{study.id}"
    return StudyCard(
        id=study.id,
        title=plain.title,
        summary=(DEMONSTRATION + "this study is made up. " if demo else "") + plain.summary,
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


def site_miles(site: Site, place: Place | None) -> float | None:
    """Miles from the place to a site; None when either is unknown."""
    return _miles_to([site], place)[0]


def _miles_to(sites: list[Site], place: Place | None) -> list[float | None]:
    """Miles to each site, measured together: some studies have hundreds of sites."""
    placed = [site for site in sites if site.lat is not None and site.lon is not None]
    if place is None or not placed:
        return [None] * len(sites)
    lats, lons = ([getattr(site, name) for site in placed] for name in ("lat", "lon"))
    measured = iter(haversine_miles(place.lat, place.lon, lats, lons).round(1).tolist())
    return [None if site.lat is None or site.lon is None else next(measured) for site in sites]


def nearest_site(study: Study, place: Place | None) -> NearestSite | None:
    """The nearest open site; without one, the nearest site, marked as not open."""
    if not study.sites:
        return None
    candidates = [site for site in study.sites if site.status == Status.OPEN] or study.sites
    if place is not None:
        candidates = [site for site in candidates if site.lat is not None] or candidates
    measured = zip(_miles_to(candidates, place), candidates, strict=True)
    miles, site = min(measured, key=lambda pair: math.inf if pair[0] is None else pair[0])
    return NearestSite(name=site.name, town=site.town, miles=miles, open=site.status == Status.OPEN)


def open_sites_in_range(study: Study, place: Place | None, miles: float | None) -> int:
    """How many open sites lie within the radius; all open ones when no radius was given."""
    open_sites = [site for site in study.sites if site.status == Status.OPEN]
    if place is None or miles is None:
        return len(open_sites)
    return sum(away is not None and away <= miles for away in _miles_to(open_sites, place))
