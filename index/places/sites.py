"""Where a study's sites are: by their own coordinates, else by postcode, town and nation, or name.

Never by guess: a site with no reading, or with two, stays without a place and is listed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache

import yaml

from index.models import Site, Study
from index.places.distance import haversine_miles
from index.places.gazetteer import DATA, Places
from index.registries.british import in_uk
from index.text import plain

SAME_HOSPITAL_MILES = 3.0
"""Addresses of one name within this are one hospital; further apart, the name says nothing."""
NEAR_TOWN_MILES = 15.0
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True)
class Unplaced:
    """A site that stays without a place, as its record gives it."""

    study: str
    name: str
    town: str
    county: str
    country: str
    postcode: str

    def as_dict(self) -> dict[str, str]:
        """For a JSON list."""
        return asdict(self)


def place_sites(studies: Iterable[Study], places: Places) -> list[Unplaced]:
    """Give UK sites without coordinates those of their address; the ones left without."""
    open_ends: list[tuple[Study, Site]] = []
    known: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for study in studies:
        for site in study.sites:
            if site.lat is None or site.lon is None:
                place = _by_address(site, places)
                if place is None:
                    open_ends.append((study, site))
                    continue
                site.lat, site.lon = place
            if in_uk(site.country) and (name := distinctive(site.name)):
                known[name].append((site.lat, site.lon))
    return [
        Unplaced(study.id, site.name, site.town, site.county, site.country, site.postcode)
        for study, site in open_ends
        if not _by_name(site, known, places)
    ]


def distinctive(name: str) -> str:
    """A hospital's name to be found by, "" where it could be anywhere ("General Hospital")."""
    words = plain(name).split()
    telling = [w for w in words if w not in _common() and not _NUMBER.search(w) and len(w) > 2]
    return " ".join(words) if telling and len(words) > 1 else ""


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    content = yaml.safe_load((DATA / "hospital_words.yml").read_text(encoding="utf-8"))
    return frozenset(plain(content["words"]).split())


def _by_address(site: Site, places: Places) -> tuple[float, float] | None:
    if not in_uk(site.country):
        return None
    found = places.locate(site.town, site.county, site.nation or site.country, site.postcode)
    return (found.lat, found.lon) if found else None


def _by_name(
    site: Site, known: dict[str, list[tuple[float, float]]], places: Places
) -> bool:
    """Place it where the hospital of its name is, if all sites of that name are in one place.

    A town that is known, but not which of its namesakes, must have the hospital near it.
    """
    points = known.get(distinctive(site.name), []) if in_uk(site.country) else []
    if not points:
        return False
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    if float(haversine_miles(lats[0], lons[0], lats, lons).max()) > SAME_HOSPITAL_MILES:
        return False
    lat, lon = points[0]
    if towns := places.namesakes(site.town):
        miles = haversine_miles(lat, lon, [t.lat for t in towns], [t.lon for t in towns])
        if float(miles.min()) > NEAR_TOWN_MILES:
            return False
    site.lat, site.lon = lat, lon
    return True
