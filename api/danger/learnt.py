"""The learnt half of the danger check: how near a message is to examples of danger.

A linear model over words, word pairs and triples, and letter groups. It finds what no pattern names
("the flat is sorted and the cat has a home"), in well under two milliseconds and with nothing else
running. Trained by `python -m api.danger.train` from `data/safety/examples/`.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

from api.danger.text import fold

Matrix = Any  # a scipy sparse matrix
FEATURES = 2**18
"""Hash buckets for each kind of feature: no vocabulary has to be kept."""
LETTERS = HashingVectorizer(
    analyzer="char_wb",
    ngram_range=(2, 5),
    n_features=FEATURES,
    alternate_sign=False,
    norm=None,
    lowercase=False,
)
WORDS = HashingVectorizer(
    analyzer="word",
    ngram_range=(1, 3),
    n_features=FEATURES,
    alternate_sign=False,
    norm=None,
    lowercase=False,
    token_pattern=r"(?u)\b\w[\w']*",  # noqa: S106 (a pattern, no password)
)
LIMIT_CHARACTERS = 1000
KINDS = ("life", "self_harm", "abuse")


class LearntError(RuntimeError):
    """The learnt model is missing or damaged; the message names the remedy."""


@dataclass(frozen=True)
class Likelihood:
    """danger: score of danger of any kind, 0 where it is as likely as not; kinds: score a kind."""

    danger: float
    kinds: dict[str, float]


def counts(texts: list[str], mended: list[str]) -> list[Matrix]:
    """Dampened counts of letter groups and words: three matrices of shape (n, FEATURES).

    mended: each text's words as the patterns read them, misspellings and text speak undone
    """
    folded = [fold(text[:LIMIT_CHARACTERS]) for text in texts]
    matrices = [LETTERS.transform(folded), WORDS.transform(folded), WORDS.transform(mended)]
    for matrix in matrices:
        matrix.data = 1 + np.log(matrix.data)
    return matrices


@dataclass(frozen=True)
class Learnt:
    """weights: float32 (3 * FEATURES, 1 + kinds), the first column for danger of any kind.

    idf: float32 (3 * FEATURES,); intercepts: float64 (1 + kinds,); alarm: the score from which a
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

    def score(self, text: str, mended: str) -> Likelihood:
        """How likely danger is in a message; `mended` as in `counts`."""
        scores = self.intercepts.copy()
        # Plain arrays for one message: sparse matrices cost more than the sum itself.
        for at, matrix in enumerate(counts([text], [mended])):
            columns = matrix.indices + at * FEATURES
            values = matrix.data * self.idf[columns]
            length = float(np.sqrt(values @ values))
            scores += values @ self.weights[columns] / max(length, 1e-9)
        kinds = dict(zip(KINDS, map(float, scores[1:]), strict=True))
        return Likelihood(float(scores[0]), kinds)


def features(matrices: list[Matrix], idf: NDArray[np.float32]) -> Matrix:
    """The weighted matrix (n, 3 * FEATURES), each part of a row with length 1."""
    parts = []
    for at, matrix in enumerate(matrices):
        weighted = matrix.multiply(idf[at * FEATURES : (at + 1) * FEATURES]).tocsr()
        lengths = np.sqrt(weighted.multiply(weighted).sum(axis=1)).A1
        parts.append(sparse.diags(1 / np.maximum(lengths, 1e-9)) @ weighted)
    return sparse.hstack(parts).tocsr()
