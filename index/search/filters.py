"""Exact filters over candidate rows, with each study left out counted under one reason."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalogue.columns import SEX, STATUS, Columns
from index.models import Sex, Status
from index.places import haversine_miles
from index.queries import LeftOut, StudyQuery, Wider

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
    miles = nearest_miles(query, rows, columns)
    wider: list[Wider] = []
    if query.place is not None and query.miles is not None:
        anywhere = columns.from_home[rows]
        near = anywhere | (miles <= query.miles)
        wider = _wider(miles[passed & ~near], query.miles)
        let("too_far", near)
    fields = {key: counts.get(key, 0) for key in LeftOut.model_fields}
    return Filtered(passed, miles, LeftOut(**fields), wider)


def _wider(beyond: NDArray[np.float64], miles: float) -> list[Wider]:
    """The next radii that bring more, at most three."""
    found: list[Wider] = []
    for radius in RADII:
        adds = int(np.count_nonzero(beyond <= radius))
        if radius > miles and adds > (found[-1].adds if found else 0):
            found.append(Wider(miles=radius, adds=adds))
    return found[:3]


def nearest_miles(query: StudyQuery, rows: Rows, columns: Columns) -> NDArray[np.float64]:
    """Miles from the place to each study's nearest site that one can go to, shape (len(rows),)."""
    nearest = np.full(len(rows), np.inf)
    if query.place is None or len(rows) == 0:
        return nearest
    starts = columns.site_start[rows]
    counts = columns.site_start[rows + 1] - starts
    total = int(counts.sum())
    if total == 0:
        return nearest
    owner = np.repeat(np.arange(len(rows)), counts)
    first = np.cumsum(counts) - counts
    sites = np.arange(total) - np.repeat(first, counts) + np.repeat(starts, counts)
    miles = haversine_miles(
        query.place.lat, query.place.lon, columns.site_lat[sites], columns.site_lon[sites]
    )
    np.minimum.at(nearest, owner, miles)
    return nearest
