"""The way to `index`: the catalogue is opened when first asked for, and until that succeeds.

So the gateway starts, and its chat shows danger cards, while there is no catalogue yet.
"""

import threading
from collections.abc import Callable
from typing import Protocol

from api.problems import ProblemError
from index import Catalogue, CatalogueError, Places, SearchResult, StudyQuery
from index.queries import Place, StudyPage
from index.wording.judge import NOBODY, Person
from settings import Settings


class Resolved(Protocol):
    """What a place's name was found to mean."""

    @property
    def kind(self) -> str:
        """found, ambiguous, abroad or unknown."""

    @property
    def place(self) -> Place | None:
        """The place, when found."""

    @property
    def candidates(self) -> list[Place]:
        """The ones it may be, or near matches."""


class Manifest(Protocol):
    """What a snapshot says of itself."""

    name: str
    studies: int


class Studies(Protocol):
    """The catalogue, as far as the gateway uses it."""

    @property
    def manifest(self) -> Manifest:
        """The snapshot in use."""

    def search(self, query: StudyQuery) -> SearchResult:
        """Studies that match."""

    def study(
        self, study_id: str, place: Place | None = None, person: Person = NOBODY
    ) -> StudyPage | None:
        """One study, its rules judged for a person."""

    def freshness(self) -> str:
        """One sentence on how fresh the records are."""

    def sync_trouble(self) -> str:
        """Why the last sync did not renew them all, empty if it did."""


class Finder(Protocol):
    """The places of the UK."""

    def find(self, text: str) -> Resolved:
        """Tell what the name means."""


class CatalogueDoor:
    """Studies and places. `open_studies` and `load_places` are called once each succeeds."""

    def __init__(
        self, open_studies: Callable[[], Studies], load_places: Callable[[], Finder]
    ) -> None:
        self._open = open_studies
        self._load = load_places
        self._studies: Studies | None = None
        self._places: Finder | None = None
        self._lock = threading.Lock()

    @classmethod
    def of(cls, settings: Settings) -> "CatalogueDoor":
        """Give the door to the catalogue that the settings name."""
        return cls(
            lambda: Catalogue.open(settings.catalogue), lambda: Places.load(settings.postcode_table)
        )

    @property
    def studies(self) -> Studies:
        """The catalogue. Raises CatalogueError, which names the remedy."""
        with self._lock:
            if self._studies is None:
                self._studies = self._open()
            return self._studies

    @property
    def places(self) -> Finder:
        """The places."""
        with self._lock:
            if self._places is None:
                self._places = self._load()
            return self._places

    def or_problem(self) -> Studies:
        """Give the catalogue, or raise ProblemError 503 without the machine's details."""
        try:
            return self.studies
        except CatalogueError:
            raise ProblemError(
                503, "The list of studies is not ready yet. Try again in a few minutes."
            ) from None

    def freshness(self) -> str:
        """Give the catalogue's sentence for footers, empty while there is none."""
        try:
            return self.studies.freshness()
        except CatalogueError:
            return ""
