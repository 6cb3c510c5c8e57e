"""What a search left out and why, each with the address of the search that brings it back."""

from dataclasses import dataclass
from urllib.parse import urlencode

from index.queries import SearchResult

ANYWHERE_MILES = "1000"


@dataclass(frozen=True)
class Reason:
    """text: how many and why; choice: the words of the link; address: the search with them."""

    text: str
    choice: str
    address: str


def left_out(found: SearchResult, asked: dict[str, str]) -> list[Reason]:
    """Every reason that left something out, in the order of the rules of search."""
    left = found.left_out
    ways = (
        (left.not_open, "that people cannot join now", "Show these as well", {"status": "any"}),
        (left.age, "for people of another age", "Show every age", {"age": ""}),
        (left.sex, "for people of the other sex", "Show them too", {"sex": ""}),
        (left.healthy, "not for healthy volunteers", "Show them too", {"healthy": ""}),
        (left.too_far, "too far away", "Show the whole UK", {"miles": ANYWHERE_MILES}),
    )
    return [
        Reason(f"{count} {why}", choice, address_of(asked, **changed))
        for count, why, choice, changed in ways
        if count
    ]


def address_of(asked: dict[str, str], **changed: str) -> str:
    """This search with something changed, from its first page unless `offset` is changed."""
    wanted = {name: value for name, value in asked.items() if name != "offset"} | changed
    return f"/studies?{urlencode({name: value for name, value in wanted.items() if value})}"
