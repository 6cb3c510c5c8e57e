"""Names that somebody states: "my name is ...", "my son is called ...", "Mrs ...".

Only names that are announced: finding every name would take a model that also takes out conditions
(Parkinson, Crohn, Hodgkin) and towns, and those the search needs.
"""

import re


def words(text: str) -> frozenset[str]:
    """Read a list of words set apart by spaces."""
    return frozenset(text.split())


FAMILY = (
    r"(?:son|daughter|husband|wife|partner|mum|mom|mam|dad|mother|father|brother|sister|nan|gran"
    r"|grandad|baby|child|boy|girl|friend|boyfriend|girlfriend|uncle|auntie|aunt|patient)"
)
ANNOUNCED = re.compile(
    rf"\b(name(?:'s|’s|s)?(?: is| was|:)?|(?:i am|i'm|i’m|im|we are) called|they call me|"
    rf"{FAMILY}(?:'s|’s| is| was|,)? (?:called|named)|"
    r"(?:regards|sincerely|faithfully|cheers)[,.]?)(\s{1,3})"
    r"((?:[^\W\d_][\w'’-]{0,30}[ \t]{0,2}){1,4})",
    re.I,
)
TITLED = re.compile(
    r"\b(Mr|Mrs|Ms|Miss|Dr|Prof|mr|mrs|dr)(\.? )([A-Z][\w'’-]{1,30}(?: [A-Z][a-z'’-]{1,30})?)"
)

# A name ends where the sentence goes on; none begins with these.
NOT_A_NAME = words(
    """
    and i im i'm i’m ive i've my me we he she they it but from with in at of for to on is
    was are am have has had having living live lives looking want wants need needs who aged
    age a an the not no if so because can could would do does please suffer suffers got get
    near based this that his her their our your what which why how when where or as by
    trying hoping would about called protected private confidential there here needed
    required known unknown study trial
    """
)


def take_names_out(text: str) -> str:
    """Replace announced names by "[name]"."""
    text = ANNOUNCED.sub(_announced, text)
    return TITLED.sub(r"\1\2[name]", text)


def _announced(match: re.Match[str]) -> str:
    words = re.findall(r"\S+\s*", match[3])
    name = 0
    for word in words[:3]:
        if word.strip().lower() in NOT_A_NAME:
            break
        name += 1
    if not name:
        return match[0]
    rest = "".join(words[name:])
    last = words[name - 1]
    space = last[len(last.rstrip()) :]
    return f"{match[1]}{match[2]}[name]{space}{rest}"
