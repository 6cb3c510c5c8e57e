"""The verifier: whether a reworded sentence still says exactly what its source says.

Word by word: each word of the source must stand in the plain sentence, in the same order, or be
part of a glossary term whose plain words stand in its place. Beside that, the facts of both (numbers
with units, dates, negations, comparisons, medicines) are counted and must be equal. A new full stop
may stand only where both halves are whole clauses.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from index.plain_english.context import fits
from index.plain_english.facts import fact_kind, facts, number
from index.plain_english.glossary import Form, Glossary
from index.plain_english.patterns import Pattern
from index.plain_english.split import may_split
from index.plain_english.tokens import Token, tokens

_SIGNS = frozenset("<>≤≥=%+±£")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z][A-Za-z]{0,5}s?")
_JOINT = re.compile(r"(?:;|, and|, but|, so|\sand)\s*(?:and\s+|but\s+|so\s+)?$|(?:;|,)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Fault:
    """What changed.

    kind: number, unit, date, negation, comparison, medicine, order, added, missing or split
    """

    kind: str
    detail: str


class Word(NamedTuple):
    """A word or sign that counts.

    key: in one form, numbers as digits; begins: first of a sentence; opens, closes: next to a bracket
    """

    token: Token
    key: str
    begins: bool
    opens: bool
    closes: bool


@dataclass(frozen=True)
class _Step:
    source: int
    plain: int
    used: tuple[tuple[Form, str], ...] = ()
    joints: tuple[int, ...] = ()


class Verifier:
    """Checks sentences against their sources; knows the glossary and the patterns."""

    def __init__(self, glossary: Glossary, patterns: Sequence[Pattern] = ()):
        self.glossary = glossary
        self.patterns = patterns

    def faults(self, source: str, plain: str) -> list[Fault]:
        """What the plain text changes; empty when it may be shown in the source's place."""
        if source == plain:
            return []
        first = self._against(source, plain)
        if not first:
            return []
        for pattern in self.patterns:
            said = pattern.apply(source)
            if said and not self._against(said, plain):
                return []
        return first

    def _against(self, source: str, plain: str) -> list[Fault]:
        left, right = words(source), words(plain)
        end = self._align(left, right, self._terms(source, left))
        if end is None:
            return _differences(left, right)
        faults = _counted(source, plain, end)
        for at in end.joints:
            cut = left[at].token.start
            if not (_JOINT.search(source[:cut]) and may_split(_before(source[:cut]), source[cut:])):
                faults.append(Fault("split", source[max(0, cut - 20) : cut + 20]))
        return faults

    def _terms(self, source: str, left: list[Word]) -> dict[int, tuple[Form, int]]:
        """Terms that may be replaced where they stand, with their words, by their first word's number."""
        found = tokens(source)
        numbers = {word.token.start: number for number, word in enumerate(left)}
        terms: dict[int, tuple[Form, int]] = {}
        for at, token in enumerate(found):
            form = self.glossary.at(found, at) if token.start in numbers else None
            if form and fits(found, at, at + len(form.keys), form):
                length = sum(_counts(one) for one in found[at : at + len(form.keys)])
                terms[numbers[token.start]] = (form, length)
        return terms

    def _align(self, left: list[Word], right: list[Word], terms: dict[int, tuple[Form, int]]) -> _Step | None:
        """Walk through both texts at once; None when some word is left over."""
        trail = [_Step(0, 0)]
        dead: set[tuple[int, int]] = set()
        while trail:
            here = trail.pop()
            if here.source == len(left) and here.plain == len(right):
                return here
            if (here.source, here.plain) in dead or here.source == len(left):
                continue
            dead.add((here.source, here.plain))
            trail += _ways(here, left, right, terms)
        return None


def _ways(
    here: _Step, left: list[Word], right: list[Word], terms: dict[int, tuple[Form, int]]
) -> list[_Step]:
    """Where one may go from here; the likeliest last."""
    i, j = here.source, here.plain
    ways: list[_Step] = []
    word = left[i]
    if word.opens and word.closes and _ACRONYM.fullmatch(word.token.text):
        ways.append(_Step(i + 1, j, here.used, here.joints))
    if j == len(right):
        return ways
    joints = here.joints
    if right[j].begins and j and not word.begins:
        joints = (*joints, i)
        if word.key == "and" and i + 1 < len(left):
            ways.append(_Step(i + 1, j, here.used, here.joints))
    if _same(word, right[j]):
        ways.append(_Step(i + 1, j + 1, here.used, joints))
    if term := terms.get(i):
        ways += _replaced(_Step(i, j, here.used, joints), left, right, *term)
    return ways


def words(text: str) -> list[Word]:
    """The words and signs of a text that count, each with what stands around it."""
    found: list[Word] = []
    begins, opens = True, False
    for token in tokens(text):
        if _counts(token):
            found.append(Word(token, number(token.key), begins, opens, False))
            begins = opens = False
        elif token.text in ".!?":
            begins = True
        elif token.text in "([":
            opens = True
        elif token.text in ")]" and found:
            found[-1] = found[-1]._replace(closes=True)
    return found


def _counts(token: Token) -> bool:
    return token.is_word or token.text in _SIGNS


def _same(one: Word, other: Word) -> bool:
    if one.opens != other.opens or one.closes != other.closes:
        return False
    return one.key == other.key or {one.key, other.key} == {"a", "an"}


def _replaced(here: _Step, left: list[Word], right: list[Word], form: Form, length: int) -> list[_Step]:
    """The term's plain words at this place, with or without the medical word in brackets."""
    i, j = here.source, here.plain
    plain = [number(token.key) for token in tokens(form.plain) if _counts(token)]
    end, after = j + len(plain), i + length
    if [word.key for word in right[j:end]] != plain:
        return []
    ways = [_Step(after, end, (*here.used, (form, form.plain)), here.joints)]
    medical = [word.key for word in left[i:after]]
    stop = end + len(medical)
    bracket = right[end:stop]
    if [word.key for word in bracket] == medical and bracket[0].opens and bracket[-1].closes:
        shown = f"{form.plain} ({' '.join(word.token.text for word in left[i:after])})"
        ways.append(_Step(after, stop, (*here.used, (form, shown)), here.joints))
    return ways


def _before(source: str) -> str:
    """The part before a joint without its "and" and its comma."""
    return re.sub(r"(?:[,;]|\s)\s*(?:and|but|so)?\s*$", "", source, flags=re.IGNORECASE)


def _counted(source: str, plain: str, end: _Step) -> list[Fault]:
    """Facts that one text has and the other has not, once what glossary terms bring is allowed for."""
    before, after = Counter(facts(source)), Counter(facts(plain))
    for form, shown in end.used:
        before.subtract(facts(" ".join(key.lstrip("-") for key in form.keys)))
        after.subtract(facts(shown))
    changed = {fact for fact in before | after if before[fact] != after[fact]}
    return [Fault(kind, detail) for kind, detail in sorted(changed)]


def _differences(left: list[Word], right: list[Word]) -> list[Fault]:
    """Faults of two texts that do not meet word by word, named by what is different."""
    a, b = [word.key for word in left], [word.key for word in right]
    faults: list[Fault] = []
    gone: Counter[str] = Counter()
    came: Counter[str] = Counter()
    for what, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        gone.update(a[i1:i2])
        came.update(b[j1:j2])
        for word in (*left[i1:i2], *right[j1:j2]):
            if kind := fact_kind(word.token):
                faults.append(Fault(kind, word.token.text))
    if gone == came:
        return [Fault("order", " ".join(gone)), *faults]
    if not faults:
        faults += [Fault("missing", word) for word in gone - came]
        faults += [Fault("added", word) for word in came - gone]
    return faults
