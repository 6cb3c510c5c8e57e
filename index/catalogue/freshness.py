"""How fresh the list is, in plain words for everybody who reads it."""

from datetime import UTC, datetime

from index.catalogue.manifest import Manifest
from index.models import Source
from index.sync.state import SyncState

STALE_DAYS = 7
DEMONSTRATION = "This is a demonstration: every study shown here is made up."
TOO_OLD = "That is more than a week: check with the study team before you travel."


def is_demonstration(manifest: Manifest) -> bool:
    """Whether a catalogue holds made-up studies only."""
    return all(source.name == Source.DEMO for source in manifest.sources)


def fresh_at(manifest: Manifest, state: SyncState) -> datetime:
    """When the registries were last read for this list.

    For a list that is not the last sync's (built by hand, rolled back to, copied from elsewhere) that is
    when it was built by a sync, or else the newest change in its records.
    """
    if state.snapshot == manifest.name and state.asked_at:
        return state.asked_at
    synced = any(source.data_at for source in manifest.sources)
    return manifest.built_at if synced else manifest.data_at


def is_stale(manifest: Manifest, state: SyncState, now: datetime) -> bool:
    """Whether the list is older than people should rely on."""
    return not is_demonstration(manifest) and _days(manifest, state, now) > STALE_DAYS


def in_words(manifest: Manifest, state: SyncState, now: datetime | None = None) -> str:
    """One sentence, or two when the list is old."""
    if is_demonstration(manifest):
        return DEMONSTRATION
    now = now or datetime.now(UTC)
    days = _days(manifest, state, now)
    when = "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"
    text = f"The list was last brought up to date {when}."
    return f"{text} {TOO_OLD}" if is_stale(manifest, state, now) else text


def _days(manifest: Manifest, state: SyncState, now: datetime) -> int:
    """Calendar days, so that "yesterday" means what people mean by it."""
    return max(0, (now.date() - fresh_at(manifest, state).date()).days)
