"""The spaCy pipeline that knows conditions (with their lexicon id) and UK places.

Built from `data/lexicon/` and `data/places/` by `python -m bot.pipeline` into a folder whose name
carries a version, since Rasa sees only the name.
"""

import json
from pathlib import Path
from typing import Any, Dict, Iterator, List

import spacy
from rapidfuzz import fuzz, process
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from bot.words import fold, norm

Span.set_extension("concepts", default=(), force=True)
PLACE_LEADS = frozenset(
    ["in", "near", "around", "at", "from", "to", "outside", "by", "live", "lives", "living"]
)
"""Words after which a town that is also an everyday word ("Reading", "Bath") is a town."""
_MIN_FUZZY = 6
_FUZZY_SCORE = 87


@Language.component("study_norms")
def study_norms(doc: Doc) -> Doc:
    """Give every token the norm that the gazetteer is keyed by."""
    for token in doc:
        token.norm_ = norm(token.text)
    return doc


@Language.factory("study_gazetteer", default_config={"folder": ""})
def make_gazetteer(nlp: Language, name: str, folder: str) -> "Gazetteer":
    """Made by spaCy; the terms come from the pipeline's folder by `from_disk`."""
    del name
    return Gazetteer(nlp)


class Gazetteer:
    """Marks conditions and places: longest match wins, misspellings of long words are allowed."""

    def __init__(self, nlp: Language):
        self.nlp = nlp
        self.terms: Dict[str, Any] = {"conditions": {}, "places": [], "everyday": []}
        self.matcher = PhraseMatcher(nlp.vocab, attr="NORM")

    def fill(self, terms: Dict[str, Any]) -> None:
        """Take terms: conditions {term: [concept ids]}, places [name], everyday [name]."""
        self.terms = terms
        self.matcher = PhraseMatcher(self.nlp.vocab, attr="NORM")
        self.everyday = frozenset(terms["everyday"])
        self.concepts: Dict[str, List[str]] = {}
        for term, ids in terms["conditions"].items():
            doc = self._doc(term)
            if len(doc):
                key = " ".join(token.norm_ for token in doc)
                known = self.concepts.setdefault(key, [])
                known.extend(i for i in ids if i not in known)
                self.matcher.add("condition", [doc])
        for place in terms["places"]:
            doc = self._doc(place)
            if len(doc):
                self.matcher.add("place", [doc])
        self.known_words = {word for key in self.concepts for word in key.split()}
        self.long_words = [k for k in self.concepts if len(k) >= _MIN_FUZZY and " " not in k]

    def _doc(self, text: str) -> Doc:
        return study_norms(self.nlp.make_doc(text.replace("-", " ")))

    def __call__(self, doc: Doc) -> Doc:
        """Set doc.ents to the conditions and places found."""
        found = [
            Span(doc, start, end, label=label)
            for label, start, end in self.matcher(doc)
            if self._meant(doc, doc.vocab.strings[label], start, end)
        ]
        # A place wins over a condition of the same length only where its town is led up to.
        found.sort(key=lambda span: (span.end - span.start, self._led_to(span)), reverse=True)
        ents = filter_spans(found)
        taken = {at for span in ents for at in range(span.start, span.end)}
        ents += list(self._misspelt(doc, taken))
        for span in ents:
            if span.label_ == "condition":
                key = " ".join(token.norm_ for token in span)
                span._.concepts = span._.concepts or tuple(self.concepts.get(key, ()))
        doc.ents = sorted(filter_spans(ents), key=lambda span: span.start)
        return doc

    def _led_to(self, span: Span) -> bool:
        before = span.doc[span.start - 1].lower_ if span.start else ""
        return (span.label_ == "place") == (before in PLACE_LEADS)

    def _meant(self, doc: Doc, label: str, start: int, end: int) -> bool:
        """Whether an everyday word ("wing", "over", "stone") is meant as the place it also is."""
        if label != "place" or fold(doc[start:end].text) not in self.everyday:
            return True
        before = doc[start - 1].lower_ if start else ""
        alone = len([token for token in doc if token.is_alpha]) == end - start
        titled = doc[start].is_title and not doc[0].is_upper and start > 0
        return alone or before in PLACE_LEADS or titled

    def _misspelt(self, doc: Doc, taken: set) -> Iterator[Span]:
        for token in doc:
            word = token.norm_
            if token.i in taken or len(word) < _MIN_FUZZY or not token.is_alpha:
                continue
            if word in self.known_words:
                continue
            best = process.extractOne(
                word, self.long_words, scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE
            )
            if best:
                span = Span(doc, token.i, token.i + 1, label="condition")
                span._.concepts = tuple(self.concepts[best[0]])
                yield span

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


def new_pipeline(terms: Dict[str, Any]) -> Language:
    """A pipeline that knows these terms (see `Gazetteer.fill`)."""
    nlp = spacy.blank("en")
    nlp.add_pipe("study_norms")
    nlp.add_pipe("study_gazetteer").fill(terms)
    return nlp
