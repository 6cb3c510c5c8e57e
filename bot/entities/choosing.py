"""Which of the conditions that a message names it is about.

People tell a story: "fits, and the consultant mentioned epilepsy", "breast cancer, I finished chemo in
January, my feet are numb". A symptom, a treatment or a circumstance beside an illness is told about it, and
is not a second search, unless it is put beside the illness ("epilepsy and tiredness"). What one illness is
called twice is named once.
"""

from typing import List, Sequence

from spacy.tokens import Span

from bot.entities.leads import JOINS, OF_A_STORY
from bot.entities.negation import of_somebody_gone, taken_back


def meant(spans: Sequence[Span], text: str) -> List[Span]:
    """The spans of `text`, in order, that a search may begin with; places all stay but those taken back."""
    kept = [span for at, span in enumerate(spans) if not _corrected(spans, at, text)]
    conditions = [span for span in kept if span.label_ == "condition"]
    own = [span for span in conditions if not of_somebody_gone(text, span.start_char)]
    own = own if any(not span._.minor for span in own) else conditions
    illnesses = [span for span in own if not span._.minor and not _is_a_story(span)]
    if illnesses:
        own = [span for span in own if span in illnesses or _joined(span, illnesses)]
    own = [span for span in own if not _said_better(span, own)]
    return [span for span in kept if span.label_ != "condition" or span in own]


def _corrected(spans: Sequence[Span], at: int, text: str) -> bool:
    """Whether the next one of its kind stands in its place: "gout, no sorry, osteoporosis"."""
    after = [span for span in spans[at + 1 :] if span.label_ == spans[at].label_]
    return bool(after) and taken_back(text[spans[at].end_char : after[0].start_char])


def _joined(span: Span, illnesses: Sequence[Span]) -> bool:
    """Whether it is put beside an illness by joining words, or by "as well" behind it."""
    after = [token.lower_ for token in span.doc[span.end : span.end + 2]]
    if after and (after[0] in {"either", "also"} or after == ["as", "well"]):
        return True
    for other in illnesses:
        first, last = sorted((span, other), key=lambda one: one.start)
        between = span.doc[first.end : last.start]
        if len(between) and all(token.lower_ in JOINS for token in between):
            return True
    return False


def _is_a_story(span: Span) -> bool:
    """Whether it is no name but several words that say how it is: "can't sleep", "stiff in the morning"."""
    return not span._.named and any(token.lower_ in OF_A_STORY for token in span)


def _said_better(span: Span, spans: Sequence[Span]) -> bool:
    """Whether another span is the proper name for the same: "can't sleep", "insomnia"."""
    if span._.named:
        return False
    return any(other._.named and set(span._.concepts) <= set(other._.concepts) for other in spans)
