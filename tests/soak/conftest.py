"""The browser of the browser tests, here as well; and the killing comes last."""

import pytest

from tests.browser.conftest import browser

__all__ = ["browser"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Nobody else should meet a service whose parts are just starting again."""
    items.sort(key=lambda item: item.path.name == "test_kills.py")
