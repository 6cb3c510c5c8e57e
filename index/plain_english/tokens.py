"""A text's words and signs with their places; hyphens only join words."""

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[<>≤≥=%+±]|[.!?;:,()\[\]\"“”]|[^\s\w\-‐‑–—]"
)
_HYPHENS = "-‐‑–"


class Token(NamedTuple):
    """A word, number or sign.

    key: lower case, to compare; start and end: its place in the text
    joined: the same with a hyphen before it where one ties it to the word before: "in-patient" is
    not "in patient"
    """

    text: str
    key: str
    start: int
    end: int
    joined: str

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number rather than a sign."""
        return self.text[0].isalnum()


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[Token, ...]:
    """Every word, number and sign of a text in order."""
    found = []
    for match in _TOKEN.finditer(text):
        key, start = match[0].lower().replace("’", "'"), match.start()
        tied = start > 1 and text[start - 1] in _HYPHENS and text[start - 2].isalnum()
        found.append(Token(match[0], key, start, match.end(), f"-{key}" if tied else key))
    return tuple(found)
