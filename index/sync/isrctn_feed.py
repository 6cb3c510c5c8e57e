"""ISRCTN: has no pages, so that it is read in slices of the time of the last change.

One rule serves the first download, an interrupted one and a later check: a slice in which the registry
has as many records as we do is left alone, any other is split until it fits one answer and read.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from xml.etree.ElementTree import Element

from index.models import Source
from index.sync.drift import Refusals
from index.sync.http import FeedError, Fetcher, MissingError, TooLargeError
from index.sync.isrctn_xml import XmlError, one_trial, trials
from index.sync.progress import Progress, Say
from index.sync.record import Raw, RecordError, from_xml
from index.sync.store import RawStore

QUERY = "/api/query/format/default"
FITS = 500
MOST = 20_000
"""A single second can hold many records, changed by the registry's own hand; never so many."""
FIRST_DAY = datetime(2000, 1, 1)
OVERLAP = timedelta(days=1)
ANSWER_TRIES = 3
MOST_LOOKED_FOR = 200


class IsrctnFeed:
    """Brings the store in step with the registry; `changed` counts records that differ afterwards."""

    def __init__(self, fetcher: Fetcher, store: RawStore, today: date, say: Say) -> None:
        self._fetcher = fetcher
        self._store = store
        self._today = today
        self._say = say
        self._name = str(Source.ISRCTN)
        self._looked_for = 0
        # The end of time moves once a year only, so that slices are cut at the same places every day.
        self._end = datetime(today.year + 2, 1, 1)
        self.refusals = Refusals(self._name)
        self.changed = 0

    def sync(self) -> str:
        """Give back the time of the newest record, ISO, "" if no record has one. Raises FeedError."""
        newest = self._store.newest(Source.ISRCTN)
        with Progress(self._name, None, self._say) as progress:
            if newest:
                since = datetime.fromisoformat(newest[:19]) - OVERLAP
                changed = self._count(since, self._end)
                progress.expect(changed)
                self._slice(since, self._end, changed, progress, even_if_same=True)
        with Progress(self._name, None, self._say) as progress:
            total = self._count(FIRST_DAY, self._end)
            progress.expect(total)
            self._slice(FIRST_DAY, self._end, total, progress)
        newest = self._store.newest(Source.ISRCTN)
        # A record without a time is kept under the first day: that is no time to tell people.
        return newest if newest > FIRST_DAY.isoformat() else ""

    def fetch(self, number: str) -> bool:
        """One study by its number; False, and gone from the store, if the registry has none such."""
        try:
            body = self._fetcher.get(f"/api/trial/{number}/format/default")
            raw = _dated(from_xml(one_trial(body), self._today, number))
        except MissingError:
            self._store.remove(Source.ISRCTN, number)
            self.changed += 1
            return False
        except (RecordError, XmlError) as error:
            self._say(f"{self._name}: left as it was: {error}")
            return True
        self.changed += self._store.put(raw)
        return True

    def _slice(
        self,
        since: datetime,
        before: datetime,
        theirs: int,
        progress: Progress,
        even_if_same: bool = False,
    ) -> None:
        """Bring one slice in step: nothing to do, read at once, or two halves."""
        ours = self._store.count(Source.ISRCTN, since.isoformat(), before.isoformat())
        if ours == theirs and not (even_if_same and theirs):
            progress.advance(theirs)
            return
        shortest = before - since <= timedelta(seconds=1)
        if theirs <= FITS or shortest:
            if theirs > MOST:
                raise FeedError(f"{self._name} has {theirs:,} records of one second, {since}.")
            try:
                self._read(since, before, theirs)
            except TooLargeError:
                if shortest:
                    raise
            else:
                progress.advance(theirs)
                return
        middle = _middle(since, before)
        left = self._count(since, middle)
        self._slice(since, middle, left, progress, even_if_same)
        right = max(0, theirs - left)
        self._slice(middle, before, right, progress, even_if_same)

    def _count(self, since: datetime, before: datetime) -> int:
        total, _, _ = self._ask(since, before, 1)
        return total

    def _read(self, since: datetime, before: datetime, theirs: int) -> None:
        """Keep every record of a slice, and look for those of ours that are not in it."""
        limit = theirs + 50
        total, kept, refused = self._ask(since, before, limit)
        if total > limit:
            # It grew while we looked: once more, with room for all of it.
            total, kept, refused = self._ask(since, before, min(total + 50, MOST))
        self.refusals.judge(len(kept), refused)
        held = self._store.ids(Source.ISRCTN, since.isoformat(), before.isoformat())
        with self._store.transaction():
            for raw in kept:
                self.changed += self._store.put(raw)
        still = {raw.id for raw in kept} | {error.record for error in refused}
        for number in sorted(held - still):
            self._looked_for += 1
            if self._looked_for > MOST_LOOKED_FOR:
                raise FeedError(
                    f"{self._name} no longer lists more than {MOST_LOOKED_FOR} studies, all at once."
                    " That is not believed: the rest stays. The next sync looks again."
                )
            self.fetch(number)

    def _ask(
        self, since: datetime, before: datetime, limit: int
    ) -> tuple[int, list[Raw], list[RecordError]]:
        """(how many there are, records kept, records refused); a damaged answer is asked for again."""
        query = f"lastEdited GE {since.isoformat()} AND lastEdited LT {before.isoformat()}"
        trouble = ""
        for _ in range(ANSWER_TRIES):
            body = self._fetcher.get(QUERY, {"q": query, "limit": limit})
            try:
                return self._answer(body, limit, since.isoformat())
            except XmlError as error:
                trouble = str(error)
        raise FeedError(
            f"{self._name} sent a damaged answer {ANSWER_TRIES} times ({trouble}). The list in use stays."
        )

    def _answer(
        self, body: bytes, limit: int, since: str
    ) -> tuple[int, list[Raw], list[RecordError]]:
        total = 0
        kept: dict[str, Raw] = {}
        refused: list[RecordError] = []
        for found in trials(body):
            if not isinstance(found, Element):
                total = found
                continue
            try:
                raw = _dated(from_xml(found, self._today, default=since))
            except RecordError as error:
                refused.append(error)
                continue
            if raw.id in kept:
                raise XmlError(f"{raw.id} stands in it twice")
            kept[raw.id] = raw
        seen = len(kept) + len(refused)
        if seen > limit:
            raise XmlError(f"{seen} records where {limit} were asked for")
        if seen < min(total, limit):
            raise XmlError(f"{seen} records where {min(total, limit)} should be")
        return total, list(kept.values()), refused


def _middle(since: datetime, before: datetime) -> datetime:
    """Half way, at midnight where the slice is longer than two days, else at a full second."""
    middle = (since + (before - since) / 2).replace(microsecond=0)
    if before - since > timedelta(days=2):
        return middle.replace(hour=0, minute=0, second=0)
    return middle


def _dated(raw: Raw) -> Raw:
    """With a time of change that sorts as the registry's own query compares it."""
    try:
        time = datetime.fromisoformat(raw.updated[:19])
    except ValueError:
        time = datetime.fromisoformat(raw.updated[:10])
    return replace(raw, updated=time.isoformat(timespec="seconds"))
