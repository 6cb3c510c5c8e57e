"""Which conditions and places a message names only to say that they are not meant."""

import re

_BEFORE = re.compile(
    r"\b(?:not|no|never had|haven'?t got|havent|hasn'?t got|hasnt|don'?t have|dont have|doesn'?t have|"
    r"isn'?t|isnt|ain'?t|without|other than|nothing to do with|instead of|rather than|anywhere but|(?:don'?t|dont|do not) want to (?:live|stay|be|go)(?: in| near| to| round)?|"
    r"anything but|except|apart from|cannae be|no'?|never mind|nae bother wi|(?:don'?t|dont|divvent|dinnae|do not) (?:bother|worry|want|mean)(?: (?:with|wi|about))?|"
    r"not bothered about|forget(?: about)?|leave out|skip|scrap)\s+"
    r"(?:(?:got|any|a|an|the|about|for|my|her|his|on|actually|really|just)\s+)*$",
    re.IGNORECASE,
)


def negated(text: str, start: int) -> bool:
    """Whether what begins at `start` follows words that rule it out ("not", "haven't got")."""
    return bool(_BEFORE.search(text[:start]))


_BACK = re.compile(
    r"^[\W_]*(?:(?:oh|er|erm|um|wait|oops|hang on|hold on|well)[\W_]+)*"
    r"(?:no+|nah|naw|sorry|soz|oops|whoops|actually|rather|correction|scrap that|i mean|i meant|make that|not that)"
    r"(?:[\W_]+(?:no+|nah|naw|sorry|soz|wait|i mean|i meant|i should say|make that|that's wrong|thats wrong|it's|its|the|a|rather|yeah|yes|um|er|erm))*[\W_]*$",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:died|dies|passed away|passed on|passed|killed by|taken by|we lost (?:him|her|them)|"
    r"lost (?:my |our |me |ma |his |her )?(?:mum|mam|mother|dad|da|father|wife|husband|brother|sister|son|daughter|nan|gran|"
    r"granny|grandad|auntie?|uncle|him|her|them|friend|mate|partner|baby|child))"
    r" (?:of|from|with|to|by|wi) (?:the |a |an )?(?:\w+ )?$",
    re.IGNORECASE,
)


def taken_back(between: str) -> bool:
    """Whether the words between two names put the second in the place of the first ("no sorry, I mean")."""
    return bool(_BACK.match(between))


def of_somebody_gone(text: str, start: int) -> bool:
    """Whether what begins at `start` is what somebody died of."""
    return bool(_GONE.search(text[:start]))
