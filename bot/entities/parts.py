"""A part of the body that stands for what ails it: "heart", "it's my kidneys", "a problem with the thyroid".

Most mentions of a part are no condition ("put your hand on your heart"), so that it counts only where
somebody says whose it is, that it gives trouble, or nothing else; and only where no condition is named (the
caller's part).
"""

from typing import Iterator, Tuple

from spacy.tokens import Doc

from bot.entities.leads import (
    PART_ALONE,
    PART_LEADS,
    PART_OF_TROUBLE,
    PART_POOR,
    PART_SAID,
    PART_TOLD,
    PART_TROUBLE,
)


def find(doc: Doc, parts: "frozenset[str]") -> Iterator[Tuple[int, int]]:
    """(start, end) of each part of the body that is complained of; a word for how it is belongs to it."""
    words = [token.lower_ for token in doc]
    letters = [word for word in words if word[:1].isalpha()]
    alone = all(word in PART_ALONE or word in parts or word in PART_POOR for word in letters)
    for at, word in enumerate(words):
        if word not in parts:
            continue
        start = at - 1 if at and words[at - 1] in PART_POOR else at
        if start < at or alone or _complained_of(words, at):
            yield start, at + 1


def _complained_of(words: "list[str]", at: int) -> bool:
    before, after = words[max(at - 3, 0) : at], words[at + 1 : at + 2]
    if after and after[0] in PART_TROUBLE:
        return True
    if any(word in PART_TROUBLE for word in before) and before[-1] in PART_OF_TROUBLE | PART_LEADS:
        return True
    return bool(before) and before[-1] in {"the", *PART_LEADS} and _says_so(words[: at - 1], after)


def _says_so(lead: "list[str]", after: "list[str]") -> bool:
    """Whether "my heart" is what the message is about: "it's my heart", "for my heart", "my heart is"."""
    told = after[0] if after else "."
    return (not lead or lead[-1] in PART_SAID) and (not told[:1].isalpha() or told in PART_TOLD)
