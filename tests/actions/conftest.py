"""The demonstration catalogue, built once a session where it is not there, and tracker builders."""

from collections.abc import Iterator

import pytest

from actions.world import World, world
from tests.actions.trackers import Talk


@pytest.fixture(scope="session")
def demo_world() -> World:
    """The world over the demonstration catalogue (`make catalogue` builds it)."""
    return world()


@pytest.fixture
def talk(demo_world: World) -> Iterator[Talk]:
    """A conversation that runs actions and keeps slots as Rasa would."""
    del demo_world
    return Talk()
