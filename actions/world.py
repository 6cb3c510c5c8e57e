"""What every action works with: the catalogue, the places and the settings, loaded once."""

from dataclasses import dataclass
from functools import lru_cache

from index import Catalogue, Places
from settings import Settings, settings


@dataclass(frozen=True)
class World:
    """Read-only and shared by all calls."""

    catalogue: Catalogue
    places: Places
    settings: Settings


@lru_cache(maxsize=1)
def world() -> World:
    """The world of this process. Raises index.CatalogueError with the remedy."""
    chosen = settings()
    return World(Catalogue.open(chosen.catalogue), Places.load(chosen.postcode_table), chosen)
