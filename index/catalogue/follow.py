"""The catalogue in use: follows `current`, so that a new snapshot is picked up while serving."""

import threading
import time
from datetime import date
from pathlib import Path

from index.catalogue import freshness
from index.catalogue.manifest import Manifest
from index.catalogue.snapshot import CatalogueError, Snapshot, locate
from index.encoder import Encoder
from index.queries import Place, SearchResult, StudyPage, StudyQuery, Understood
from index.search.engine import Engine, Ranked
from index.sync.state import read_state
from index.wording.card import Found, card
from index.wording.judge import NOBODY, Person
from index.wording.ledger import against, answers_that_count
from index.wording.page import page
from index.wording.why import reasons

LOOK_EVERY_SECONDS = 2.0


class Catalogue:
    """Searches the current snapshot; safe to share between threads."""

    def __init__(self, root: Path, encoder: Encoder):
        self.root = root
        self.encoder = encoder
        self._engine = Engine(Snapshot(locate(root), encoder), encoder)
        self._state = read_state(root)
        self._looked = time.monotonic()
        self._lock = threading.Lock()
        self.trouble = ""

    @classmethod
    def open(cls, root: Path, model: Path | None = None) -> "Catalogue":
        """Open a catalogue's folder, or one snapshot; raises CatalogueError with the remedy."""
        return cls(root, Encoder(model or default_model()))

    @property
    def manifest(self) -> Manifest:
        """Of the snapshot in use."""
        return self.engine().snapshot.manifest

    def engine(self) -> Engine:
        """The engine of the current snapshot; a damaged new one is left alone and reported."""
        now = time.monotonic()
        if now - self._looked > LOOK_EVERY_SECONDS and self._lock.acquire(blocking=False):
            try:
                self._looked = now
                self._state = read_state(self.root)
                folder = locate(self.root)
                if folder != self._engine.snapshot.folder:
                    self._engine = Engine(Snapshot(folder, self.encoder), self.encoder)
                self.trouble = ""
            except (CatalogueError, OSError) as error:
                self.trouble = str(error)
            finally:
                self._lock.release()
        return self._engine

    def search(self, query: StudyQuery, person: Person = NOBODY) -> SearchResult:
        """One page of matches for a query.

        person: what they answered about rules; a study that may not fit moves down the whole
        result, and says why. Nothing is hidden because of an answer.
        """
        engine = self.engine()
        ranked = engine.rank(query, answers_that_count(person))
        today = date.today()
        cards = []
        for row, about, miles in zip(
            ranked.rows, ranked.about, ranked.miles, strict=True
        ):
            study = engine.snapshot.store.study(row)
            parts = engine.snapshot.store.named(row)
            why = reasons(study, parts, ranked.meaning, engine.snapshot.concepts, bool(about))
            doubts = against(study, person) if person.answers else []
            why += [f"May not fit you. {doubt}" for doubt in doubts]
            found = Found(bool(about), why, float(miles))
            cards.append(card(study, found, query.place, query.miles, today))
        return SearchResult(
            understood=_understood(query, ranked),
            total=ranked.total,
            results=cards,
            left_out=ranked.filtered.left_out,
            wider=ranked.filtered.wider,
            ask=_ask(engine, ranked),
            freshness=self.freshness(),
        )

    def study(self, study_id: str, place: Place | None = None, person: Person = NOBODY) -> StudyPage | None:
        """One study by any registry's id; None if it is not in the catalogue.

        person: what they said of themselves, which each rule of the study is judged by
        """
        engine = self.engine()
        row = engine.snapshot.store.row_of(study_id)
        if row is None:
            return None
        return page(engine.snapshot.store.study(row), place, date.today(), person)

    def freshness(self) -> str:
        """How fresh the list is, in one plain sentence."""
        return freshness.in_words(self.manifest, self._state)

    def sync_trouble(self) -> str:
        """Why the last sync did not renew the list, or not all of it; empty if it did."""
        return "" if freshness.is_demonstration(self.manifest) else self._state.trouble


def default_model() -> Path:
    """Where `make model` puts the exported embedding model."""
    return Path(__file__).resolve().parent.parent.parent / "var" / "models" / "embedding"


def _understood(query: StudyQuery, ranked: Ranked) -> Understood:
    note = ""
    if ranked.meaning.corrected:
        old, new = next(iter(ranked.meaning.corrected.items()))
        note = f"We read “{old}” as “{new}”."
    return Understood(
        condition=query.condition or None,
        place=query.place,
        miles=query.miles,
        age=query.age,
        sex=query.sex,
        healthy=query.healthy,
        from_home=query.from_home,
        note=note,
    )


def _ask(engine: Engine, ranked: Ranked) -> list[str]:
    """Plain names to choose from, where a short form means several things; most studies first."""
    names = engine.snapshot.concepts.names
    start = engine.snapshot.postings.start

    def studies(number: int) -> int:
        return int(start[number + 1] - start[number])

    return [
        names[number]
        for group in ranked.meaning.ambiguous
        for number in sorted(group, key=studies, reverse=True)
    ]
