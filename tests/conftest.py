"""What tests of several rooms share."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.running import Service


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Service]":
    """The whole service on free ports, with databases of its own."""
    from tests.running import demo_catalogue, run_service

    with run_service(tmp_path_factory.mktemp("var"), demo_catalogue()) as running:
        yield running
