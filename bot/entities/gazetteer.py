"""The spaCy component that knows conditions (with their lexicon id) and UK places.

Built from `data/lexicon/` and `data/places/` by `python -m bot.pipeline` into a folder whose name
carries a version, since Rasa sees only the name.
"""

import json
from pathlib import Path
from typing import Any, Dict, FrozenSet, Iterator, List, Sequence

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from bot.entities.phrases import Phrases
from bot.entities.spelling import Spelling
from bot.words import fold, norm

Span.set_extension("concepts", default=(), force=True)
PLACE_LEADS = frozenset(
    "in near nr around round at from to outside by live lives living based over up down".split()
)
"""Words after which a town that is also an everyday word ("Reading", "Bath") is a town."""
TERMS: Dict[str, Any] = {
    "conditions": {},
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

        conditions {term: [concept ids]}; short {abbreviation: [concept ids]}; small: abbreviations
        that people write in small letters; places [name]; everyday: names of places that are words
        too; dictionary: English words, which are never misspellings
        """
        self.terms = terms
        self.conditions, self.places = Phrases(), Phrases()
        for term, ids in terms["conditions"].items():
            self.conditions.add([norm(word) for word in self._words(term)], ids)
        for place in terms["places"]:
            self.places.add([_place_form(word) for word in self._words(place)], [place])
        self.short: Dict[str, List[str]] = terms["short"]
        small = frozenset(terms["small"])
        self.small = {fold(short): ids for short, ids in self.short.items() if fold(short) in small}
        self.alone: Dict[str, List[str]] = {}
        for short, ids in self.short.items():
            self.alone.setdefault(fold(short), []).extend(ids)
        self.everyday: FrozenSet[str] = frozenset(terms["everyday"])
        dictionary = frozenset(terms["dictionary"])
        self.condition_spelling = Spelling(self.conditions.words(), dictionary)
        self.place_spelling = Spelling(self.places.words(), dictionary | self.conditions.words())

    def _words(self, text: str) -> List[str]:
        return [token.text for token in self.nlp.make_doc(text.replace("-", " "))]

    def __call__(self, doc: Doc) -> Doc:
        """Set doc.ents to the conditions and places found."""
        found = [*self._conditions(doc), *self._short_forms(doc), *self._places(doc)]
        # A place wins over a condition of the same length only where its town is led up to.
        found.sort(key=lambda span: (span.end - span.start, self._led_to(span)), reverse=True)
        doc.ents = sorted(filter_spans(found), key=lambda span: span.start)
        return doc

    def _conditions(self, doc: Doc) -> Iterator[Span]:
        forms = [
            form if form in self.condition_spelling.known else self._mended(token.text, form)
            for token, form in ((token, norm(token.text)) for token in doc)
        ]
        for start, end, ids in self.conditions.find(forms):
            yield _condition(doc, start, end, ids)

    def _mended(self, word: str, form: str) -> str:
        return self.condition_spelling.nearest(form, fold(word))

    def _short_forms(self, doc: Doc) -> Iterator[Span]:
        """COPD as it is written; in small letters only where that can be no other word."""
        letters = [token for token in doc if token.is_alpha]
        shouted = len(letters) > 2 and all(token.is_upper for token in letters)
        for token in doc:
            ids = self.small.get(fold(token.text))
            if ids is None and not shouted:
                ids = self.short.get(token.text)
            if ids is None and len(letters) <= 1:
                ids = self.alone.get(fold(token.text))
            if ids:
                yield _condition(doc, token.i, token.i + 1, ids)

    def _places(self, doc: Doc) -> Iterator[Span]:
        forms = []
        for token in doc:
            form = _place_form(token.text)
            if form not in self.place_spelling.known:
                form = self.place_spelling.nearest(form, form)
            forms.append(form)
        for start, end, _ in self.places.find(forms):
            span = Span(doc, start, end, label="place")
            if self._meant(span, forms[start:end]):
                yield span

    def _led_to(self, span: Span) -> bool:
        before = span.doc[span.start - 1].lower_ if span.start else ""
        return (span.label_ == "place") == (before in PLACE_LEADS)

    def _meant(self, span: Span, forms: Sequence[str]) -> bool:
        """Whether an everyday word ("wing", "over", "stone") is meant as the place it also is."""
        if " ".join(forms) not in self.everyday:
            return True
        doc = span.doc
        before = doc[span.start - 1].lower_ if span.start else ""
        alone = len([token for token in doc if token.is_alpha]) == span.end - span.start
        titled = doc[span.start].is_title and span.start > 0 and not doc[0].is_upper
        return alone or before in PLACE_LEADS or (titled and not _begins_sentence(span))

    def to_disk(self, path: Path, exclude: Any = ()) -> None:
        """Terms as JSON, in spaCy's own way of saving a pipeline."""
        del exclude
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        (path / "terms.json").write_text(json.dumps(self.terms, ensure_ascii=False), "utf-8")

    def from_disk(self, path: Path, exclude: Any = ()) -> "Gazetteer":
        """Terms as `to_disk` wrote them."""
        del exclude
        self.fill(json.loads((Path(path) / "terms.json").read_text("utf-8")))
        return self


def _condition(doc: Doc, start: int, end: int, ids: Sequence[str]) -> Span:
    span = Span(doc, start, end, label="condition")
    span._.concepts = tuple(dict.fromkeys(ids))
    return span


def _place_form(word: str) -> str:
    return fold(word).rstrip(".")


def _begins_sentence(span: Span) -> bool:
    return span.start > 0 and span.doc[span.start - 1].text in (".", "!", "?", "\n")


def new_pipeline(terms: Dict[str, Any]) -> Language:
    """A pipeline that knows these terms (see `Gazetteer.fill`)."""
    nlp = spacy.blank("en")
    nlp.add_pipe("study_gazetteer").fill({**TERMS, **terms})
    return nlp
