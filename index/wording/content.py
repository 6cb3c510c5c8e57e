"""What editors wrote for cards and pages: `data/plain_english/*.yml`, read once."""

from functools import cache
from pathlib import Path
from typing import Any

from index.yaml_file import read_yaml

FOLDER = Path(__file__).resolve().parents[2] / "data" / "plain_english"


@cache
def content(name: str = "wording") -> dict[str, Any]:
    """The content of one file; raises ValueError naming the file when it is not a mapping."""
    file = FOLDER / f"{name}.yml"
    found = read_yaml(file)
    if not isinstance(found, dict):
        raise ValueError(f"{file.name}: it must hold names and values, as its comment says")
    return found


def say(key: str, **values: object) -> str:
    """One of the card's sentences, filled in; raises KeyError for a name that is not there."""
    text: str = content()["card"][key]
    return text.format(**values)
