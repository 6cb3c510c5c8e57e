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
    [
        "in",
        "near",
        "nr",
        "around",
        "round",
        "at",
        "from",
        "to",
        "outside",
        "by",
        "live",
        "lives",
        "living",
        "based",
        "over",
        "up",
        "down",
        "said",
        "meant",
        "mean",
        "is",
        "it's",
        "its",
        "n",
    ]
)
"""Words after which a town that is also an everyday word ("Reading", "Bath") is a town."""
CONDITION_LEADS = frozenset(
    [
        "for",
        "with",
        "about",
        "on",
        "have",
        "has",
        "had",
        "having",
        "got",
        "of",
        "and",
        "or",
        "from",
        "suffer",
        "suffers",
        "suffering",
        "any",
        "my",
        "his",
        "her",
        "their",
        "bad",
        "terrible",
        "chronic",
        "severe",
        "new",
        "re",
        "is",
        "the",
    ]
)
"""Words after which an everyday word ("spots", "fits") is the condition that it also is."""
TERMS: Dict[str, Any] = {
    "conditions": {},
    "led": [],
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
        count only after a word that leads up to a condition; short {abbreviation: [concept ids]}; small: abbreviations
        that people write in small letters; places [name]; everyday: names of places that are words
        too; dictionary: English words, which are never misspellings
        """
        conditions, places = Phrases(), Phrases()
        for term, ids in terms["conditions"].items():
            conditions.add(self._forms(term), ids)
        for place in terms["places"]:
            places.add([_place_form(word) for word in self._words(place)], [place])
        led = [self._forms(term) for term in terms["led"]]
        self._take({**terms, "conditions": conditions.dump(), "places": places.dump(), "led": led})

    def _take(self, terms: Dict[str, Any]) -> None:
        """Take terms whose phrases are cut into forms already: tens of thousands take seconds to cut."""
        self.terms = terms
        self.conditions, self.places = Phrases.of(terms["conditions"]), Phrases.of(terms["places"])
        self.led = frozenset(tuple(forms) for forms in terms["led"])
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

    def _forms(self, text: str) -> List[str]:
        return [norm(word) for word in self._words(text) if word not in _POSSESSIVE]

    def __call__(self, doc: Doc) -> Doc:
        """Set doc.ents to the conditions and places found."""
        found = [*self._conditions(doc), *self._short_forms(doc), *self._places(doc)]
        # A place wins over a condition of the same length only where its town is led up to.
        found.sort(key=lambda span: (span.end - span.start, self._led_to(span)), reverse=True)
        doc.ents = sorted(filter_spans(found), key=lambda span: span.start)
        return doc

    def _conditions(self, doc: Doc) -> Iterator[Span]:
        # "cow's milk" and "cows milk" are one.
        tokens = [token for token in doc if token.text not in _POSSESSIVE]
        forms = [self._condition_form(token.text) for token in tokens]
        letters = sum(token.is_alpha for token in doc)
        for first, end, ids in self.conditions.find(forms):
            start, stop = tokens[first].i, tokens[end - 1].i + 1
            alone = letters <= end - first + 1
            led = start > 0 and doc[start - 1].lower_ in CONDITION_LEADS
            if alone or led or tuple(forms[first:end]) not in self.led:
                yield _condition(doc, start, stop, ids)

    def _condition_form(self, word: str) -> str:
        form = norm(word)
        if form in self.condition_spelling.known or _place_form(word) in self.place_spelling.known:
            return form
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
        written = [_place_form(token.text) for token in doc]
        forms = [
            form if form in self.place_spelling.known else self.place_spelling.nearest(form, form)
            for form in written
        ]
        for start, end, _ in self.places.find(forms):
            span = Span(doc, start, end, label="place")
            sure = (
                " ".join(forms[start:end]) not in self.everyday and forms[start:end] == (written[start:end])
            )
            if sure or self._meant(span):
                yield span

    def _led_to(self, span: Span) -> bool:
        before = span.doc[span.start - 1].lower_ if span.start else ""
        return (span.label_ == "place") == (before in PLACE_LEADS)

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
            return True
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


_POSSESSIVE = ("'s", "’s", "'", "’")


def _place_form(word: str) -> str:
    return fold(word).rstrip(".")


def new_pipeline(terms: Dict[str, Any]) -> Language:
    """A pipeline that knows these terms (see `Gazetteer.fill`)."""
    nlp = spacy.blank("en")
    nlp.add_pipe("study_gazetteer").fill({**TERMS, **terms})
    return nlp
