"""Words made comparable for the gazetteer: one spelling, no accents, no plurals."""

import unicodedata

_BRITISH = (("ae", "e"), ("oe", "e"), ("our", "or"), ("isation", "ization"), ("ph", "f"))


def fold(text: str) -> str:
    """Lower case without accents and apostrophes."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    kept = (char for char in folded if not unicodedata.combining(char))
    return "".join(kept).replace("'", "").replace("’", "")


def norm(word: str) -> str:
    """The form under which a token is looked up: "haemorrhoids" and "hemorrhoid" are one."""
    found = fold(word)
    for british, american in _BRITISH:
        found = found.replace(british, american)
    if len(found) > 3 and found.endswith("s") and not found.endswith("ss"):
        found = found[:-1]
        if found.endswith("ie"):
            found = found[:-2] + "y"
        elif len(found) > 4 and found[-1] in "ei":
            found = found[:-1]
    elif len(found) > 4 and found[-1] in "ei":
        found = found[:-1]
    return found
