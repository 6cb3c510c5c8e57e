"""Conditions in a message: names and lay words of the lexicon, misspellings, and short forms."""

import re
from typing import Dict, Iterator, List, Optional, Sequence, Tuple

from spacy.tokens import Doc, Span

from bot.entities.leads import (
    CONDITION_LEADS,
    FOLLOWS_A_HEADING,
    NOT_OF_LAY_WORDS,
    NOT_OF_THE_NAME,
    PLACE_LEADS,
    TAILS,
)
from bot.entities.terms import PASSED_OVER, POSSESSIVE, Terms, common, place_form
from bot.words import fold, norm

Span.set_extension("concepts", default=(), force=True)
# A symptom, a treatment or a circumstance; a name of an illness and no lay words for it.
Span.set_extension("minor", default=False, force=True)
Span.set_extension("named", default=True, force=True)

_DOTTED = re.compile(r"(?:[A-Z]\.){2,}[A-Z]?")
_AND = ("and", "or", "&", "n")
Key = Tuple[int, int]
Found = Dict[Key, Tuple[Tuple[str, ...], List[str]]]
"""(first, end) among the tokens -> the forms that were looked up, and ids of what they can mean."""


def condition(doc: Doc, start: int, end: int, ids: Sequence[str]) -> Span:
    """A span that is a condition with these ids."""
    span = Span(doc, start, end, label="condition")
    span._.concepts = tuple(dict.fromkeys(ids))
    return span


class Conditions:
    """Finds conditions; spans may overlap."""

    def __init__(self, terms: Terms):
        self.terms = terms

    def find(self, doc: Doc) -> Iterator[Span]:
        """Every condition, by its words or by a short form of its name."""
        yield from self._by_words(doc)
        yield from self._short_forms(doc)

    def _by_words(self, doc: Doc) -> Iterator[Span]:
        # "cow's milk" and "cows milk" are one, as are "hair falling out" and "hair is falling out".
        tokens = [token for token in doc if token.lower_ not in PASSED_OVER]
        short = {token.i for token in doc if self._short_form(token.text)}
        words = [token.lower_ for token in tokens]
        found: Found = {}
        for form in (self._mended, self._form):
            forms = [common(form(token.text)) for token in tokens]
            for first, end, ids in self.terms.conditions.find(forms):
                if self._is_one(doc, [token.i for token in tokens[first:end]], tuple(forms[first:end])):
                    found[first, end] = tuple(forms[first:end]), ids
        for (first, end), (key, ids) in found.items():
            shorter = [at for at, other_end in found if other_end == end and at > first]
            shorter += [end - 1] if end - 1 > first and tokens[end - 1].i in short else []
            if any(all(word in NOT_OF_THE_NAME for word in words[first:at]) for at in shorter):
                continue
            if self._is_two(found, (first, end), words) or self._says_more(found, (first, end), words):
                continue
            stop = tokens[end - 1].i + 1
            # "Parkinson's" is the name, "asthma's" is not.
            stop += stop < len(doc) and doc[stop].text in POSSESSIVE and key[-1] in self.terms.eponyms
            named = key in self.terms.named
            own = [at for at in range(first, end) if named or words[at] not in NOT_OF_LAY_WORDS]
            span = condition(doc, tokens[own[0] if own else first].i, stop, ids)
            span._.minor = self.terms.minor.issuperset(ids)
            span._.named = named
            yield span

    @staticmethod
    def _is_two(found: Found, at: Key, words: List[str]) -> bool:
        """Whether it is two conditions with a joining word between: "depression and anxiety"."""
        first, end = at
        return any(
            words[middle] in _AND and (first, middle) in found and (middle + 1, end) in found
            for middle in range(first + 1, end - 1)
        )

    def _says_more(self, found: Found, at: Key, words: List[str]) -> bool:
        """Whether lay words hold a proper name that says enough, or end with how often it is.

        "Gout in my big toe" is gout; of "skin cancer on my nose" the name is skin cancer, and "cancer on
        my nose" no other one.
        """
        (first, end), (key, ids) = at, found[at]
        if key in self.terms.named:
            return False
        for (start, stop), (name, named_ids) in found.items():
            if stop >= end:
                continue
            same = start == first and set(named_ids) == set(ids)
            if same and (name in self.terms.named or words[stop] in TAILS):
                return True
            if name in self.terms.named and start < first < stop:
                return True
        return False

    def _is_one(self, doc: Doc, at: List[int], key: Tuple[str, ...]) -> bool:
        """Whether words that have the shape of a condition are meant as one."""
        first = at[0]
        if len(key) == 1:
            # "Severe" has the shape of Sever's, "face" that of PHACES: an English word is itself.
            word = doc[first].lower_
            if word in self.terms.dictionary and word not in self.terms.spelled.get(key[0], ()):
                return False
        if key[-1] == "live" and at[-1] + 1 < len(doc) and doc[at[-1] + 1].lower_ in PLACE_LEADS:
            # "I don't want to live in Leeds" says where, not whether.
            return False
        alone = sum(token.is_alpha for token in doc) <= len(at) + 1
        led = first > 0 and doc[first - 1].lower_ in CONDITION_LEADS
        return alone or led or key not in self.terms.led or self._is_a_heading(doc, first, at[-1] + 1)

    @staticmethod
    def _is_a_heading(doc: Doc, start: int, end: int) -> bool:
        begins = start == 0 or doc[start - 1].is_punct
        return begins and (end == len(doc) or doc[end].lower_ in FOLLOWS_A_HEADING)

    def _form(self, word: str) -> str:
        form, spelling = norm(word), self.terms.condition_spelling
        if form in spelling.known or place_form(word) in self.terms.place_spelling.known:
            return form
        return spelling.nearest(form, fold(word))

    def _mended(self, word: str) -> str:
        """The form of the word that is meant, where the lexicon knows the slip in another name only."""
        folded, terms = fold(word), self.terms
        if word.lower() in terms.written or folded in terms.written or folded in terms.place_spelling.known:
            return norm(word)
        return norm(terms.right_spelling.nearest(folded, folded))

    def _short_forms(self, doc: Doc) -> Iterator[Span]:
        """COPD as it is written; in small letters only where that can be no other word."""
        letters = [token for token in doc if token.is_alpha]
        shouted = len(letters) > 2 and all(token.is_upper for token in letters)
        for token in doc:
            ids = self._short_form(token.text, shouted)
            if ids is None and len(letters) <= 1:
                ids = self.terms.alone.get(fold(token.text))
            if ids:
                yield condition(doc, token.i, token.i + 1, ids)

    def _short_form(self, word: str, shouted: bool = False) -> Optional[List[str]]:
        if _DOTTED.fullmatch(word):
            return self.terms.short.get(word.replace(".", ""))
        return self.terms.small.get(fold(word)) or (None if shouted else self.terms.short.get(word))
