"""How hard a text is to read: Flesch-Kincaid grade plus 5, in years of age.

The same counting as textstat 0.7.4 (which measures it in `bench`), without its word lists: that
library is for measuring only, and this is asked thousands of times while a catalogue is built.
"""

import re
from functools import cache, lru_cache

import pyphen

GRADE_TO_AGE = 5.0
_SENTENCE = re.compile(r"\b[^.!?]+[.!?]*")
_PUNCTUATION = re.compile(r"[^\w\s]")


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


@lru_cache(maxsize=100_000)
def _syllables(word: str) -> int:
    return len(_hyphenation().positions(word)) + 1


def reading_age(text: str) -> float:
    """Years of age at which the text is read easily; 0 for a text without words.

    Source: Kincaid et al. 1975 (0.39 words a sentence + 11.8 syllables a word - 15.59), plus 5.
    """
    words = _PUNCTUATION.sub("", text.lower()).split()
    if not words:
        return 0.0
    counts = [len(_PUNCTUATION.sub("", part).split()) for part in _SENTENCE.findall(text)]
    sentences = max(1, sum(count > 2 for count in counts))
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59 + GRADE_TO_AGE
