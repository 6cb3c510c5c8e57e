"""The killing comes last."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Nobody else should meet a service whose parts are just starting again."""
    items.sort(key=lambda item: item.path.name == "test_kills.py")
