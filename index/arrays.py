"""Arrays on disk, and the highest values of long ones."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SAMPLE_FROM = 20_000
"""Fewer values are put in order as they are."""
ONE_IN = 128


def mapped(file: Path) -> NDArray[Any]:
    """An .npy file memory-mapped, so that processes share it, and seen as a plain array.

    Each slice of numpy's own `memmap` class costs a pass through Python; a view of it does not.
    """
    return np.asarray(np.load(file, mmap_mode="r"))


def highest(values: NDArray[np.floating[Any]], count: int) -> NDArray[np.intp]:
    """Where the highest values above zero are, at most count, unordered.

    A sample tells from where on about four times as many as wanted lie, so that of very many only those
    are compared with each other. The result is exact whatever the sample was like.
    """
    above = _above_sample(values, count) if len(values) >= SAMPLE_FROM else None
    if above is None:
        above = np.flatnonzero(values > 0)
    if len(above) <= count:
        return above
    return above[np.argpartition(-values[above], count)[:count]]


def _above_sample(values: NDArray[np.floating[Any]], count: int) -> NDArray[np.intp] | None:
    """Where the values are that a sample takes for the highest; None if they are too few."""
    sample = values[::ONE_IN]
    kept = max(4 * count // ONE_IN, 8)
    if kept >= len(sample):
        return None
    least = np.partition(sample, -kept)[-kept]
    if least <= 0:
        return None
    above = np.flatnonzero(values >= least)
    return above if len(above) >= count else None
