"""Where a study's sites are: by their own coordinates, else by postcode, town and nation, or name.

Never by guess: a site with no reading, or with two, stays without a place and is listed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from index.models import Site, Study
from index.places.assemble import DATA
from index.places.distance import haversine_miles
from index.places.gazetteer import Places
from index.registries.british import in_uk
from index.text import plain
from index.yaml_file import read_yaml

SAME_HOSPITAL_MILES = 3.0
"""Addresses of one name within this are one hospital; further apart, the name says nothing."""
NEAR_TOWN_MILES = 15.0
_NUMBER = re.compile(r"\d")


Unplaced = dict[str, str]
"""A site that stays without a place, as its record gives it, with its study's id."""


def place_sites(studies: Iterable[Study], places: Places) -> list[Unplaced]:
    """Give UK sites without coordinates those of their address; the ones left without."""
    open_ends: list[tuple[Study, Site]] = []
    known: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for study in studies:
        for site in study.sites:
            if not place_by_address(site, places):
                open_ends.append((study, site))
            elif in_uk(site.country) and (name := distinctive(site.name)):
                known[name].append((site.lat or 0.0, site.lon or 0.0))
    return [
        unplaced_site(study, site) for study, site in open_ends if not _by_name(site, known, places)
    ]


def unplaced_site(study: Study, site: Site) -> Unplaced:
    """As it is listed."""
    fields = ("name", "town", "county", "country", "postcode")
    return {"study": study.id, **{field: getattr(site, field) for field in fields}}


def place_by_address(site: Site, places: Places) -> bool:
    """Give a UK site without coordinates those of its address; whether it has any now."""
    if site.lat is not None and site.lon is not None:
        return True
    if not in_uk(site.country):
        return False
    found = places.locate(site.town, site.county, site.nation or site.country, site.postcode)
    if found is not None:
        site.lat, site.lon = found.lat, found.lon
    return found is not None


def distinctive(name: str) -> str:
    """A hospital's name to be found by, "" where it could be anywhere ("General Hospital")."""
    words = plain(name).split()
    telling = [w for w in words if w not in _common() and not _NUMBER.search(w) and len(w) > 2]
    return " ".join(words) if telling and len(words) > 1 else ""


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    content = read_yaml(DATA / "hospital_words.yml")
    return frozenset(plain(content["words"]).split())


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
