"""Text without tags, and text made comparable: one spelling, no accents, no plurals, never shown."""

import re
import unicodedata
from functools import lru_cache

# A tag begins with a letter: "age < 18 or > 70" is no markup.
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_APOSTROPHE_S = re.compile(r"['’`´]s\b|(?<=s)['’`´](?=\s|$)")
_NOT_WORD = re.compile(r"[^a-z0-9+]+")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4"}

# British and American spellings meet at the shorter, American form. Applied inside words, on both
# sides of every comparison, so that a word changed needlessly ("hour") still equals itself.
_SPELLING = (
    ("ae", "e"),
    ("oe", "e"),
    ("our", "or"),
    ("sulph", "sulf"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("fibre", "fiber"),
    ("centre", "center"),
    ("litre", "liter"),
    ("ph", "f"),
)


def without_tags(text: str) -> str:
    """Each HTML or XML tag as a space."""
    return _TAG.sub(" ", text)


def plain(text: str) -> str:
    """Lower case without accents, apostrophes and punctuation; words parted by one space.

    >>> plain("Parkinson’s disease (Hoehn & Yahr)")
    'parkinson disease hoehn yahr'
    """
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
        folded = "".join(char for char in folded if not unicodedata.combining(char))
    folded = _APOSTROPHE_S.sub("", folded).replace("'", "").replace("’", "")
    return _NOT_WORD.sub(" ", folded).strip()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """One form for British and American spelling and for singular and plural.

    >>> stem("haemorrhoids") == stem("hemorrhoid")
    True
    """
    for british, american in _SPELLING:
        if british in word and not (american == "or" and word in ("our", "four", "hour")):
            word = word.replace(british, american)
    if len(word) > 3:
        if word.endswith("ies"):
            word = word[:-3] + "y"
        elif word.endswith("s") and not word.endswith("ss"):
            word = word[:-1]
        # metastases, metastasis and metastase; disease and diseas
        if len(word) > 4 and word[-1] in "ei":
            word = word[:-1]
    return _ROMAN.get(word, word)


def words(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in plain(text).split()]
