"""A text's words and signs with their places; hyphens only join words."""

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[<>≤≥=%+±]|[.!?;:,()\[\]\"“”]|[^\s\w\-‐‑–—]"
)


class Token(NamedTuple):
    """A word, number or sign. key: lower case, to compare; start and end: its place in the text."""

    text: str
    key: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number rather than a sign."""
        return self.text[0].isalnum()


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[Token, ...]:
    """Every word, number and sign of a text in order."""
    return tuple(
        Token(found[0], found[0].lower().replace("’", "'"), found.start(), found.end())
        for found in _TOKEN.finditer(text)
    )
