"""The lexicon with everything that operators added to it."""

from pathlib import Path

from index.lexicon import Lexicon
from index.ontology.kept import Extract
from index.ontology.overlay import overlay
from settings import settings


def ontologies(folder: Path | None = None) -> list[Path]:
    """The extracts that operators added (default: in var/lexicon), in the order in which they are laid."""
    return sorted((folder or settings().var / "lexicon").glob("*.json"))


def with_ontologies(lexicon: Lexicon, folder: Path | None = None) -> Lexicon:
    """The editors' lexicon and, under it, each ontology that was added; raises LexiconError."""
    for file in ontologies(folder):
        lexicon, _ = overlay(lexicon, Extract.open(file))
    return lexicon
