"""Distances on the Earth's surface."""

import math

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


def on_unit_sphere(lats: ArrayLike, lons: ArrayLike) -> NDArray[np.float64]:
    """Points as unit vectors, shape (3, n), from degrees of shape (n,)."""
    lat, lon = np.radians(np.asarray(lats, dtype=np.float64)), np.radians(np.asarray(lons, dtype=np.float64))
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def cosine_at(miles: float) -> float:
    """The inner product of two unit vectors that are so many miles apart."""
    return math.cos(min(miles / EARTH_RADIUS_MILES, math.pi))


def miles_at(cosines: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle miles between unit vectors with these inner products; exact to a foot."""
    half = np.sqrt(np.clip((1 - cosines) / 2, 0, 1))
    miles: NDArray[np.float64] = 2 * EARTH_RADIUS_MILES * np.arcsin(half)
    return miles
