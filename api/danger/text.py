"""A message as the danger check reads it: plain words, with the ways people really write undone.

Nothing here decides anything. It turns "I caaant breath!!" into can, not, breath.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"[a-z0-9@$*!']+|[.?;\n]")
LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
)
NUMBER = re.compile(
    r"\d{1,6}(?:st|nd|rd|th|mg|mgs|g|ml|am|pm|mins?|hrs?|yrs?|months?|weeks?|f|m|x|s)?"
)
LONG_RUN = re.compile(r"([a-z])\1{2,}")
SPELLED_OUT = re.compile(r"\b(?:[a-z][ .\-]){3,15}[a-z]\b")
LONGEST_WORD = 24


@dataclass(frozen=True)
class Reading:
    """Words in order, and for each the number of its sentence."""

    words: tuple[str, ...]
    sentences: tuple[int, ...]


def fold(text: str) -> str:
    """Lower case, plain letters and plain apostrophes."""
    text = text.lower()
    if text.isascii():
        return text.replace("`", "'")
    text = unicodedata.normalize("NFKD", text).replace("’", "'").replace("‘", "'")
    text = "".join(character for character in text if not unicodedata.combining(character))
    return text.replace("`", "'").replace("´", "'")


def read(folded: str, expand: dict[str, list[str]], join: dict[str, str]) -> Reading:
    """Give the words of a text that `fold` has seen to.

    expand: what a word stands for ("cant": ["can", "not"]; fillers stand for nothing)
    join: pairs written apart that are one word ("my self": "myself")
    """
    folded = SPELLED_OUT.sub(_closed_up, folded).replace("a&e", " aande ").replace("&", " and ")
    words: list[str] = []
    sentences: list[int] = []
    sentence = 0
    tokens = [_plain(token) for token in WORD.findall(folded)]
    place = 0
    while place < len(tokens):
        token = tokens[place]
        pair = f"{token} {tokens[place + 1]}" if place + 1 < len(tokens) else ""
        if pair in join:
            token = join[pair]
            place += 1
        place += 1
        if token in (".", "?", ";", "\n", ""):
            sentence += bool(token)
            continue
        for word in _expanded(token, expand):
            words.append(word)
            sentences.append(sentence)
    return Reading(tuple(words), tuple(sentences))


def _closed_up(match: re.Match[str]) -> str:
    return re.sub(r"[ .\-]", "", match[0])


@lru_cache(maxsize=20_000)
def _plain(token: str) -> str:
    if token in (".", "?", ";", "\n"):
        return token
    token = token.strip("'!*@$")[:LONGEST_WORD]
    if any(character.isalpha() for character in token) and not NUMBER.fullmatch(token):
        token = token.translate(LEET)
    token = token.replace("*", "").replace("!", "i")
    return LONG_RUN.sub(r"\1\1", token)


def _expanded(token: str, expand: dict[str, list[str]]) -> list[str]:
    if token in expand:
        return expand[token]
    bare = token.replace("'", "")
    if bare in expand:
        return expand[bare]
    if token.endswith("n't"):
        return [token[:-3], "not"]
    if "'" in token:
        # mum's, she'd, they've: what follows the apostrophe is a filler or a possessive.
        stem = token.split("'", maxsplit=1)[0]
        return expand.get(stem, [stem] if stem else [])
    return [bare]
