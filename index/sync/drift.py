"""Noticing that a registry's format has changed, by the name of the field, before anything is kept."""

from collections import Counter

from index.sync.http import FeedError
from index.sync.record import RecordError

FEWEST = 10
"""Records to judge by; one broken record in a short answer is no change of format."""
MOST_REFUSED = 0.10


class DriftError(FeedError):
    """So many records lack the same thing that the format must have changed."""


class Refusals:
    """Counts what is kept and what is refused in one run; `first` names a few of the refused."""

    def __init__(self, registry: str) -> None:
        self.registry = registry
        self.kept = 0
        self.fields: Counter[str] = Counter()
        self.first: list[str] = []

    @property
    def refused(self) -> int:
        """How many records were refused."""
        return self.fields.total()

    def judge(self, kept: int, refused: list[RecordError]) -> None:
        """Count one page. Raises DriftError, for the page or for the run as a whole."""
        page = Counter(error.field for error in refused)
        self.kept += kept
        self.fields += page
        self.first += [str(error) for error in refused][: max(0, 20 - len(self.first))]
        self._raise_if_changed(kept, page)
        self._raise_if_changed(self.kept, self.fields)

    def _raise_if_changed(self, kept: int, fields: Counter[str]) -> None:
        seen = kept + fields.total()
        if seen < FEWEST or fields.total() <= MOST_REFUSED * seen:
            return
        field, count = fields.most_common(1)[0]
        raise DriftError(
            f"{self.registry} seems to have changed its format: {field} is missing or unknown in {count}"
            f" of {seen} records (for example {self.first[-1]}). None of them was taken, and the list in"
            " use stays. If it goes on, the reader of this registry has to be changed."
        )
