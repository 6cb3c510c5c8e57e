"""UK postcodes: reading what people and registries write, and where they are."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from index.yaml_file import read_yaml

# Only London's inner districts end in a letter, and never in one that looks like a digit.
_OUTCODE = r"[A-Z]{1,2}\d(?:\d|[ABCDEFGHJKMNPRSTUVWXY])?"
_AREAS_FILE = Path(__file__).resolve().parent.parent.parent / "data" / "places" / "postcode_areas.yml"
_IN_TEXT = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?)(?:\s{0,2}(\d[A-Za-z]{2}))?\b")
_LETTERS = {"O": "0", "I": "1", "L": "1"}


@dataclass(frozen=True)
class Postcode:
    """A postcode's outward code ("LS6") and, where given, its inward one ("3AB")."""

    outward: str
    inward: str = ""

    @property
    def area(self) -> str:
        """The letters it begins with ("LS")."""
        return "".join(takewhile(str.isalpha, self.outward))


def read_postcode(written: str) -> Postcode | None:
    """A postcode from what was written, in any case and spacing; None if it is none.

    Letter O and I where only a digit can stand ("S1O", "P03" for "PO3") are repaired when one
    reading exists.
    """
    compact = re.sub(r"[^A-Za-z0-9]", "", written).upper()
    if not 2 <= len(compact) <= 7:
        return None
    as_written = _split(compact)
    if as_written:
        return as_written
    if not any(char.isdigit() for char in compact):
        return None  # a word such as "Hull" is no postcode, whatever its letters could stand for
    readings = {found for text in _repairs(compact) if (found := _split(text))}
    return readings.pop() if len(readings) == 1 else None


@lru_cache(maxsize=1)
def _areas() -> frozenset[str]:
    content = read_yaml(_AREAS_FILE)
    return frozenset([*content["areas"], *content["beyond"]])


def _split(compact: str) -> Postcode | None:
    whole = len(compact) >= 5 and re.fullmatch(rf"{_OUTCODE}\d[A-Z]{{2}}", compact)
    if not whole and not re.fullmatch(_OUTCODE, compact):
        return None
    found = Postcode(compact[:-3], compact[-3:]) if whole else Postcode(compact)
    return found if found.area in _areas() else None


def _repairs(compact: str) -> set[str]:
    """The ways to read it when O, I and L may be digits and 0 and 1 may be letters."""
    found = {compact}
    for index, char in enumerate(compact):
        other = _LETTERS.get(char) or {"0": "O", "1": "I"}.get(char)
        if other:
            found.add(compact[:index] + other + compact[index + 1 :])
    return found


def postcodes_in(text: str) -> list[Postcode]:
    """Every full or outward postcode that stands in a text."""
    found = []
    for match in _IN_TEXT.finditer(text):
        if postcode := read_postcode(match[0]):
            found.append(postcode)
    return found
