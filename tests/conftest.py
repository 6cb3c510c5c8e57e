"""What tests of several rooms share."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One Chromium for all. Where there is none, tests that need it fail: nothing is skipped."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    assert chromium, "browser tests need Chromium: apt-get install chromium, or run .ci/run"
    with sync_playwright() as playwright:
        # No sandbox: tests run as root in containers, and only ever open our own pages.
        opened = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()
