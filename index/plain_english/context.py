"""Whether a glossary term may be replaced where it stands: what is around it must still fit.

"Locally recurrent or metastatic breast cancer" must not become "locally recurrent or breast cancer
that has spread", nor "mesothelioma of the lung" become "cancer from asbestos of the lung".
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.plain_english.glossary import Form
from index.plain_english.tokens import Token, tokens

# Plain words that end in a phrase of their own, which would take what follows them for its own.
_TRAILS = re.compile(
    r"\S+ (?:of|in|on|at|to|for|from|by|with|without|that|who|which|where|when|called|linked|caused|making|through|under|as"
    r"|around|near|after|before|between|inside|outside|during)\s+\S"
)
# "Adenocarcinoma of the colon or rectum": what follows "or" belongs to the term's last words.
_REACHES_ON = re.compile(r"\w+ (?:of|in|to|on|from) \w+")
_MAY_FOLLOW = frozenset(
    """and or but nor , . ; : ! ? ) ] ” ( " is are was were be been being will would can could may might must should
    shall has have had do does did in on at for with without from by who which when while after before during if as
    than then compared versus vs because until since unless although however at including such within""".split()
)
_JOINS = frozenset({"or", "and", ","})
# "Right and left ventricular": the other side shares the noun, which the plain words replace.
_SIDES = frozenset({"left", "right", "upper", "lower", "inner", "outer"})
# "Parkinson's disease patients who", "UK participants": after a noun, "people who" is no English.
_PEOPLE = frozenset({"patients", "participants", "subjects"})
_NO_NOUN_BEFORE_PEOPLE = re.compile(
    r".*(?:disease|syndrome|cancer|disorder|carcinoma|sarcoma|tumou?r|oma|itis|osis|emia|aemia|pathy|diabetes|asthma|stroke)s?$|^(?:uk|us|nhs)$"
)
# "Moderately severe neutropenia" must not become "moderately shortage of white cells".
_GRADED = frozenset({"severe", "mild", "moderate", "acute", "chronic", "advanced"})
_ABSTRACT = re.compile(r".*(?:ation|ment|data|numbers|safety|flow|groups?)$")
# "Paranoia, also known as ..." explains a word that must stay; "sporadic too much hormone" is no English.
_NAMES_IT = frozenset({"called", "named", "termed"})
_NO_ADJECTIVE_BEFORE = frozenset(
    """too lack lacking feeling missing making having being when not low high loss fear seeing hearing removing giving putting taking using cutting stopping
    passing getting looking""".split()
)
_ADJECTIVE = re.compile(
    r".*(?:ic|al|ive|onset|er|ous|ent|ant|ed|ary|ory|able|ible|ular|oid|ar|ful|less)$|^(?:high|low|mild|severe|early|late|first|second|new|old|non|stage|grade|i|ii|iii|iv|[ivx]+[abc]?|\d.*"
    r"|alcohol|drugs?|tobacco|nicotine)$"
)


def fits(found: Sequence[Token], at: int, end: int, form: Form) -> bool:
    """Whether the plain words may stand in the place of tokens at .. end - 1."""
    if form.term.unsafe:
        return False
    following = found[end].key if end < len(found) else "."
    if following not in _MAY_FOLLOW and trails(form.plain):
        return False
    if following in ("or", "and") and _REACHES_ON.search(" ".join(form.keys)):
        return False
    if _leans_on_people(found, at, following, form):
        return False
    if at > 1 and form.keys[0] in _SIDES and found[at - 1].key in _JOINS:
        return False
    if at and (_is_naming(found, at) or _opens_badly(found, at, form)):
        return False
    if _says_twice(found, at, following, form):
        return False
    return not _shares_its_noun(found, at, form)


def _leans_on_people(found: Sequence[Token], at: int, following: str, form: Form) -> bool:
    """Whether a word for people is part of a name of something: "asthma patients", "participant safety"."""
    if form.keys[0] in _PEOPLE and at and _NO_NOUN_BEFORE_PEOPLE.match(found[at - 1].key):
        return True
    return form.keys == ("participant",) and bool(_ABSTRACT.match(following))


def _is_naming(found: Sequence[Token], at: int) -> bool:
    """Whether the words before say what something is called, as "known as" does."""
    last, before = found[at - 1].key, found[at - 2].key if at > 1 else ""
    return last in _NAMES_IT or (last == "as" and before == "known")


def _opens_badly(found: Sequence[Token], at: int, form: Form) -> bool:
    """Whether an adjective before the term cannot stand before its plain words."""
    if form.keys[0] in _GRADED and found[at - 1].key.endswith("ly"):
        return True
    first = form.plain.split()[0].lower()
    return first in _NO_ADJECTIVE_BEFORE and bool(_ADJECTIVE.match(found[at - 1].key))


def _says_twice(found: Sequence[Token], at: int, following: str, form: Form) -> bool:
    """Whether the word beside the term would stand twice: "medical contraindication", "antigen test test"."""
    first, *_, last = [token.key for token in tokens(form.plain)] * 2
    return bool(at and found[at - 1].key == first) or following == last


@lru_cache(maxsize=20_000)
def trails(plain: str) -> bool:
    """Whether the plain words end in a phrase of their own: "cancer that has spread"."""
    return bool(_TRAILS.search(plain))


def _shares_its_noun(found: Sequence[Token], at: int, form: Form) -> bool:
    """Whether an adjective before "or" leans on the term's last word, which the plain words lack."""
    if at < 2 or found[at - 1].key not in _JOINS:
        return False
    last_of_plain = re.findall(r"\w+", form.plain.lower())[-1:]
    if len(form.keys) > 1 and [form.keys[-1].lstrip("-")] == last_of_plain:
        return False
    return bool(_ADJECTIVE.match(found[at - 2].key)) and len(form.keys) > 1
