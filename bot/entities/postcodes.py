"""Whether letters and figures are a UK postcode."""

import re
from pathlib import Path

import yaml

_FILE = Path(__file__).resolve().parent.parent.parent / "data" / "places" / "postcode_areas.yml"
AREAS = frozenset(yaml.safe_load(_FILE.read_text("utf-8"))["areas"])
_OTHER_THINGS = re.compile(r"^(?:[A-Z]\d|B12|T[12]|H[0-9]N[0-9]|CD4|P53)$")
"""Codes that are something else as often: a vitamin, a scan, a blood count."""
_LEADS = re.compile(r"(?:^|\b(?:in|near|postcode|at|from|around)(?: is)?\s*)$", re.IGNORECASE)


def is_postcode(match: "re.Match[str]", text: str) -> bool:
    """Whether a match is one.

    "B12" is a vitamin unless it begins the text or follows "in"; "B12 9AB" is a postcode.
    """
    code = match[1].upper()
    area = re.match(r"[A-Z]+", code)
    lone = len(code) <= 4 and _OTHER_THINGS.match(code)
    return bool(area and area[0] in AREAS and (not lone or _LEADS.search(text[: match.start()])))
