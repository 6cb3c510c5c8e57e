"""ClinicalTrials.gov, API v2: a complete listing once, then what has changed since.

The listing holds the UK's studies that are open or opening. Changes are asked for without a status, so
that a study that closes is heard of. When the registry's count differs from ours afterwards, the listing
is read again, and whatever it no longer holds is asked for by its number.
"""

from datetime import date, timedelta

from index.models import Source
from index.registries.fields import day
from index.sync.ctgov_pages import (
    STUDIES,
    Json,
    ListingError,
    Page,
    read_json,
    read_page,
    read_pages,
)
from index.sync.drift import Refusals
from index.sync.http import FeedError, Fetcher, MissingError, RefusedError
from index.sync.progress import Progress, Say
from index.sync.record import Raw, RecordError, from_json
from index.sync.store import RawStore

VERSION = "/api/v2/version"
UK = "AREA[LocationCountry]United Kingdom"
OPEN = "RECRUITING|NOT_YET_RECRUITING"
OVERLAP_DAYS = 3
"""Changes are asked for from so many days before the last answer: posting lags behind."""
LIST_AGAIN_DAYS = 7
LONGEST_MEMORY_DAYS = 30


class CtgovFeed:
    """Brings the store in step with the registry; `changed` counts records that differ afterwards."""

    def __init__(self, fetcher: Fetcher, store: RawStore, today: date, say: Say) -> None:
        self._fetcher = fetcher
        self._store = store
        self._today = today
        self._say = say
        self._name = str(Source.CTGOV)
        self.refusals = Refusals(self._name)
        self.changed = 0

    def sync(self) -> str:
        """Give back the registry's own data time, ISO, "" if it gives none. Raises FeedError."""
        data_at = self._data_time()
        listed_on = day(self._store.noted("ctgov.listed_on"))
        if listed_on is None:
            self._list_all()
        else:
            self._changes()
            due = (self._today - listed_on).days >= LIST_AGAIN_DAYS
            if due or self._counts_differ():
                self._list_all()
        if not self.refusals.refused or self._since_is_old():
            self._store.note("ctgov.since", (day(data_at) or self._today).isoformat())
        return data_at

    def fetch(self, nct: str) -> bool:
        """One study by its number; False, and gone from the store, if the registry has none such."""
        try:
            body = self._fetcher.get(f"{STUDIES}/{nct}")
            raw = from_json(read_json(body), self._today, nct)
        except MissingError:
            self._store.remove(Source.CTGOV, nct)
            self.changed += 1
            return False
        except (RecordError, ValueError) as error:
            self._say(f"{self._name}: left as it was: {error}")
            return True
        self.changed += self._store.put(raw)
        return True

    def _data_time(self) -> str:
        try:
            version = read_json(self._fetcher.get(VERSION))
        except (MissingError, ValueError):
            return ""
        found = version.get("dataTimestamp") if isinstance(version, dict) else None
        return str(found) if day(found) else ""

    def _since_is_old(self) -> bool:
        since = day(self._store.noted("ctgov.since"))
        return since is None or (self._today - since).days > LONGEST_MEMORY_DAYS

    def _changes(self) -> None:
        """Everything British that changed, whatever its status."""
        since = day(self._store.noted("ctgov.since")) or self._today
        start = since - timedelta(days=OVERLAP_DAYS)
        asked = {
            "query.locn": UK,
            "filter.advanced": f"AREA[LastUpdatePostDate]RANGE[{start},MAX]",
        }
        with Progress(f"{self._name}, changes", None, self._say) as progress:
            for page in read_pages(self._fetcher, asked, ""):
                self._keep(page, 0, None)
                progress.advance(len(page.records))

    def _counts_differ(self) -> bool:
        """Whether the registry lists another number than we have, beyond what it did last time."""
        asked: Json = {"query.locn": UK, "filter.overallStatus": OPEN}
        total = read_page(self._fetcher, asked | {"countTotal": "true", "pageSize": 1}).total
        ours = len(self._store.open_ids(Source.CTGOV, self._today))
        usual = int(self._store.noted("ctgov.usual_difference") or 0)
        return total is None or total - ours != usual

    def _list_all(self) -> None:
        """The complete listing, from where an interrupted one stopped; then what is missing from it."""
        asked = {"query.locn": UK, "filter.overallStatus": OPEN}
        state = self._store.noted("ctgov.listing") or {}
        if state.get("asked") != asked or state.get("on") != self._today.isoformat():
            number = int(self._store.noted("ctgov.listings") or 0) + 1
            state = {"asked": asked, "on": self._today.isoformat(), "number": number, "token": ""}
            state |= {"total": None, "received": 0}
            with self._store.transaction():
                self._store.note("ctgov.listings", number)
                self._store.note("ctgov.listing", state)
        resumed = bool(state["token"])
        try:
            self._read_listing(asked, state)
        except (RefusedError, ListingError):
            # A token that is no longer taken, or leads nowhere.
            self._store.note("ctgov.listing", None)
            if not resumed:
                raise
            return self._list_all()
        self._store.note("ctgov.listing", None)
        self._look_for_missing(state["number"])
        ours = len(self._store.open_ids(Source.CTGOV, self._today))
        with self._store.transaction():
            self._store.note("ctgov.usual_difference", (state["total"] or ours) - ours)
            self._store.note("ctgov.listed_on", self._today.isoformat())
        return None

    def _read_listing(self, asked: Json, state: Json) -> None:
        with Progress(self._name, state["total"], self._say) as progress:
            progress.advance(state["received"])
            for page in read_pages(self._fetcher, asked, state["token"]):
                if page.total is not None:
                    state["total"] = page.total
                    progress.expect(page.total)
                state["token"] = page.token
                state["received"] += len(page.records)
                self._keep(page, state["number"], state)
                progress.advance(len(page.records))
        total, received = state["total"], state["received"]
        if total is not None and received < total * 0.98 - 2:
            raise FeedError(
                f"{self._name} said it lists {total:,} studies and ended after {received:,}. Nothing was"
                " taken off the list; the next sync reads it again."
            )

    def _look_for_missing(self, listing: int) -> None:
        missing = self._store.unlisted(Source.CTGOV, self._today, listing)
        known = len(self._store.open_ids(Source.CTGOV, self._today))
        if len(missing) > max(200, known // 10):
            raise FeedError(
                f"{self._name} no longer lists {len(missing):,} of {known:,} open studies, all at once."
                " That is not believed: none was taken off. The next sync looks again."
            )
        for nct in missing:
            self.fetch(nct)

    def _keep(self, page: Page, listing: int, state: Json | None) -> None:
        """One page with the state of the download, in one transaction."""
        kept: list[Raw] = []
        refused: list[RecordError] = []
        for record in page.records:
            try:
                kept.append(from_json(record, self._today))
            except RecordError as error:
                refused.append(error)
        self.refusals.judge(len(kept), refused)
        with self._store.transaction():
            for raw in kept:
                self.changed += self._store.put(raw, listing)
            if state is not None:
                self._store.note("ctgov.listing", state)
