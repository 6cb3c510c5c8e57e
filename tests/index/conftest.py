"""What tests of search share."""

import pytest

from index.catalogue.build import LEXICON
from index.lexicon import Lexicon


@pytest.fixture(scope="session")
def lexicon():
    """The editors' lexicon: seconds to read, so read once."""
    return Lexicon.load(LEXICON)
