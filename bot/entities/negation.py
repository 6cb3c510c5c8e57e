"""Which conditions a message names only to say that they are not meant."""

import re

_BEFORE = re.compile(
    r"\b(?:not|no|never had|haven'?t got|havent|hasn'?t got|hasnt|don'?t have|dont have|doesn'?t have|"
    r"isn'?t|isnt|ain'?t|without|other than|nothing to do with|instead of|rather than|anywhere but|anything but|except|apart from|cannae be|no'?)\s+"
    r"(?:(?:got|any|a|an|the|about|for|my|her|his|on|actually|really|just)\s+)*$",
    re.IGNORECASE,
)


def negated(text: str, start: int) -> bool:
    """Whether what begins at `start` follows words that rule it out ("not", "haven't got")."""
    return bool(_BEFORE.search(text[:start]))
