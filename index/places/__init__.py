"""Places in the UK: from a person's words or a registry's address to a point on the map."""

from index.places.distance import haversine_miles
from index.places.gazetteer import Places, Resolution

__all__ = ["Places", "Resolution", "haversine_miles"]
