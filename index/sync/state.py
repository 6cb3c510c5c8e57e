"""What is known of the last syncs: `sync.json` beside the snapshots.

It lies outside the snapshots, because those are never changed, while a sync that finds nothing new
makes the list fresh all the same.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ValidationError

NAME = "sync.json"


class RegistryState(BaseModel):
    """One registry. asked_at: when it was last read to the end; data_at: its own time, as it gives it."""

    asked_at: datetime | None = None
    data_at: str = ""
    trouble: str = ""


class Measures(BaseModel):
    """What a snapshot held, to measure the next one by: studies by registry, and shares of filled fields."""

    counts: dict[str, int] = {}
    filled: dict[str, dict[str, float]] = {}


class SyncState(BaseModel):
    """Times are UTC.

    tried_at: the last sync, however it ended; trouble: why the list in use was not renewed, "" if it was
    snapshot, inputs: the last one built by a sync, and what it was built from
    measured: the measures of each snapshot that a sync built
    rolled_back: the snapshot that an operator went back from; it is not built again by itself
    """

    tried_at: datetime | None = None
    trouble: str = ""
    snapshot: str = ""
    inputs: str = ""
    registries: dict[str, RegistryState] = {}
    measured: dict[str, Measures] = {}
    rolled_back: str = ""

    @property
    def asked_at(self) -> datetime | None:
        """When the registry that was read longest ago was read; None while one never was."""
        times = [state.asked_at for state in self.registries.values()]
        return None if not times or None in times else min(t for t in times if t)


def read_state(root: Path) -> SyncState:
    """The state beside a catalogue's snapshots; an empty one where there is none, or it is damaged."""
    try:
        return SyncState.model_validate_json((root / NAME).read_text(encoding="utf-8"))
    except (OSError, ValidationError):
        return SyncState()


def write_state(root: Path, state: SyncState) -> None:
    """Written beside and renamed, so that nobody reads half of it."""
    root.mkdir(parents=True, exist_ok=True)
    beside = root / f".{NAME}.{os.getpid()}"
    beside.write_text(state.model_dump_json(indent=1), encoding="utf-8")
    beside.replace(root / NAME)


def now() -> datetime:
    """This moment, UTC, in full seconds."""
    return datetime.now(UTC).replace(microsecond=0)
