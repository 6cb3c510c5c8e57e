"""Train the learnt half of the danger check: `python -m api.danger.train` writes var/models/danger.npz.

Learns from `data/safety/examples/` and, as ordinary messages, from all training data of the
assistant. Takes about a minute.
"""

import sys

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from api.danger.check import DangerCheck
from api.danger.examples import ORDINARY, Examples
from api.danger.grams import BUCKETS, Found
from api.danger.learnt import KINDS, Learnt, counts
from api.danger.text import fold
from settings import settings

INVERSE_REGULARISATION = 20.0
TOLERANCE = 1e-7
ALARM, DOUBT = -1.0, -3.0
"""By measurement on phrasings left out: see docs/safety.md."""


def fit(examples: Examples, mended: list[str]) -> Learnt:
    """A model of these messages; mended: each as the patterns read it."""
    texts = zip(examples.texts, mended, strict=True)
    parts = list(zip(*(counts(fold(text), words) for text, words in texts), strict=True))
    idf = np.concatenate([_idf(list(part)) for part in parts])
    rows = sparse.hstack(
        [_weighted(list(part), idf[at * BUCKETS :]) for at, part in enumerate(parts)]
    ).tocsr()
    # Most buckets stay empty: what no message fills takes no part in the fit.
    used = np.flatnonzero(np.bincount(rows.indices, minlength=rows.shape[1]))
    rows = rows[:, used]
    truth = np.array(examples.kinds)
    weights = np.zeros((3 * BUCKETS, 1 + len(KINDS)), dtype=np.float32)
    intercepts = np.zeros(1 + len(KINDS))
    targets = [truth != ORDINARY, *(truth == kind for kind in KINDS)]
    for at, target in enumerate(targets):
        model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=3000, tol=TOLERANCE)
        model.fit(rows, target)
        weights[used, at] = model.coef_[0]
        intercepts[at] = model.intercept_[0]
    return Learnt(weights, idf, intercepts, ALARM, DOUBT)


def _idf(found: list[Found]) -> NDArray[np.float32]:
    """Smoothed inverse document frequency of each bucket."""
    held = np.bincount(np.concatenate([buckets for buckets, _ in found]), minlength=BUCKETS)
    result: NDArray[np.float32] = (np.log((1 + len(found)) / (1 + held)) + 1).astype(np.float32)
    return result


def _weighted(found: list[Found], idf: NDArray[np.float32]) -> sparse.csr_matrix:
    """Each message's weighted counts as a row of length 1, as `Learnt.score` has them."""
    values = [counted * idf[buckets] for buckets, counted in found]
    values = [each / max(float(np.sqrt(each @ each)), 1e-9) for each in values]
    ends = np.cumsum([0, *(len(each) for each in values)])
    buckets = np.concatenate([buckets for buckets, _ in found])
    return sparse.csr_matrix(
        (np.concatenate(values), buckets, ends), shape=(len(found), BUCKETS)
    )


def main() -> int:
    """Train and save; 1 when an editor's file is wrong, which is said."""
    data = settings().data
    try:
        check = DangerCheck.of_patterns(data)
        examples = Examples.read(data)
    except (OSError, ValueError, yaml.YAMLError) as error:
        print(f"The danger check cannot be trained: {error}", file=sys.stderr)
        return 1
    fit(examples, [check.mended(text) for text in examples.texts]).save(settings().danger_model)
    print(f"The danger check has learnt from {len(examples.texts)} messages.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
