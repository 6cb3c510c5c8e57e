"""What the danger check finds of phrasings that it never met, and how long it takes."""

from pathlib import Path

import yaml

from api.danger import DangerCheck
from bench.speed import Speed, timed
from settings import ROOT, settings

HELD_OUT = tuple((ROOT / "tests" / "api" / "danger").glob("held_out*.yml"))


def measure() -> tuple[dict[str, tuple[int, int]], list[Speed]]:
    """({list: (messages with a card, messages)}, times)."""
    check = DangerCheck.load(settings().data, settings().danger_model)
    lists = {
        f"{name} ({file.stem})": texts for file in sorted(HELD_OUT) for name, texts in read(file).items()
    }
    found = {
        name: (sum(check.check(text) is not None for text in texts), len(texts))
        for name, texts in lists.items()
    }
    texts = [text for group in lists.values() for text in group]
    longest = [" ".join(texts)[start : start + 1000] for start in range(0, 20_000, 200)]
    return found, [
        timed("danger check", len(texts), check.check, texts),
        timed("danger check, 1,000 characters", len(longest), check.check, longest),
    ]


def read(file: Path) -> dict[str, list[str]]:
    """The lists of a file of phrasings."""
    content = yaml.safe_load(file.read_text("utf-8"))
    return {name: [str(text) for text in texts] for name, texts in content.items()}
