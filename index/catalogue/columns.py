"""What filters read: one memory-mapped array a property, by study row or by site row."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.arrays import mapped
from index.models import Sex, Status, Study
from index.places.distance import on_unit_sphere

STATUS = {Status.OPEN: 0, Status.OPENING_SOON: 1, Status.CLOSED: 2, Status.UNKNOWN: 3}
SEX = {Sex.ALL: 0, Sex.FEMALE: 1, Sex.MALE: 2}
_NAMES = (
    "status",
    "sex",
    "age_min",
    "age_max",
    "healthy",
    "from_home",
    "site_start",
    "site_point",
    "by_lat_lat",
    "by_lat_point",
    "by_lat_study",
)


Point = tuple[float, float]
NO_AGE_MIN, NO_AGE_MAX = -1.0, 999.0


class Properties(NamedTuple):
    """A study's own values of the columns."""

    status: int
    sex: int
    age_min: float
    age_max: float
    healthy: bool
    from_home: bool


@dataclass(frozen=True)
class Columns:
    """Properties of n studies and m sites.

    status, sex: uint8 (n,); see STATUS and SEX
    age_min, age_max: float32 (n,), years; NO_AGE_MIN and NO_AGE_MAX for no limit
    healthy, from_home: bool (n,)
    site_start: int64 (n + 1,); study i has the sites site_start[i] to site_start[i + 1]
    site_point: float64 (3, m), on the unit sphere; of a study with open sites only those are here,
        since distance is to a site that one can go to
    by_lat_lat: float64 (m,), the same sites' latitudes from south to north
    by_lat_point: float64 (3, m), those sites on the unit sphere
    by_lat_study: int64 (m,), the study of each of those
    """

    status: NDArray[np.uint8]
    sex: NDArray[np.uint8]
    age_min: NDArray[np.float32]
    age_max: NDArray[np.float32]
    healthy: NDArray[np.bool_]
    from_home: NDArray[np.bool_]
    site_start: NDArray[np.int64]
    site_point: NDArray[np.float64]
    by_lat_lat: NDArray[np.float64]
    by_lat_point: NDArray[np.float64]
    by_lat_study: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Iterable[tuple[Properties, list[Point]]]) -> "Columns":
        """Gathered from each study's properties and points, in row order."""
        columns: list[array[Any]] = [array(code) for code in "BBffbb"]
        starts, lats, lons = array("q", [0]), array("d"), array("d")
        for found, places in rows:
            for column, value in zip(columns, found, strict=True):
                column.append(value)
            lats.extend(lat for lat, _ in places)
            lons.extend(lon for _, lon in places)
            starts.append(len(lats))
        site_start = np.array(starts, dtype=np.int64)
        site_lat, site_lon = np.array(lats, dtype=np.float64), np.array(lons, dtype=np.float64)
        by_lat = np.argsort(site_lat, kind="stable")
        site_point = on_unit_sphere(site_lat, site_lon)
        status, sex, age_min, age_max, healthy, from_home = (np.array(column) for column in columns)
        return cls(
            status.astype(np.uint8),
            sex.astype(np.uint8),
            age_min.astype(np.float32),
            age_max.astype(np.float32),
            healthy.astype(np.bool_),
            from_home.astype(np.bool_),
            site_start,
            site_point,
            site_lat[by_lat],
            site_point[:, by_lat],
            np.searchsorted(site_start, by_lat, side="right") - 1,
        )

    def save(self, folder: Path) -> None:
        """One .npy file each."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in _NAMES:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def open(cls, folder: Path) -> "Columns":
        """Memory-mapped."""
        return cls(*(mapped(folder / f"{name}.npy") for name in _NAMES))


def properties(study: Study) -> Properties:
    """What filters need of a study."""
    return Properties(
        STATUS[study.status],
        SEX[study.sex],
        NO_AGE_MIN if study.age_min is None else study.age_min,
        NO_AGE_MAX if study.age_max is None else study.age_max,
        study.healthy,
        study.from_home,
    )


def points(study: Study) -> list[Point]:
    """Where people can go: the open sites that have a place, else all that have one."""
    placed = [site for site in study.sites if site.lat is not None and site.lon is not None]
    open_sites = [site for site in placed if site.status == Status.OPEN]
    return [(site.lat or 0.0, site.lon or 0.0) for site in open_sites or placed]
