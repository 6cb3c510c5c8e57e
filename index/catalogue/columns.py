"""What filters read: one memory-mapped array a property, by study row or by site row."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.models import Sex, Status, Study

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
    "site_lat",
    "site_lon",
)


@dataclass(frozen=True)
class Columns:
    """Properties of n studies and m sites.

    status, sex: uint8 (n,); see STATUS and SEX
    age_min, age_max: float32 (n,), years; -1 and 999 for no limit
    healthy, from_home: bool (n,)
    site_start: int64 (n + 1,); study i has the sites site_start[i] to site_start[i + 1]
    site_lat, site_lon: float32 (m,), degrees; of a study with open sites only those are here,
        since distance is to a site that one can go to
    """

    status: NDArray[np.uint8]
    sex: NDArray[np.uint8]
    age_min: NDArray[np.float32]
    age_max: NDArray[np.float32]
    healthy: NDArray[np.bool_]
    from_home: NDArray[np.bool_]
    site_start: NDArray[np.int64]
    site_lat: NDArray[np.float64]
    site_lon: NDArray[np.float64]

    @classmethod
    def of(cls, studies: list[Study]) -> "Columns":
        """Gathered from studies, in row order."""
        points = [_points(study) for study in studies]
        starts = np.cumsum([0, *(len(found) for found in points)])
        flat = [point for found in points for point in found]
        return cls(
            np.array([STATUS[study.status] for study in studies], dtype=np.uint8),
            np.array([SEX[study.sex] for study in studies], dtype=np.uint8),
            np.array([-1 if s.age_min is None else s.age_min for s in studies], dtype=np.float32),
            np.array([999 if s.age_max is None else s.age_max for s in studies], dtype=np.float32),
            np.array([study.healthy for study in studies], dtype=np.bool_),
            np.array([study.from_home for study in studies], dtype=np.bool_),
            starts.astype(np.int64),
            np.array([lat for lat, _ in flat], dtype=np.float64),
            np.array([lon for _, lon in flat], dtype=np.float64),
        )

    def save(self, folder: Path) -> None:
        """One .npy file each."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in _NAMES:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def open(cls, folder: Path) -> "Columns":
        """Memory-mapped."""
        return cls(*(np.load(folder / f"{name}.npy", mmap_mode="r") for name in _NAMES))


def _points(study: Study) -> list[tuple[float, float]]:
    placed = [site for site in study.sites if site.lat is not None and site.lon is not None]
    open_sites = [site for site in placed if site.status == Status.OPEN]
    return [(site.lat or 0.0, site.lon or 0.0) for site in open_sites or placed]
