"""Postcodes and where they are."""

from pathlib import Path

from index.places.loading import LoadedPostcodes
from index.places.postcode_file import read_outcodes
from index.places.postcodes import Postcode
from index.queries import Place


class PostcodeTable:
    """Outward codes with their places; without a file, the area's post town stands for all."""

    def __init__(self, file: Path | None) -> None:
        """file: one that was loaded (.sqlite), one to read now, or none."""
        self._loaded = LoadedPostcodes(file) if file and file.suffix == ".sqlite" else None
        self.outcodes = self._loaded.outcodes if self._loaded else read_outcodes(file) if file else {}
        self.areas: dict[str, Place] = {}

    def unit(self, code: Postcode) -> Place | None:
        """The whole postcode's own place, for addresses of sites (people's are cut before)."""
        point = self._loaded.unit(code) if self._loaded and code.inward else None
        return Place(label=code.outward, lat=point[0], lon=point[1]) if point else None

    def exact(self, code: Postcode) -> Place | None:
        """The outward code's own middle, where a file gave it."""
        point = self.outcodes.get(code.outward)
        return Place(label=code.outward, lat=point[0], lon=point[1]) if point else None

    def area(self, code: Postcode) -> Place | None:
        """The post town of the code's area."""
        return self.areas.get(code.area)

    def place(self, code: Postcode) -> Place | None:
        """Where a person with this postcode is; labelled with the outward code only."""
        exact = self.exact(code)
        if exact:
            return exact
        town = self.area(code)
        if town is None:
            return None
        return Place(label=f"{code.outward} ({town.label})", lat=town.lat, lon=town.lon)
