"""How long searches take, the query's embedding and the wording of ten cards included."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.measures import percentile
from index.catalogue.follow import Catalogue
from index.places import Places
from index.queries import StudyQuery

WARM = 50


@dataclass(frozen=True)
class Speed:
    """Milliseconds a query."""

    what: str
    studies: int
    p50: float
    p95: float


def timed(what: str, studies: int, ask: Callable[[str], object], texts: list[str]) -> Speed:
    """Time one call a text, after some to warm up."""
    for text in texts[:WARM]:
        ask(text)
    took = []
    for text in texts:
        start = time.perf_counter()
        ask(text)
        took.append((time.perf_counter() - start) * 1000)
    return Speed(what, studies, percentile(took, 0.5), percentile(took, 0.95))


def of_engine(catalogue: Catalogue, texts: list[str]) -> list[Speed]:
    """Unfiltered, and filtered by place, age and sex."""
    count = catalogue.manifest.studies
    leeds = Places.load(None).find("Leeds").place

    def plainly(text: str) -> object:
        return catalogue.search(StudyQuery(condition=text, statuses="any"))

    def filtered(text: str) -> object:
        return catalogue.search(
            StudyQuery(
                condition=text, place=leeds, miles=100, age=60, sex="female", statuses="any"
            )
        )

    return [
        timed("search", count, plainly, texts),
        timed("search, filtered", count, filtered, texts),
        timed("search for cancer", count, plainly, ["cancer"] * 200),
    ]
