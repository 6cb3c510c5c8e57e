"""The place that a study's page measures from, as it may stand in an address: a town or an outward code."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from api.catalogue_door import Finder
from api.search_form import MAX_PLACE_CHARACTERS, Search
from index.places.postcodes import read_postcode
from index.queries import Place


def find_near(written: str, places: Finder) -> Place | None:
    """The place, None when nothing was written; raises ProblemError 422 that says what is wrong."""
    return Search.model_validate({"near": written[:MAX_PLACE_CHARACTERS]}).place(places)


def short_place(written: str, place: Place | None) -> str:
    """Never a whole postcode: its outward code, else the place's own name; "" without a place."""
    if place is None:
        return ""
    postcode = read_postcode(written)
    return postcode.outward if postcode else place.label


def study_address(page: str, near: str, said: Mapping[str, str]) -> str:
    """The address of a study's page that measures from a short place, "" for none.

    said: what the person said of themselves, by the names of the search form
    """
    asked = {**({"near": near} if near else {}), **said}
    return f"{page}?{urlencode(asked, quote_via=quote, safe='')}" if asked else page
