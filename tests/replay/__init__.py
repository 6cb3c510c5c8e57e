"""The two registries on loopback, for tests and for developers: `python -m tests.replay --help`."""

from tests.replay.server import Replay

__all__ = ["Replay"]
