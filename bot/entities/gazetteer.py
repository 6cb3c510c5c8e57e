"""The spaCy component that knows conditions (with their lexicon id) and UK places.

Built from `data/lexicon/` and `data/places/` by `python -m bot.pipeline` into a folder whose name
carries a version, since Rasa sees only the name.
"""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any, Dict, FrozenSet, Iterable, Iterator, List, Optional, Sequence, Tuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from bot.entities import parts
from bot.entities.leads import CONDITION_LEADS, FOLLOWS_A_HEADING, NOT_OF_THE_NAME, PLACE_LEADS
from bot.entities.phrases import Phrases
from bot.entities.spelling import Spelling
from bot.words import fold, norm

Span.set_extension("concepts", default=(), force=True)
# A symptom, a treatment or a circumstance; a name of an illness and no lay words for it.
Span.set_extension("minor", default=False, force=True)
Span.set_extension("named", default=True, force=True)
# The right name of a place that is spelt by ear.
Span.set_extension("means", default="", force=True)
# Parts of the body that are complained of: conditions where the message names no other.
Doc.set_extension("parts", default=(), force=True)
TERMS: Dict[str, Any] = {
    "conditions": {},
    "led": [],
    "named": [],
    "written": [],
    "spelled": {},
    "eponyms": [],
    "minor": [],
    "parts": {},
    "misspelt_places": {},
    "short": {},
    "small": [],
    "places": [],
    "everyday": [],
    "dictionary": [],
}


@Language.factory("study_gazetteer", default_config={"folder": ""})
def make_gazetteer(nlp: Language, name: str, folder: str) -> "Gazetteer":
    """Made by spaCy; the terms come from the pipeline's folder by `from_disk`."""
    del name, folder
    return Gazetteer(nlp)


class Gazetteer:
    """Marks conditions and places: longest match wins, misspellings are allowed."""

    def __init__(self, nlp: Language):
        self.nlp = nlp
        self.fill(TERMS)

    def fill(self, terms: Dict[str, Any]) -> None:
        """Take terms.

        conditions {term: [concept ids]}; led: those of them that are everyday words or topics, which
        count only after a word that leads up to a condition; named: those that are proper names; written: words of
        all but misspelt ones; minor [concept ids] of symptoms, treatments and circumstances; parts {part of the body:
        concept id}; misspelt_places {slip: right name}; short {abbreviation: [concept ids]}; small: abbreviations
        that people write in small letters; places [name]; everyday: names of places that are words
        too; dictionary: English words, which are never misspellings
        """
        conditions, places = Phrases(), Phrases()
        for term, ids in terms["conditions"].items():
            conditions.add(self._forms(term), ids)
        for place in terms["places"]:
            places.add([_place_form(word) for word in self._words(place)], [place])
        cut = {key: [self._forms(term) for term in terms[key]] for key in ("led", "named")}
        spelled: Dict[str, List[str]] = {}
        for term in terms["conditions"]:
            forms = self._forms(term)
            if len(forms) == 1:
                spelled.setdefault(forms[0], []).append(self._words(term)[0].casefold())
        words = sorted({word.casefold() for term in terms["written"] for word in self._words(term)})
        self._take(
            {
                **terms,
                **cut,
                "conditions": conditions.dump(),
                "places": places.dump(),
                "spelled": spelled,
                "written": words,
                "eponyms": sorted({form for term in terms["conditions"] for form in self._eponyms(term)}),
            }
        )

    def _take(self, terms: Dict[str, Any]) -> None:
        """Take terms whose phrases are cut into forms already: tens of thousands take seconds to cut."""
        self.terms = terms
        self.conditions, self.places = Phrases.of(terms["conditions"]), Phrases.of(terms["places"])
        self.led = frozenset(tuple(forms) for forms in terms["led"])
        self.named = frozenset(tuple(forms) for forms in terms["named"])
        self.minor = frozenset(terms["minor"])
        self.parts: Dict[str, str] = terms["parts"]
        self.misspelt_places: Dict[str, str] = terms["misspelt_places"]
        self.spelled = {form: _with_plurals(words) for form, words in terms["spelled"].items()}
        self.written = _with_plurals(terms["written"])
        self.eponyms = frozenset(terms["eponyms"])
        self.short: Dict[str, List[str]] = terms["short"]
        small = frozenset(terms["small"])
        self.small = {fold(short): ids for short, ids in self.short.items() if fold(short) in small}
        self.alone: Dict[str, List[str]] = {}
        for short, ids in self.short.items():
            self.alone.setdefault(fold(short), []).extend(ids)
        self.everyday: FrozenSet[str] = frozenset(terms["everyday"])
        self.dictionary = dictionary = frozenset(terms["dictionary"])
        self.right_spelling = Spelling(frozenset(fold(word) for word in terms["written"]), dictionary)
        self.condition_spelling = Spelling(self.conditions.words(), dictionary)
        self.place_spelling = Spelling(self.places.words(), dictionary | self.conditions.words())

    def _words(self, text: str) -> List[str]:
        return [token.text for token in self.nlp.make_doc(text.replace("-", " "))]

    def _forms(self, text: str) -> List[str]:
        return [_common(norm(word)) for word in self._words(text) if word.lower() not in _PASSED_OVER]

    def _eponyms(self, text: str) -> Iterator[str]:
        """The names in it that end in 's: "Parkinson" of "Parkinson's disease"."""
        words = self._words(text)
        return (norm(word) for word, after in pairwise(words) if after in _POSSESSIVE[:2])

    def __call__(self, doc: Doc) -> Doc:
        """Set doc.ents to the conditions and places found, doc._.parts to parts of the body."""
        found = [*self._conditions(doc), *self._short_forms(doc), *self._places(doc)]
        # A place wins over a condition of the same length only where its town is led up to.
        found.sort(key=lambda span: (span.end - span.start, self._led_to(span)), reverse=True)
        doc.ents = sorted(filter_spans(found), key=lambda span: span.start)
        doc._.parts = tuple(
            _condition(doc, start, end, [self.parts[doc[end - 1].lower_]])
            for start, end in parts.find(doc, frozenset(self.parts))
            if not any(token.ent_type_ for token in doc[start:end])
        )
        return doc

    def _conditions(self, doc: Doc) -> Iterator[Span]:
        # "cow's milk" and "cows milk" are one, as are "hair falling out" and "hair is falling out".
        tokens = [token for token in doc if token.lower_ not in _PASSED_OVER]
        short = {token.i for token in doc if self._short_form(token.text)}
        found: Dict[Tuple[int, int], Tuple[Tuple[str, ...], List[str]]] = {}
        for form in (self._mended, self._condition_form):
            forms = [_common(form(token.text)) for token in tokens]
            for first, end, ids in self.conditions.find(forms):
                if self._is_one(doc, [token.i for token in tokens[first:end]], tuple(forms[first:end])):
                    found[first, end] = tuple(forms[first:end]), ids
        for (first, end), (key, ids) in found.items():
            shorter = [at for at, other_end in found if other_end == end and at > first]
            shorter += [end - 1] if end - 1 > first and tokens[end - 1].i in short else []
            if any(all(t.lower_ in NOT_OF_THE_NAME for t in tokens[first:at]) for at in shorter):
                continue
            stop = tokens[end - 1].i + 1
            # "Parkinson's" is the name, "asthma's" is not.
            stop += stop < len(doc) and doc[stop].text in _POSSESSIVE[:2] and key[-1] in self.eponyms
            span = _condition(doc, tokens[first].i, stop, ids)
            span._.minor = self.minor.issuperset(ids)
            span._.named = key in self.named
            yield span

    def _is_one(self, doc: Doc, at: List[int], key: Tuple[str, ...]) -> bool:
        """Whether words that have the shape of a condition are meant as one."""
        first = at[0]
        if len(key) == 1:
            # "Severe" has the shape of Sever's, "face" that of PHACES: an English word is itself.
            word = doc[first].lower_
            if word in self.dictionary and word not in self.spelled.get(key[0], ()):
                return False
        if key[-1] == "live" and at[-1] + 1 < len(doc) and doc[at[-1] + 1].lower_ in PLACE_LEADS:
            # "I don't want to live in Leeds" says where, not whether.
            return False
        alone = sum(token.is_alpha for token in doc) <= len(at) + 1
        led = first > 0 and doc[first - 1].lower_ in CONDITION_LEADS
        return alone or led or key not in self.led or self._is_a_heading(doc, first, at[-1] + 1)

    @staticmethod
    def _is_a_heading(doc: Doc, start: int, end: int) -> bool:
        begins = start == 0 or doc[start - 1].is_punct
        return begins and (end == len(doc) or doc[end].lower_ in FOLLOWS_A_HEADING)

    def _condition_form(self, word: str) -> str:
        form = norm(word)
        if form in self.condition_spelling.known or _place_form(word) in self.place_spelling.known:
            return form
        return self.condition_spelling.nearest(form, fold(word))

    def _mended(self, word: str) -> str:
        """The form of the word that is meant, where the lexicon knows the slip as part of another name only."""
        folded = fold(word)
        if word.lower() in self.written or folded in self.written or folded in self.place_spelling.known:
            return norm(word)
        return norm(self.right_spelling.nearest(folded, folded))

    def _short_forms(self, doc: Doc) -> Iterator[Span]:
        """COPD as it is written; in small letters only where that can be no other word."""
        letters = [token for token in doc if token.is_alpha]
        shouted = len(letters) > 2 and all(token.is_upper for token in letters)
        for token in doc:
            ids = self._short_form(token.text, shouted)
            if ids is None and len(letters) <= 1:
                ids = self.alone.get(fold(token.text))
            if ids:
                yield _condition(doc, token.i, token.i + 1, ids)

    def _short_form(self, word: str, shouted: bool = False) -> Optional[List[str]]:
        return self.small.get(fold(word)) or (None if shouted else self.short.get(word))

    def _places(self, doc: Doc) -> Iterator[Span]:
        written = [_place_form(token.text) for token in doc]
        forms = [
            form if form in self.place_spelling.known else self.place_spelling.nearest(form, form)
            for form in written
        ]
        for start, end, _ in self.places.find(forms):
            span = Span(doc, start, end, label="place")
            span._.means = self.misspelt_places.get(" ".join(forms[start:end]), "")
            sure = (
                " ".join(forms[start:end]) not in self.everyday and forms[start:end] == (written[start:end])
            )
            if sure or self._meant(span):
                yield span

    def _led_to(self, span: Span) -> bool:
        """Whether a span is the likelier reading of a name that is a condition and a place ("Perth")."""
        before = span.doc[span.start - 1].lower_ if span.start else ""
        named = all(_place_form(token.text) in self.place_spelling.known for token in span)
        is_place = before in PLACE_LEADS or (named and before not in CONDITION_LEADS)
        return (span.label_ == "place") == is_place

    def _meant(self, span: Span) -> bool:
        """Whether an everyday or misspelt word ("wing", "stone") is meant as the place it also is.

        It is when something leads up to it, when it has a capital inside a sentence, and when it
        stands for itself: "psoriasis. Reading." or "Deal in Kent".
        """
        doc = span.doc
        before = doc[span.start - 1] if span.start else None
        after = doc[span.end] if span.end < len(doc) else None
        begins = before is None or before.is_punct
        if begins and (after is None or after.is_punct or after.lower_ in ("in", "please", "pls")):
            return True
        if before is not None and before.lower_ in PLACE_LEADS:
            # "In March" is when, and "I live in March" is where.
            where = doc[span.start - 2].lower_ if span.start > 1 else ""
            return span.text.lower() != "march" or where in PLACE_LEADS
        return doc[span.start].is_title and not begins and not doc[0].is_upper

    def to_disk(self, path: Path, exclude: Any = ()) -> None:
        """Terms as JSON, in spaCy's own way of saving a pipeline."""
        del exclude
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        (path / "terms.json").write_text(json.dumps(self.terms, ensure_ascii=False), "utf-8")

    def from_disk(self, path: Path, exclude: Any = ()) -> "Gazetteer":
        """Terms as `to_disk` wrote them."""
        del exclude
        self._take(json.loads((Path(path) / "terms.json").read_text("utf-8")))
        return self


def _condition(doc: Doc, start: int, end: int, ids: Sequence[str]) -> Span:
    span = Span(doc, start, end, label="condition")
    span._.concepts = tuple(dict.fromkeys(ids))
    return span


_SHORTEST_PLURAL = 4
_PASSED_OVER = ("'s", "’s", "'", "’", "is", "are")
_SAME = {
    **dict.fromkeys(("his", "her", "their", "our", "your", "ma", "mi"), "my"),
    **dict.fromkeys(("not", "nt", "nae", "ne", "n't"), "nt"),
    "ca": "can",
}


def _common(form: str) -> str:
    """One form for words that say the same inside a name: my and her knees, can't and cannot."""
    return _SAME.get(form, form)


_POSSESSIVE = ("'s", "’s", "'", "’")


def _with_plurals(words: Iterable[str]) -> FrozenSet[str]:
    """Words as they are written, in the singular and in the plural."""
    forms = {form for word in words for form in (word, word + "s", word + "es")}
    # "Tens" is no more than one "ten".
    return frozenset(forms | {word.removesuffix("s") for word in words if len(word) > _SHORTEST_PLURAL})


def _place_form(word: str) -> str:
    return fold(word).rstrip(".")


def new_pipeline(terms: Dict[str, Any]) -> Language:
    """A pipeline that knows these terms (see `Gazetteer.fill`)."""
    nlp = spacy.blank("en")
    for word in ("canna", "cannae", "isnae", "wasnae", "doesnae", "hasnae", "havenae", "wouldnae", "couldnae"):
        stem = word.removesuffix("nae").removesuffix("na") if word != "cannae" else "can"
        nlp.tokenizer.add_special_case(word, [{"ORTH": stem}, {"ORTH": word.removeprefix(stem)}])
    nlp.add_pipe("study_gazetteer").fill({**TERMS, **terms})
    return nlp
