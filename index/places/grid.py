"""The National Grid of Great Britain to latitude and longitude.

By the Ordnance Survey's own published formulas (A guide to coordinate systems in Great Britain, annexes B
and C): back from the transverse Mercator projection on the Airy ellipsoid, then one Helmert turn from
OSGB36 to WGS 84. Right to about 5 metres.
"""

import math

_A, _B = 6377563.396, 6356256.909
_F0, _LAT0, _LON0 = 0.9996012717, math.radians(49), math.radians(-2)
_E0, _N0 = 400_000.0, -100_000.0
_E2 = 1 - (_B / _A) ** 2
_N = (_A - _B) / (_A + _B)
_WGS_A, _WGS_B = 6378137.0, 6356752.3142
_SHIFT = (446.448, -125.157, 542.060)
_TURN = tuple(math.radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
_SCALE = -20.4894e-6


def to_degrees(easting: float, northing: float) -> tuple[float, float]:
    """(latitude, longitude) in degrees, WGS 84, of a point in metres."""
    lat, lon = _unproject(easting, northing)
    nu = _A / math.sqrt(1 - _E2 * math.sin(lat) ** 2)
    x = nu * math.cos(lat) * math.cos(lon)
    y = nu * math.cos(lat) * math.sin(lon)
    z = (1 - _E2) * nu * math.sin(lat)
    return _on_wgs(*_turned(x, y, z))


def _meridian(lat: float) -> float:
    n, up, along = _N, lat - _LAT0, lat + _LAT0
    return (
        _B
        * _F0
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * up
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * math.sin(up) * math.cos(along)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * math.sin(2 * up) * math.cos(2 * along)
            - 35 / 24 * n**3 * math.sin(3 * up) * math.cos(3 * along)
        )
    )


def _unproject(easting: float, northing: float) -> tuple[float, float]:
    """Latitude and longitude in radians on the Airy ellipsoid."""
    lat = _LAT0
    for _ in range(20):
        left = northing - _N0 - _meridian(lat)
        lat += left / (_A * _F0)
        if abs(left) < 1e-5:
            break
    sin, cos, tan = math.sin(lat), math.cos(lat), math.tan(lat)
    nu = _A * _F0 / math.sqrt(1 - _E2 * sin**2)
    rho = _A * _F0 * (1 - _E2) / (1 - _E2 * sin**2) ** 1.5
    eta2 = nu / rho - 1
    d = easting - _E0
    vii = tan / (2 * rho * nu)
    viii = tan / (24 * rho * nu**3) * (5 + 3 * tan**2 + eta2 - 9 * tan**2 * eta2)
    ix = tan / (720 * rho * nu**5) * (61 + 90 * tan**2 + 45 * tan**4)
    x = 1 / (cos * nu)
    xi = 1 / (6 * cos * nu**3) * (nu / rho + 2 * tan**2)
    xii = 1 / (120 * cos * nu**5) * (5 + 28 * tan**2 + 24 * tan**4)
    return (
        lat - vii * d**2 + viii * d**4 - ix * d**6,
        _LON0 + x * d - xi * d**3 + xii * d**5,
    )


def _turned(x: float, y: float, z: float) -> tuple[float, float, float]:
    (rx, ry, rz), (tx, ty, tz), s = _TURN, _SHIFT, 1 + _SCALE
    return (
        tx + s * x - rz * y + ry * z,
        ty + rz * x + s * y - rx * z,
        tz - ry * x + rx * y + s * z,
    )


def _on_wgs(x: float, y: float, z: float) -> tuple[float, float]:
    e2 = 1 - (_WGS_B / _WGS_A) ** 2
    flat = math.hypot(x, y)
    lat = math.atan2(z, flat * (1 - e2))
    for _ in range(5):
        nu = _WGS_A / math.sqrt(1 - e2 * math.sin(lat) ** 2)
        lat = math.atan2(z + e2 * nu * math.sin(lat), flat)
    return math.degrees(lat), math.degrees(math.atan2(y, x))
