"""Plain English, checked: a record's sentences reworded, and each checked against its source.

No language model: a glossary and patterns that editors write (`data/plain_english/`), rules for
splitting, and a verifier that lets no changed fact through. What it refuses stays as it stands.
"""

from index.plain_english.glossary import Glossary, GlossaryError
from index.plain_english.readability import reading_age
from index.plain_english.simplify import Sentence, Simplifier, shown

__all__ = [
    "Glossary",
    "GlossaryError",
    "Sentence",
    "Simplifier",
    "reading_age",
    "shown",
]
