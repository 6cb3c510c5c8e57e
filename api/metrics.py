"""What the gateway counts, for Prometheus. No label ever holds a person's words."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)


class Metrics:
    """The counters of one gateway, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        name = "study_finder_"
        self.turns = Counter(
            f"{name}turns", "Messages answered", ["outcome"], registry=self._registry
        )
        self.apologies = Counter(
            f"{name}apologies", "Turns without a usable reply", ["why"], registry=self._registry
        )
        self.fallbacks = Counter(
            f"{name}fallbacks", "Messages that were not understood", registry=self._registry
        )
        self.danger_cards = Counter(
            f"{name}danger_cards", "Danger cards shown", ["kind"], registry=self._registry
        )
        self.searches = Counter(
            f"{name}searches",
            "Searches by where and outcome",
            ["where", "found"],
            registry=self._registry,
        )
        self.requests = Counter(
            f"{name}requests", "Requests", ["route", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            f"{name}seconds",
            "Time spent, by part",
            ["part"],
            registry=self._registry,
            buckets=BUCKETS,
        )

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Measure what is done inside, errors included."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds.labels(part).observe(time.perf_counter() - start)

    def searched(self, where: str, total: int) -> None:
        """Count a search: where is chat, json or page; total is what was found."""
        self.searches.labels(where, "some" if total else "nothing").inc()

    def page(self) -> bytes:
        """Give the text that Prometheus reads."""
        return generate_latest(self._registry)
