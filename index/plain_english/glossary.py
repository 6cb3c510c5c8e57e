"""The glossary: medical and research words with the plain words that mean the same.

Read from `data/plain_english/glossary/*.yml`, which editors write. A term is found in any of its
spellings, singular and plural; one that is marked unsafe is never replaced.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from index.plain_english.spelling import plural, spellings
from index.plain_english.tokens import Token, tokens
from index.yaml_file import read_yaml

FOLDER = Path(__file__).resolve().parents[2] / "data" / "plain_english" / "glossary"
KINDS = frozenset(
    """condition body symptom treatment test medicine_type device research measure people phrase
    """.split()
)
_COUNTED = KINDS - {"phrase"}
_BRACKETED = frozenset({"condition", "medicine_type", "treatment", "test", "device"})
_KEYS = frozenset("""term plain kind also plural term_plural plain_plural bracket unsafe note""".split())


class GlossaryError(ValueError):
    """A glossary file that cannot be used; the message names file, term and remedy."""


@dataclass(frozen=True)
class Term:
    """One entry. bracket: whether the medical word follows the plain one at its first mention."""

    term: str
    plain: str
    kind: str
    also: tuple[str, ...] = ()
    plain_plural: str = ""
    term_plural: str = ""
    bracket: bool = False
    unsafe: bool = False
    note: str = ""
    file: str = ""


@dataclass(frozen=True)
class Form:
    """One written form of a term and what replaces it; exact: only in these capitals.

    keys: its words in lower case, with a hyphen before those that one ties to the word before.

    A form of an unsafe term is never replaced, and keeps shorter terms inside it from being so.
    """

    keys: tuple[str, ...]
    plain: str
    term: Term
    exact: str = ""


@dataclass
class Glossary:
    """Terms by their written forms."""

    terms: list[Term]
    _lengths: dict[str, list[int]] = field(default_factory=dict)
    _forms: dict[tuple[str, ...], list[Form]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index every form by its words, and its length by its first word."""
        lengths: dict[str, set[int]] = {}
        for term in self.terms:
            for form in _forms(term):
                self._forms.setdefault(form.keys, []).append(form)
                lengths.setdefault(form.keys[0], set()).add(len(form.keys))
        for forms in self._forms.values():
            forms.sort(key=lambda form: not form.exact)
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "Glossary":
        """From the editors' files; raises GlossaryError naming the file and the term."""
        return cls([term for file in sorted(folder.glob("*.yml")) for term in read_terms(file)])

    def at(self, found: Sequence[Token], start: int) -> Form | None:
        """The longest term that begins at this token, or None."""
        for length in self._lengths.get(found[start].joined, ()):
            span = found[start : start + length]
            for form in self._forms.get(tuple([token.joined for token in span]), ()):
                if not form.exact or form.exact == "".join(token.text for token in span):
                    return form
        return None

    @cached_property
    def written(self) -> dict[str, list[Term]]:
        """Every written form in lower case (abbreviations as they are) -> its terms."""
        found: dict[str, list[Term]] = {}
        for term in self.terms:
            for text in (term.term, *term.also):
                key = text if is_abbreviation(text) else text.lower()
                found.setdefault(key, []).append(term)
        return found

    def find(self, text: str) -> list[tuple[int, Form]]:
        """(token number, form) of every term in a text, the longest first, none overlapping."""
        all_tokens, at, found = tokens(text), 0, []
        while at < len(all_tokens):
            form = self.at(all_tokens, at)
            if form:
                found.append((at, form))
            at += len(form.keys) if form else 1
        return found


def is_abbreviation(text: str) -> bool:
    """Whether only its capitals tell it from an ordinary word: MI, HbA1c."""
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return " " not in text and capitals >= 2 and capitals * 2 >= len(letters)


def read_terms(file: Path) -> list[Term]:
    """The terms of one file; raises GlossaryError."""
    try:
        content = read_yaml(file)
    except yaml.YAMLError as error:
        raise GlossaryError(f"{file.name} is not valid YAML: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("terms"), list):
        raise GlossaryError(f"{file.name}: the first line after the comment must be 'terms:'")
    return [_term(entry, file) for entry in content["terms"]]


def _term(entry: object, file: Path) -> Term:
    if not isinstance(entry, dict) or not entry.get("term"):
        raise GlossaryError(f"{file.name}: an entry needs a term: {entry!r}")
    where = f"{file.name}, {entry['term']}"
    if unknown := set(entry) - _KEYS:
        raise GlossaryError(f"{where}: unknown key {sorted(unknown)[0]!r}")
    kind = entry.get("kind")
    if kind not in KINDS:
        raise GlossaryError(f"{where}: kind {kind!r} is none of {', '.join(sorted(KINDS))}")
    if not isinstance(entry.get("plain"), str) or not entry["plain"].strip():
        raise GlossaryError(f"{where}: give the plain words that mean the same")
    also = entry.get("also") or []
    if not isinstance(also, list) or not all(isinstance(text, str) for text in also):
        raise GlossaryError(f"{where}: also must be a list of texts (quote MI and numbers)")
    return Term(
        term=str(entry["term"]),
        plain=entry["plain"].strip(),
        kind=kind,
        also=tuple(also),
        bracket=bool(entry.get("bracket", kind in _BRACKETED)),
        unsafe=bool(entry.get("unsafe", False)),
        note=str(entry.get("note") or ""),
        file=file.name,
        **_plurals(entry),
    )


def _plurals(entry: dict[str, Any]) -> dict[str, str]:
    given = entry.get("plural")
    if isinstance(given, dict):
        return {key: str(given[key]) for key in ("term_plural", "plain_plural") if given.get(key)}
    found = {key: str(entry[key]) for key in ("term_plural", "plain_plural") if entry.get(key)}
    if isinstance(given, str) and given:
        found.setdefault("plain_plural", given)
    return found


def _forms(term: Term) -> Iterable[Form]:
    for written in dict.fromkeys((term.term, *term.also)):
        # "MI (heart)" says in brackets which MI is meant: that is for readers, not for matching.
        bare = written.split(" (")[0].strip()
        if bare != written:
            continue
        exact = "".join(t.text for t in tokens(bare)) if is_abbreviation(bare) else ""
        for spelling in spellings(bare) if not exact else [bare]:
            keys = tuple(token.joined for token in tokens(spelling))
            if keys:
                yield Form(keys, term.plain, term, exact)
            many = term.term_plural if written == term.term and term.term_plural else ""
            many = many or (plural(spelling) if term.kind in _COUNTED else "")
            if many and many != spelling:
                many_exact = "".join(t.text for t in tokens(many)) if exact else ""
                plain_many = term.plain_plural or plural(term.plain)
                keys = tuple(token.joined for token in tokens(many))
                yield Form(keys, plain_many, term, many_exact)
