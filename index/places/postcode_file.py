"""An operator's postcode file, in whichever of the usual formats it is.

Code-Point Open and the ONS Postcode Directory (CSV, a folder of them, or the zip as downloaded),
GeoNames' tab-separated postal files, and any CSV whose header has a postcode, a latitude and a longitude.
"""

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TextIO

from index.places.grid import to_degrees
from index.places.postcodes import Postcode, read_postcode

CODE_POINT = "Code-Point Open"
ONS = "the ONS Postcode Directory"
GEONAMES = "a GeoNames postal file"
TABLE = "a table of postcodes"
_POSTCODE = ("pcds", "postcode", "pcd", "pcd2", "pcd7", "pcd8", "outcode", "outward code")
_LAT = ("latitude", "lat")
_LON = ("longitude", "long", "lon", "lng")
Row = list[str]


class PostcodeFileError(ValueError):
    """A postcode file that is none; the message says what was expected."""


@dataclass(frozen=True)
class Point:
    """Where a postcode is, in degrees. in_use: it has not been withdrawn."""

    code: Postcode
    lat: float
    lon: float
    in_use: bool = True


def read_points(file: Path) -> Iterator[tuple[str, Point]]:
    """(kind of file, point) for each postcode that has a place; raises PostcodeFileError at the end.

    file: a file, a folder of them, or a zip
    """
    found = False
    try:
        for name, stream in _streams(file):
            tabs = name.lower().endswith(".txt")
            for kind, point in _read(csv.reader(stream, delimiter="\t" if tabs else ",")):
                found = True
                yield kind, point
    except (OSError, UnicodeDecodeError, csv.Error, zipfile.BadZipFile) as error:
        raise PostcodeFileError(f"{file} cannot be read as a postcode file: {error}") from error
    if not found:
        raise PostcodeFileError(
            f"{file} holds no UK postcode with a place. Expected: Code-Point Open, the ONS Postcode"
            " Directory, a GeoNames postal file (.txt), or a CSV with a header (postcode, latitude,"
            " longitude)."
        )


def read_outcodes(file: Path) -> dict[str, tuple[float, float]]:
    """Outward code -> (latitude, longitude), the mean of its postcodes; raises PostcodeFileError."""
    return mean_of_outcodes(point for _, point in read_points(file))


def mean_of_outcodes(points: Iterable[Point]) -> dict[str, tuple[float, float]]:
    """The middle of each outward code: of its postcodes in use, else of the withdrawn ones."""
    sums: defaultdict[tuple[str, bool], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for point in points:
        total = sums[point.code.outward, point.in_use]
        total[0] += point.lat
        total[1] += point.lon
        total[2] += 1
    # Those in use come last, over the withdrawn ones.
    return {
        code: (lat / count, lon / count)
        for (code, _), (lat, lon, count) in sorted(sums.items(), key=lambda item: item[0][1])
    }


def _streams(file: Path) -> Iterator[tuple[str, TextIO]]:
    if file.is_dir():
        for inside in sorted(file.rglob("*")):
            if inside.suffix.lower() in (".csv", ".txt") and inside.is_file():
                yield from _streams(inside)
        return
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as packed:
            for name in sorted(packed.namelist()):
                if name.lower().endswith((".csv", ".txt")):
                    with packed.open(name) as raw:
                        yield name, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        return
    with file.open(encoding="utf-8-sig", newline="") as stream:
        yield file.name, stream


def _read(rows: Iterator[Row]) -> Iterator[tuple[str, Point]]:
    first = next(rows, [])
    kind, read, first_is_data = _format(first)
    if read is None:
        return
    for row in chain([first], rows) if first_is_data else rows:
        try:
            point = read(row)
        except (ValueError, IndexError):
            continue
        if point:
            yield kind, point


def _format(first: Row) -> tuple[str, Callable[[Row], Point | None] | None, bool]:
    """What a file is by its first row, how its rows are read, and whether that row is one."""
    names = [name.strip().lower() for name in first]
    if len(first) >= 11 and first[0].strip() == "GB":
        return GEONAMES, lambda row: _point(row[1], row[9], row[10]), True
    if "eastings" in names and "latitude" not in names and names[0] == "postcode":
        return CODE_POINT, _code_point, False
    if len(first) == 10 and read_postcode(first[0]) and first[1].strip().isdigit():
        return CODE_POINT, _code_point, True
    at = [next((names.index(n) for n in known if n in names), -1) for known in (_POSTCODE, _LAT, _LON)]
    if min(at) < 0:
        return "", None, False
    code, lat, lon = at
    if "doterm" not in names:
        return TABLE, lambda row: _point(row[code], row[lat], row[lon]), False
    ended = names.index("doterm")
    return ONS, lambda row: _point(row[code], row[lat], row[lon], not row[ended].strip()), False


def _code_point(row: Row) -> Point | None:
    easting, northing = float(row[2]), float(row[3])
    if not easting or not northing:
        return None  # quality 90: it has no place
    lat, lon = to_degrees(easting, northing)
    return _point(row[0], str(lat), str(lon))


def _point(code: str, lat: str, lon: str, in_use: bool = True) -> Point | None:
    found, north, east = read_postcode(code), float(lat), float(lon)
    # The ONS marks a postcode without a place with latitude 99.999999.
    if found is None or not 49 <= north <= 61.5 or not -9 <= east <= 2.5:
        return None
    return Point(found, north, east, in_use)
