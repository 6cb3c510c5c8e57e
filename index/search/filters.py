"""Exact filters over candidate rows, with each study left out counted under one reason."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalogue.columns import SEX, STATUS, Columns
from index.models import Sex, Status
from index.places import haversine_miles
from index.queries import LeftOut, Place, StudyQuery, Wider

MOST_WIDER = 3
MEASURE_ALL = 60_000
"""Up to so many sites each one's distance is measured; beyond, only those around the place."""
NEARNESS_COUNTS = 150.0
"""Miles beyond which a shorter way no longer moves a study up, when there are very many."""
MILES_A_DEGREE = 68.7
"""Of latitude, at its shortest."""
RADII = (5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 500)
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Filtered:
    """passed: bool (n,); miles: float64 (n,), inf where no site has a known place."""

    passed: NDArray[np.bool_]
    miles: NDArray[np.float64]
    left_out: LeftOut
    wider: list[Wider]


def apply(query: StudyQuery, rows: Rows, columns: Columns) -> Filtered:
    """Filter candidate rows, in the order not open, age, sex, healthy, from home, too far."""
    passed = np.ones(len(rows), dtype=np.bool_)
    counts: dict[str, int] = {}

    def let(reason: str, condition: NDArray[np.bool_]) -> None:
        nonlocal passed
        counts[reason] = int(np.count_nonzero(passed & ~condition))
        passed = passed & condition

    if query.statuses == "open":
        let("not_open", columns.status[rows] == STATUS[Status.OPEN])
    if query.age is not None:
        # Somebody of 17 is 17 until the day before turning 18; limits in months are kept exact.
        let("age", (columns.age_min[rows] < query.age + 1) & (query.age <= columns.age_max[rows]))
    if query.sex is not None:
        found = columns.sex[rows]
        let("sex", (found == SEX[Sex.ALL]) | (found == SEX[Sex(query.sex)]))
    if query.healthy:
        let("healthy", columns.healthy[rows])
    if query.from_home:
        let("from_home", columns.from_home[rows])
    miles = np.full(len(rows), np.inf)
    wider: list[Wider] = []
    if query.place is not None:
        left = np.flatnonzero(passed)
        miles[left] = nearest_miles(query.place, rows[left], columns, _far_enough(query.miles))
        if query.miles is not None:
            near = columns.from_home[rows] | (miles <= query.miles)
            wider = _wider(miles[passed & ~near], query.miles)
            if len(wider) < MOST_WIDER and _sites(rows[left], columns) > MEASURE_ALL:
                beyond = nearest_miles(query.place, rows[left], columns, RADII[-1])
                wider = _wider(beyond[~near[left]], query.miles)
            let("too_far", near)
    fields = {key: counts.get(key, 0) for key in LeftOut.model_fields}
    return Filtered(passed, miles, LeftOut(**fields), wider)


def _far_enough(miles: float | None) -> float:
    """A radius that holds the one asked for and the next three, or all whose nearness counts."""
    if miles is None:
        return NEARNESS_COUNTS
    return max(miles, *[radius for radius in RADII if radius > miles][:MOST_WIDER], miles)


def _wider(beyond: NDArray[np.float64], miles: float) -> list[Wider]:
    """The next radii that bring more, at most three."""
    found: list[Wider] = []
    for radius in RADII:
        adds = int(np.count_nonzero(beyond <= radius))
        if radius > miles and adds > (found[-1].adds if found else 0):
            found.append(Wider(miles=radius, adds=adds))
    return found[:MOST_WIDER]


def _sites(rows: Rows, columns: Columns) -> int:
    return int((columns.site_start[rows + 1] - columns.site_start[rows]).sum())


def nearest_miles(
    place: Place, rows: Rows, columns: Columns, within: float = math.inf
) -> NDArray[np.float64]:
    """Miles from the place to each study's nearest site that one can go to, shape (len(rows),).

    within: with very many sites only those at most this many miles away are measured; of a study
    whose sites are all farther the distance is then inf
    """
    if _sites(rows, columns) <= MEASURE_ALL or not math.isfinite(within):
        return _to_each(place, rows, columns)
    return _around(place, columns, within)[rows]


def _to_each(place: Place, rows: Rows, columns: Columns) -> NDArray[np.float64]:
    nearest = np.full(len(rows), np.inf)
    starts = columns.site_start[rows]
    counts = columns.site_start[rows + 1] - starts
    owner = np.repeat(np.arange(len(rows)), counts)
    first = np.cumsum(counts) - counts
    sites = np.arange(len(owner)) - np.repeat(first, counts) + np.repeat(starts, counts)
    miles = haversine_miles(place.lat, place.lon, columns.site_lat[sites], columns.site_lon[sites])
    np.minimum.at(nearest, owner, miles)
    return nearest


def _around(place: Place, columns: Columns, within: float) -> NDArray[np.float64]:
    """Miles to the nearest site of every study that has one within so many miles, else inf, (n,)."""
    degrees = within / MILES_A_DEGREE
    south, north = np.searchsorted(columns.by_lat_lat, (place.lat - degrees, place.lat + degrees))
    band = slice(int(south), int(north))
    # The widest the circle gets, at its pole-most edge; 180 where it holds a pole.
    edge = min(abs(place.lat) + degrees, 90.0)
    width = min(degrees / max(math.cos(math.radians(edge)), 1e-9), 180.0)
    apart = np.abs(columns.by_lat_lon[band] - place.lon)
    inside = np.flatnonzero(np.minimum(apart, 360.0 - apart) <= width)
    miles = haversine_miles(
        place.lat, place.lon, columns.by_lat_lat[band][inside], columns.by_lat_lon[band][inside]
    )
    miles[miles > within] = np.inf
    nearest = np.full(len(columns.status), np.inf)
    np.minimum.at(nearest, columns.by_lat_study[band][inside], miles)
    return nearest
