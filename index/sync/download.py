"""Both registries into the store, each by itself, and how that went into the state."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from index.models import Source
from index.sync import gather
from index.sync.ctgov_feed import CtgovFeed
from index.sync.http import FeedError, Fetcher, Manners
from index.sync.isrctn_feed import IsrctnFeed
from index.sync.progress import Say
from index.sync.state import RegistryState, SyncState, now
from index.sync.store import RawStore, put_aside

MOST_PARTNERS = 400
"""Single records asked for in one sync; more of them wait for the next."""


@dataclass(frozen=True)
class Registries:
    """Where the registries are, and how they are asked."""

    ctgov: str = "https://clinicaltrials.gov"
    isrctn: str = "https://www.isrctn.com"
    manners: Manners = field(default_factory=Manners)


def open_store(file: Path, say: Say) -> RawStore:
    """The records kept; a damaged file is put aside, and everything is read anew."""
    try:
        return RawStore(file)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        aside = put_aside(file, f"{now():%Y%m%d-%H%M%S}")
        say(f"The records kept were damaged ({error}): moved to {aside.name}, all is read anew.")
        return RawStore(file)


def download(
    where: Registries, store: RawStore, state: SyncState, today: date, say: Say
) -> None:
    """Both registries, each by itself: one that is down does not keep the other from being read."""
    failed: list[FeedError] = []
    for source, url, feed_of in (
        (Source.CTGOV, where.ctgov, CtgovFeed),
        (Source.ISRCTN, where.isrctn, IsrctnFeed),
    ):
        known = state.registries.setdefault(str(source), RegistryState())
        with closing(Fetcher(str(source), url, where.manners)) as fetcher:
            feed = feed_of(fetcher, store, today, say)
            try:
                known.data_at = feed.sync() or known.data_at
            except FeedError as error:
                known.trouble = str(error)
                failed.append(error)
                say(str(error))
                continue
            known.asked_at, known.trouble = now(), ""
            say(
                f"{source}: {feed.changed:,} records new or changed, {feed.refusals.refused:,} left out;"
                f" {fetcher.requests:,} requests, {fetcher.received_bytes / 1e6:,.1f} MB"
            )
            for refused in feed.refusals.first:
                say(f"  left out: {refused}")
    if len(failed) == len(state.registries):
        raise FeedError(" ".join(str(error) for error in failed))
    never = [name for name, one in state.registries.items() if one.asked_at is None]
    if never:
        raise FeedError(
            f"{never[0]} was never read to the end, so that there is no whole list yet."
            f" {state.registries[never[0]].trouble}"
        )
    if not state.registries[str(Source.CTGOV)].trouble:
        _fetch_partners(where, store, today, say)


def _fetch_partners(where: Registries, store: RawStore, today: date, say: Say) -> None:
    """The closed records of ClinicalTrials.gov that open ISRCTN records name, to compare them."""
    wanted = [n for n in gather.absent_partners(store, today) if not store.noted(f"absent.{n}")]
    if not wanted:
        return
    with closing(Fetcher(str(Source.CTGOV), where.ctgov, where.manners)) as fetcher:
        feed = CtgovFeed(fetcher, store, today, say)
        for nct in wanted[:MOST_PARTNERS]:
            try:
                found = feed.fetch(nct)
            except FeedError as error:
                say(f"records that ISRCTN names wait for the next sync: {error}")
                return
            if not found or not store.has(Source.CTGOV, nct):
                store.note(f"absent.{nct}", today.isoformat())
