"""Studies: registry readers, places, the lexicon, the catalogue snapshot, search and wording.

This room knows nothing of chats and web pages. What others use is here by name; the rest is its own
business.
"""

from index.catalogue.follow import Catalogue
from index.catalogue.snapshot import CatalogueError
from index.encoder import EncoderError
from index.places import Places, Resolution
from index.queries import Place, SearchResult, StudyCard, StudyPage, StudyQuery
from index.wording.judge import Person

__all__ = [
    "Catalogue",
    "CatalogueError",
    "EncoderError",
    "Person",
    "Place",
    "Places",
    "Resolution",
    "SearchResult",
    "StudyCard",
    "StudyPage",
    "StudyQuery",
]
