"""The learnt half of the danger check: how near a message is to examples of danger.

A linear model over words, word pairs and triples, and letter groups. It finds what no pattern names
("the flat is sorted and the cat has a home"), in well under two milliseconds and with nothing else
running. Trained by `python -m api.danger.train` from `data/safety/examples/`.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from api.danger import grams

KINDS = ("life", "self_harm", "abuse")


class LearntError(RuntimeError):
    """The learnt model is missing or damaged; the message names the remedy."""


@dataclass(frozen=True)
class Likelihood:
    """danger: score of danger of any kind, 0 where it is as likely as not; kinds: score a kind.

    alarm and doubt: what the score is held against, as in `Learnt`
    """

    danger: float
    kinds: dict[str, float]
    alarm: float
    doubt: float

    @property
    def is_ordinary(self) -> bool:
        """So surely no danger that a pattern alone brings no card."""
        return self.danger < self.doubt


def counts(folded: str, mended: str) -> tuple[grams.Found, grams.Found, grams.Found]:
    """Dampened counts of letter groups, of words, and of words mended.

    folded: as `api.danger.text.fold` gives it; mended: the words as the patterns read them,
    misspellings and text speak undone
    """
    return grams.letters(folded), grams.words(folded), grams.words(mended)


@dataclass(frozen=True)
class Learnt:
    """weights: float32 (3 * BUCKETS, 1 + kinds), the first column for danger of any kind.

    idf: float32 (3 * BUCKETS,); intercepts: float64 (1 + kinds,); alarm: the score from which a
    message brings a card; doubt: the score below which a pattern alone does not
    """

    weights: NDArray[np.float32]
    idf: NDArray[np.float32]
    intercepts: NDArray[np.float64]
    alarm: float
    doubt: float

    @classmethod
    def load(cls, file: Path) -> "Learnt":
        """Raises LearntError when the file is missing or cannot be read."""
        try:
            with np.load(file) as kept:
                about = json.loads(str(kept["about"]))
                return cls(
                    kept["weights"].astype(np.float32),
                    kept["idf"].astype(np.float32),
                    kept["intercepts"],
                    float(about["alarm"]),
                    float(about["doubt"]),
                )
        except (OSError, KeyError, ValueError) as error:
            raise LearntError(
                f"the learnt danger model {file} cannot be read ({error}): run `make danger`"
            ) from error

    def save(self, file: Path) -> None:
        """Half precision is enough for weights, and half the size."""
        file.parent.mkdir(parents=True, exist_ok=True)
        about = json.dumps({"alarm": self.alarm, "doubt": self.doubt})
        np.savez_compressed(
            file,
            weights=self.weights.astype(np.float16),
            idf=self.idf.astype(np.float16),
            intercepts=self.intercepts,
            about=about,
        )

    def score(self, folded: str, mended: str) -> Likelihood:
        """How likely danger is in a message; both texts as in `counts`."""
        scores = self.intercepts.copy()
        for at, (buckets, counted) in enumerate(counts(folded, mended)):
            columns = buckets + at * grams.BUCKETS
            values = counted * self.idf[columns]
            length = float(np.sqrt(values @ values))
            scores += values @ self.weights[columns] / max(length, 1e-9)
        kinds = dict(zip(KINDS, map(float, scores[1:]), strict=True))
        return Likelihood(float(scores[0]), kinds, self.alarm, self.doubt)
