"""A town, village or area of the gazetteer."""

from dataclasses import dataclass

from index.queries import Place

DOMINANT = 10
"""A town this many times larger than the next of its name is what people mean by it."""


@dataclass(frozen=True)
class Town:
    """A town or village; people is its population, 0 if unknown."""

    name: str
    label: str
    lat: float
    lon: float
    nation: str
    people: int
    reach: int = 0

    @property
    def place(self) -> Place:
        """As search takes it."""
        return Place(label=self.label, lat=self.lat, lon=self.lon)
