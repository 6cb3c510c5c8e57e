"""The browser of the browser tests, here as well."""

from tests.browser.conftest import browser

__all__ = ["browser"]
