"""What is measured of a ranked list, by the usual definitions."""

import math
from collections.abc import Iterable, Sequence

CUT = 10


def ndcg(ranked: Sequence[str], relevant: set[str], cut: int = CUT) -> float:
    """Normalised discounted cumulative gain of the first `cut` ids; each relevant id gains 1."""
    gained = sum(
        1 / math.log2(place + 2) for place, found in enumerate(ranked[:cut]) if found in relevant
    )
    best = sum(1 / math.log2(place + 2) for place in range(min(cut, len(relevant))))
    return gained / best if best else 0.0


def hit(ranked: Sequence[str], relevant: set[str], cut: int = 3) -> float:
    """1.0 when one of the first `cut` ids is relevant."""
    return float(any(found in relevant for found in ranked[:cut]))


def mean(values: Iterable[float]) -> float:
    """The mean; nan of nothing."""
    kept = list(values)
    return sum(kept) / len(kept) if kept else math.nan


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which this share (0 to 1) of the values lie, by nearest rank."""
    kept = sorted(values)
    return kept[min(len(kept) - 1, max(0, math.ceil(share * len(kept)) - 1))] if kept else math.nan
