"""Distances on the Earth's surface."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_MILES = 3958.7613
"""Mean radius (IUGG); with it the great circle is within 0.5% of the WGS 84 geodesic."""


def haversine_miles(lat: float, lon: float, lats: ArrayLike, lons: ArrayLike) -> NDArray[np.float64]:
    """Great-circle miles from one point to n points (degrees in, shape (n,) out)."""
    here_lat, here_lon = np.radians(lat), np.radians(lon)
    there_lat = np.radians(np.asarray(lats, dtype=np.float64))
    there_lon = np.radians(np.asarray(lons, dtype=np.float64))
    half = (
        np.sin((there_lat - here_lat) / 2) ** 2
        + np.cos(here_lat) * np.cos(there_lat) * np.sin((there_lon - here_lon) / 2) ** 2
    )
    miles: NDArray[np.float64] = 2 * EARTH_RADIUS_MILES * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return miles
