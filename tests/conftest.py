"""What tests of several rooms share."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.other_site import OtherSite
    from tests.running import Service


@pytest.fixture(scope="session")
def other_site() -> "Iterator[OtherSite]":
    """A site of somebody else that may have the chat on its pages."""
    from tests.other_site import run_other_site

    with run_other_site() as site:
        yield site


@pytest.fixture(scope="session")
def service(
    tmp_path_factory: pytest.TempPathFactory, other_site: "OtherSite"
) -> "Iterator[Service]":
    """The whole service on free ports, with databases of its own."""
    from tests.running import demo_catalogue, run_service

    var = tmp_path_factory.mktemp("var")
    with run_service(var, demo_catalogue(), ALLOWED_ORIGINS=f'["{other_site.allowed}"]') as running:
        yield running
