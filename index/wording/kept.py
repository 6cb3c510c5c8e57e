"""What was made of a study once, kept in memory for the next time it is asked for."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from index.models import Study

T = TypeVar("T")


class Kept(Generic[T]):
    """At most `most` results, by study; all are let go when it is full."""

    def __init__(self, most: int):
        self.most = most
        self._made: dict[tuple[str, int, Hashable], T] = {}

    def of(self, study: Study, make: Callable[[Study], T], also: Hashable = None) -> T:
        """The kept result of this very record, or a new one. also: what else it depends on, as the day."""
        key = (study.id, hash(study.model_dump_json(exclude={"plain", "sites"})), also)
        found = self._made.get(key)
        if found is None:
            if len(self._made) >= self.most:
                self._made.clear()
            found = self._made[key] = make(study)
        return found
