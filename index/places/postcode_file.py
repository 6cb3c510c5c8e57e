"""An operator's postcode file: which outward code is where.

Reads any CSV whose header has a postcode column with latitude and longitude (outward codes, the ONS
Postcode Directory) and GeoNames' tab-separated postal files.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from index.places.postcodes import read_postcode

_POSTCODE = ("postcode", "pcds", "pcd", "pcd2", "pcd7", "pcd8", "outcode", "outward code")
_LAT = ("latitude", "lat")
_LON = ("longitude", "long", "lon", "lng")


class PostcodeFileError(ValueError):
    """A postcode file that is none; the message says what was expected."""


def read_outcodes(file: Path) -> dict[str, tuple[float, float]]:
    """Outward code -> (latitude, longitude), the mean of its postcodes; raises PostcodeFileError."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            found = _read(csv.reader(lines, delimiter="\t" if file.suffix == ".txt" else ","))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PostcodeFileError(f"{file} cannot be read as a postcode file: {error}") from error
    if not found:
        raise PostcodeFileError(
            f"{file} holds no UK postcode with a latitude and a longitude. Expected: a CSV with a"
            " header (postcode, latitude, longitude), or a GeoNames postal file (.txt)."
        )
    return found


def _read(rows: Iterable[list[str]]) -> dict[str, tuple[float, float]]:
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    columns: tuple[int, int, int] | None = None
    for row in rows:
        if columns is None:
            columns = _columns(row)
            if columns != (1, 9, 10):
                continue
        point = _point(row, columns)
        if point:
            code, lat, lon = point
            total = sums[code]
            total[0] += lat
            total[1] += lon
            total[2] += 1
    return {code: (lat / count, lon / count) for code, (lat, lon, count) in sums.items()}


def _columns(header: list[str]) -> tuple[int, int, int]:
    """Where postcode, latitude and longitude stand; GeoNames files have no header."""
    names = [name.strip().lower() for name in header]
    wanted = []
    for known in (_POSTCODE, _LAT, _LON):
        at = next((names.index(name) for name in known if name in names), None)
        if at is None:
            return (1, 9, 10)
        wanted.append(at)
    return (wanted[0], wanted[1], wanted[2])


def _point(row: list[str], columns: tuple[int, int, int]) -> tuple[str, float, float] | None:
    if len(row) <= max(columns):
        return None
    code = read_postcode(row[columns[0]])
    try:
        lat, lon = float(row[columns[1]]), float(row[columns[2]])
    except ValueError:
        return None
    # The ONS marks a postcode without a place with latitude 99.999999.
    if code is None or not 49 <= lat <= 61.5 or not -9 <= lon <= 2.5:
        return None
    return code.outward, lat, lon
