"""One Chromium for all browser tests. Where there is none, they fail: nothing is skipped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from settings import ROOT
from tests.running import Service

# A turn takes a second or two on a busy machine.
expect.set_options(timeout=15_000)
SCREENSHOTS = ROOT / "var" / "screenshots"


@pytest.fixture
def page(browser: Browser, service: Service) -> Iterator[Page]:
    """A page of the service, 1280 px wide. A script error on it fails the test."""
    context = browser.new_context(base_url=service.url, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


AXE = Axe()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    # Off by default in axe, and the only automatic rule of WCAG 2.2.
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


def has_no_violations(page: Page, state: str) -> None:
    """Fail with what axe-core found on the page as it is now, shadow roots included."""
    found = AXE.run(page, options=AXE_OPTIONS).response["violations"]
    told = [
        f"{each['id']} ({each['impact']}): {node['target']} {node['html'][:160]}"
        for each in found
        for node in each["nodes"]
    ]
    assert not told, f"{state}: " + "\n".join(told)


@pytest.fixture
def screenshots() -> Path:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS
