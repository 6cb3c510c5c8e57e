"""Exact filters over candidate rows, with each study left out counted under one reason."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalogue.columns import SEX, STATUS, Columns
from index.models import Sex, Status
from index.places.distance import cosine_at, miles_at, on_unit_sphere
from index.queries import LeftOut, Place, StudyQuery, Wider

MOST_WIDER = 3
MEASURE_ALL = 20_000
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
        let("not_open", columns.status.take(rows) == STATUS[Status.OPEN])
    if query.age is not None:
        # Somebody of 17 is 17 until the day before turning 18; limits in months are kept exact.
        let("age", (columns.age_min.take(rows) < query.age + 1) & (query.age <= columns.age_max.take(rows)))
    if query.sex is not None:
        found = columns.sex.take(rows)
        let("sex", (found == SEX[Sex.ALL]) | (found == SEX[Sex(query.sex)]))
    if query.healthy:
        let("healthy", columns.healthy.take(rows))
    if query.from_home:
        let("from_home", columns.from_home.take(rows))
    miles = np.full(len(rows), np.inf)
    wider: list[Wider] = []
    if query.place is not None:
        left = np.flatnonzero(passed)
        miles[left] = nearest_miles(query.place, rows[left], columns, _far_enough(query.miles))
        if query.miles is not None:
            near = columns.from_home.take(rows) | (miles <= query.miles)
            wider = _wider(miles[passed & ~near], query.miles)
            if len(wider) < MOST_WIDER and not _few(rows[left], columns):
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
        if radius <= miles or len(found) == MOST_WIDER:
            continue
        adds = int(np.count_nonzero(beyond <= radius))
        if adds > (found[-1].adds if found else 0):
            found.append(Wider(miles=radius, adds=adds))
    return found


def _few(rows: Rows, columns: Columns) -> bool:
    """Whether these studies have few enough sites, by the mean, to measure the way to each."""
    return len(rows) * len(columns.by_lat_lat) <= MEASURE_ALL * len(columns.status)


def nearest_miles(
    place: Place, rows: Rows, columns: Columns, within: float = math.inf
) -> NDArray[np.float64]:
    """Miles from the place to each study's nearest site that one can go to, shape (len(rows),).

    within: with very many sites only those at most this many miles away are measured; of a study
    whose sites are all farther the distance is then inf
    """
    if _few(rows, columns) or not math.isfinite(within):
        return _to_each(place, rows, columns)
    return _around(place, rows, columns, within)


def _to_each(place: Place, rows: Rows, columns: Columns) -> NDArray[np.float64]:
    nearest = np.full(len(rows), np.inf)
    starts = columns.site_start[rows]
    counts = columns.site_start[rows + 1] - starts
    placed = np.flatnonzero(counts)
    if len(placed) == 0:
        return nearest
    starts, counts = starts[placed], counts[placed]
    first = np.cumsum(counts) - counts
    sites = np.arange(counts.sum()) + np.repeat(starts - first, counts)
    cosines = _here(place) @ columns.site_point.take(sites, axis=1)
    nearest[placed] = miles_at(np.maximum.reduceat(cosines, first))
    return nearest


def _here(place: Place) -> NDArray[np.float64]:
    """The place on the unit sphere, (3,): nearest is the site with the highest inner product."""
    return on_unit_sphere([place.lat], [place.lon])[:, 0]


def _around(place: Place, rows: Rows, columns: Columns, within: float) -> NDArray[np.float64]:
    """The same, only of sites within so many miles, for which a band of latitudes is looked through."""
    degrees = within / MILES_A_DEGREE
    south, north = np.searchsorted(columns.by_lat_lat, (place.lat - degrees, place.lat + degrees))
    cosines = _here(place) @ columns.by_lat_point[:, south:north]
    inside = np.flatnonzero(cosines >= cosine_at(within))
    best = np.full(len(columns.status), -2.0)
    np.maximum.at(best, columns.by_lat_study[south:north][inside], cosines[inside])
    of_rows = best.take(rows)
    near = np.flatnonzero(of_rows >= -1)
    miles = np.full(len(rows), np.inf)
    miles[near] = miles_at(of_rows[near])
    return miles
