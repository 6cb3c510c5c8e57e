"""How long the runs are: short in `make test`, long in `make soak`."""

import os

LONG = os.environ.get("SOAK") == "1"


def size(short: int, long: int) -> int:
    """The number for this run."""
    return long if LONG else short
