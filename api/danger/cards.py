"""The danger cards, from `data/safety/cards.yml`, by kind and nation of the UK."""

import re
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from api.shapes import Reply


class _Nation(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: list[str]
    fills: dict[str, str]


class _CardFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    cards: dict[str, str]
    anywhere: dict[str, str]
    nations: dict[str, _Nation]


class Cards:
    """Cards with their gaps filled for a nation, or for the whole UK when it is not known."""

    def __init__(self, file: _CardFile) -> None:
        self._file = file
        for kind, text in file.cards.items():
            for fills in [file.anywhere, *(each.fills for each in file.nations.values())]:
                text.format_map(file.anywhere | fills)
            if "999" not in text:
                raise ValueError(f"the card {kind} does not say 999")
        self._nations = {
            name: re.compile(rf"\b(?:{'|'.join(map(re.escape, nation.words))})\b")
            for name, nation in file.nations.items()
        }

    @classmethod
    def load(cls, path: Path) -> "Cards":
        """Read the file. Raises ValueError or KeyError when a card or a gap is wrong."""
        return cls(_CardFile.model_validate(yaml.safe_load(path.read_text("utf-8"))))

    def nation_in(self, text: str) -> str:
        """Give the nation that a text (lower case) names, "" when none or more than one."""
        named = [name for name, words in self._nations.items() if words.search(text)]
        return named[0] if len(named) == 1 else ""

    def of(self, kinds: tuple[str, ...], nation: str) -> list[Reply]:
        """One card a kind, in the given order."""
        fills = self._file.anywhere
        if nation:
            fills = fills | self._file.nations[nation].fills
        return [
            Reply(kind="crisis", text=self._file.cards[kind].format_map(fills).strip())
            for kind in kinds
        ]
