"""Glossary terms in a sentence replaced by plain words; the medical word follows in brackets once."""

import re
from collections.abc import Sequence
from typing import Protocol

from index.plain_english.context import fits
from index.plain_english.facts import NUMBERS
from index.plain_english.glossary import Form, Glossary
from index.plain_english.sentences import capitalised
from index.plain_english.tokens import Token, tokens

_VOWEL = re.compile(r"^(?:[aeio]|u(?!ni|se|ro|ter|ri)|hour|hono|MRI|HIV|[XF]-)", re.IGNORECASE)
_SHORT_IN_BRACKETS = re.compile(r"^\s*\(")
_BRACKET_AFTER = re.compile(r"^\s*\(([^()]*)\)")
_NUMERALS = {word: number for word, number in NUMBERS.items() if word not in ("zero", "one")}


class Explanations(Protocol):
    """The terms that have been explained; a set, or something that holds every term."""

    def __contains__(self, term: object, /) -> bool: ...

    def add(self, term: str, /) -> None:
        """Note that a term has been explained."""
        ...


def reword(text: str, glossary: Glossary, seen: Explanations) -> str:
    """The text with plain words; `seen` holds the terms already explained, and gets the new ones."""
    found = tokens(text)
    pieces: list[str] = []
    at = done = 0
    while at < len(found):
        form = glossary.at(found, at)
        end = at + len(form.keys) if form else at + 1
        plain = None
        if form and _may_replace(text, found, at, end, form):
            plain = _said(text, found[at:end], form, seen)
        elif _may_be_numeral(text, found, at):
            plain, end = _NUMERALS[found[at].key], at + 1
        if plain is None:
            at = end if form and form.term.unsafe else at + 1
            continue
        before = text[done : found[at].start]
        if at and found[at - 1].key in ("a", "an") and plain[:1].isalpha():
            before = _article(before, found[at - 1], plain)
        if text[found[end - 1].end :][:1].isalnum():
            plain += " "
        pieces += [before, capitalised(plain) if _opens(text, found[at]) else plain]
        done, at = found[end - 1].end, end
    return "".join([*pieces, text[done:]])


def _may_be_numeral(text: str, found: Sequence[Token], at: int) -> bool:
    """Whether a number word reads well as a numeral; "three 3-hour visits" stays."""
    if found[at].key not in _NUMERALS or _hyphened(text, found[at].start, found[at].end):
        return False
    return not (at + 1 < len(found) and found[at + 1].text[:1].isdigit())


def _may_replace(text: str, found: Sequence[Token], at: int, end: int, form: Form) -> bool:
    start, stop = found[at].start, found[end - 1].end
    if not fits(found, at, end, form) or _hyphened(text, start, stop) or _quoted(text, start):
        return False
    if text[start - 1 : start] == "(" and text[stop : stop + 1] == ")":
        # "Renal cell carcinoma (RCC)", "a dummy injection (placebo)": it says the same once more.
        return False
    inside = _BRACKET_AFTER.match(text[stop:])
    if inside and set(inside[1].lower().split()) & set(form.plain.lower().split()):
        return False
    around = text[max(0, start - len(form.plain) - 3) : stop + len(form.plain) + 3].lower()
    if form.plain.lower() in around and form.plain.lower() != text[start:stop].lower():
        return False
    return not _in_a_name(text, found, at, end)


def _said(text: str, span: Sequence[Token], form: Form, seen: Explanations) -> str:
    start, stop = span[0].start, span[-1].end
    medical = text[start:stop]
    bracketed = _SHORT_IN_BRACKETS.match(text[stop:]) or text[:start].count("(") > text[:start].count(")")
    if not form.term.bracket or form.term.term in seen or bracketed:
        return form.plain
    seen.add(form.term.term)
    if _opens(text, span[0]) and not form.exact:
        medical = medical[:1].lower() + medical[1:] if form.term.term[:1].islower() else medical
    return f"{form.plain} ({medical})"


def _hyphened(text: str, start: int, stop: int) -> bool:
    before = text[start - 1 : start] in ("-", "–", "/") and text[start - 2 : start - 1].isalnum()
    return before or (text[stop : stop + 1] in ("-", "–") and text[stop + 1 : stop + 2].isalnum())


def _quoted(text: str, start: int) -> bool:
    before = text[:start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _opens(text: str, token: Token) -> bool:
    before = text[: token.start].rstrip(" (“\"'‘")
    return token.text[:1].isupper() and (not before or before[-1] in ".!?:")


def _in_a_name(text: str, found: Sequence[Token], at: int, end: int) -> bool:
    """Whether the span is part of a name in capitals: "Chronic Pain Trust"."""
    if not found[at].text[:1].isupper() or found[at].text.isupper():
        return False
    after = found[end] if end < len(found) else None
    before = found[at - 1] if at else None
    title = found[at - 2 : at]
    if len(title) > 1 and title[1].key == "of" and title[0].text[:1].isupper() and not _opens(text, title[0]):
        # "End of Study Visit".
        return all(token.text[:1].isupper() for token in found[at:end])
    next_is_name = after is not None and after.text[:1].isupper() and not after.text.isupper()
    last_is_name = before is not None and before.text[:1].isupper() and not _opens(text, found[at])
    if _opens(text, found[at]):
        return next_is_name
    return next_is_name or last_is_name


def _article(before: str, article: Token, plain: str) -> str:
    right = "an" if _VOWEL.match(plain) else "a"
    right = right.capitalize() if article.text[0].isupper() else right
    kept = before.rstrip()
    return kept[: len(kept) - len(article.text)] + right + " "
