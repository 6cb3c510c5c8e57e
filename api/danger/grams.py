"""What the learnt half counts in a message: groups of letters, words and runs of words.

Each is the number of a bucket (hashing, so that no vocabulary has to be kept).
What belongs to one word alone is worked out once and remembered: a long message costs little more
than looking its words up.
"""

import re
from functools import lru_cache
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BUCKETS = 2**18
"""For each of the three kinds of feature."""
LETTERS = range(2, 6)
RUN = 3
_WORD = re.compile(r"\w[\w']*")

Found = tuple[NDArray[np.int64], NDArray[np.float32]]
"""(buckets, without repeats; dampened counts)."""


def letters(folded: str) -> Found:
    """Groups of 2 to 5 letters within words, an edge of a word counting as a space."""
    return _dampened(np.fromiter(chain.from_iterable(map(_of_word, folded.split())), np.int64))


def words(text: str) -> Found:
    """Words, pairs and triples."""
    found = [word.encode() for word in _WORD.findall(text)]
    after = [b" " + word for word in found]
    # Each run's sum goes on from that of the run without its last word.
    runs = sums = [crc32(word) for word in found]
    for size in range(1, RUN):
        sums = [crc32(word, before) for before, word in zip(sums, after[size:], strict=False)]
        runs = runs + sums
    return _dampened(np.array(runs, np.int64) % BUCKETS)


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[int, ...]:
    edged = f" {word} "
    sizes = [size for size in LETTERS if size <= len(edged)]
    return tuple(
        crc32(edged[at : at + size].encode()) % BUCKETS
        for size in sizes
        for at in range(len(edged) - size + 1)
    )


def _dampened(buckets: NDArray[np.int64]) -> Found:
    each, counts = np.unique(buckets, return_counts=True)
    return each, (1 + np.log(counts)).astype(np.float32)
