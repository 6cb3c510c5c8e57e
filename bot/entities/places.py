"""UK places in a message, spelt by ear as well, and names that are words or conditions too."""

from typing import Iterator

from spacy.tokens import Doc, Span

from bot.entities.leads import CONDITION_LEADS, PLACE_LEADS
from bot.entities.terms import Terms, place_form

# The right name of a place that is spelt by ear.
Span.set_extension("means", default="", force=True)


class Places:
    """Finds places; spans may overlap."""

    def __init__(self, terms: Terms):
        self.terms = terms

    def find(self, doc: Doc) -> Iterator[Span]:
        """Every name of a place that is meant as one."""
        spelling = self.terms.place_spelling
        written = [place_form(token.text) for token in doc]
        forms = [form if form in spelling.known else spelling.nearest(form, form) for form in written]
        for start, end, _ in self.terms.places.find(forms):
            span = Span(doc, start, end, label="place")
            name = " ".join(forms[start:end])
            span._.means = self.terms.misspelt_places.get(name, "")
            sure = name not in self.terms.everyday and forms[start:end] == written[start:end]
            if sure or self._meant(span):
                yield span

    def led_to(self, span: Span) -> bool:
        """Whether a span is the likelier reading of a name that is a condition and a place ("Perth")."""
        before = span.doc[span.start - 1].lower_ if span.start else ""
        named = all(place_form(token.text) in self.terms.place_spelling.known for token in span)
        is_place = before in PLACE_LEADS or (named and before not in CONDITION_LEADS)
        return (span.label_ == "place") == is_place

    @staticmethod
    def _meant(span: Span) -> bool:
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
