"""The spaCy component that knows conditions (with their lexicon id) and UK places.

Built from `data/lexicon/` and `data/places/` by `python -m bot.pipeline` into a folder whose name
carries a version, since Rasa sees only the name.
"""

import json
from pathlib import Path
from typing import Any, Dict, List

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from bot.entities import parts
from bot.entities.conditions import Conditions, condition
from bot.entities.places import Places
from bot.entities.terms import EMPTY, Terms, cut

# Parts of the body that are complained of: conditions where the message names no other.
Doc.set_extension("parts", default=(), force=True)
_SCOTS = ("canna", "cannae", "isnae", "wasnae", "doesnae", "hasnae", "havenae", "wouldnae", "couldnae")


@Language.factory("study_gazetteer", default_config={"folder": ""})
def make_gazetteer(nlp: Language, name: str, folder: str) -> "Gazetteer":
    """Made by spaCy; the terms come from the pipeline's folder by `from_disk`."""
    del name, folder
    return Gazetteer(nlp)


class Gazetteer:
    """Marks conditions and places: longest match wins, misspellings are allowed."""

    def __init__(self, nlp: Language):
        self.nlp = nlp
        self.fill(EMPTY)

    def fill(self, terms: Dict[str, Any]) -> None:
        """Take terms as bot.pipeline reads them (see `terms.cut`)."""
        self._take(Terms(cut(terms, self._words)))

    def _take(self, terms: Terms) -> None:
        self.terms = terms
        self.conditions, self.places = Conditions(terms), Places(terms)

    def _words(self, text: str) -> List[str]:
        return [token.text for token in self.nlp.make_doc(text.replace("-", " "))]

    def __call__(self, doc: Doc) -> Doc:
        """Set doc.ents to the conditions and places found, doc._.parts to parts of the body."""
        found = [*self.conditions.find(doc), *self.places.find(doc)]
        # A place wins over a condition of the same length only where its town is led up to.
        found.sort(key=lambda span: (span.end - span.start, self.places.led_to(span)), reverse=True)
        doc.ents = sorted(filter_spans(found), key=lambda span: span.start)
        doc._.parts = tuple(
            condition(doc, start, end, [self.terms.parts[doc[end - 1].lower_]])
            for start, end in parts.find(doc, frozenset(self.terms.parts))
            if not any(token.ent_type_ for token in doc[start:end])
        )
        return doc

    def to_disk(self, path: Path, exclude: Any = ()) -> None:
        """Terms as JSON, in spaCy's own way of saving a pipeline."""
        del exclude
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        (path / "terms.json").write_text(json.dumps(self.terms.kept, ensure_ascii=False), "utf-8")

    def from_disk(self, path: Path, exclude: Any = ()) -> "Gazetteer":
        """Terms as `to_disk` wrote them."""
        del exclude
        self._take(Terms(json.loads((Path(path) / "terms.json").read_text("utf-8"))))
        return self


def new_pipeline(terms: Dict[str, Any]) -> Language:
    """A pipeline that knows these terms (see `terms.cut`)."""
    nlp = spacy.blank("en")
    for word in _SCOTS:
        stem = word.removesuffix("nae").removesuffix("na") if word != "cannae" else "can"
        nlp.tokenizer.add_special_case(word, [{"ORTH": stem}, {"ORTH": word.removeprefix(stem)}])
    nlp.add_pipe("study_gazetteer").fill({**EMPTY, **terms})
    return nlp
