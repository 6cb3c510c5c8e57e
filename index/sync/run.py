"""One sync, from the registries to the list in use. Whatever fails, the list in use stays."""

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from index.catalogue.build import Options, build, lexicon_digest
from index.catalogue.manifest import Manifest
from index.catalogue.snapshot import CatalogueError, locate
from index.encoder import Encoder
from index.models import Study
from index.places import Places
from index.registries.files import STUDIES_ENDING
from index.sync import checks, gather
from index.sync.download import Registries, download, open_store
from index.sync.http import FeedError
from index.sync.lock import only_one
from index.sync.progress import Say
from index.sync.state import Measures, SyncState, now, read_state, write_state

LEAST_FREE_BYTES = 300_000_000
MOST_MEASURES = 12


class SyncError(RuntimeError):
    """A sync that did not renew the list; the message says why, and what to do."""


@dataclass(frozen=True)
class Workshop:
    """What a sync works with. room: the folder for records and for what is being made."""

    room: Path
    catalogue: Path
    places: Places
    encoder: Callable[[], Encoder]
    registries: Registries = field(default_factory=Registries)


def sync(shop: Workshop, say: Say, accept: bool = False, automatic: bool = False) -> Manifest | None:
    """Bring the list up to date; the new snapshot's manifest, None if nothing had changed.

    accept: let a result through that the checks would refuse (not a damaged one)
    automatic: run by the service, which does not build again what an operator went back from
    Raises BusyError while another sync runs, and SyncError when the list was not renewed.
    """
    with only_one(shop.room / "sync.lock"):
        state = read_state(shop.catalogue)
        state.tried_at = now()
        try:
            done = _sync(shop, state, say, accept, automatic)
        except (FeedError, CatalogueError, sqlite3.Error, OSError, ValueError, SyncError) as error:
            state.trouble = _words(error)
            _try_to_write(shop.catalogue, state)
            raise SyncError(state.trouble) from error
        write_state(shop.catalogue, state)
        return done


def _sync(
    shop: Workshop, state: SyncState, say: Say, accept: bool, automatic: bool
) -> Manifest | None:
    free = shutil.disk_usage(shop.room).free
    if free < LEAST_FREE_BYTES:
        raise SyncError(
            f"only {free // 1_000_000:,} MB are free on the disk of {shop.room}: make room for"
            f" {LEAST_FREE_BYTES // 1_000_000:,} MB, then sync again"
        )
    today = date.today()
    with open_store(shop.room / "records.sqlite", say) as store:
        if store.stale:
            gather.renew_derived(store, today)
        download(shop.registries, store, state, today, say)
        studies, unplaced = gather.open_studies(store, today, shop.places)
    found = Measures(counts=checks.by_registry(studies), filled=checks.filled_shares(studies))
    before = state.measured.get(_name_in_use(shop.catalogue), Measures())
    trouble = (
        checks.changed_format(found.filled, before.filled)
        or checks.too_few(found.counts, before.counts)
        or checks.too_many_unplaced(sum(len(study.sites) for study in studies), len(unplaced))
    )
    if trouble and not accept:
        raise SyncError(
            f"{trouble}. The list in use stays. If this is right, run"
            " `python -m index sync --once --accept`."
        )
    manifest = _build(shop, studies, state, say, automatic)
    if manifest:
        state.measured[manifest.name] = found
        state.measured = dict(sorted(state.measured.items())[-MOST_MEASURES:])
    state.trouble = ""
    down = [f"{name}: {one.trouble}" for name, one in state.registries.items() if one.trouble]
    if down:
        state.trouble = " ".join(down)
        say(state.trouble)
    return manifest


def _build(
    shop: Workshop, studies: list[Study], state: SyncState, say: Say, automatic: bool
) -> Manifest | None:
    """A new snapshot from these studies, unless the one in use was made from the same."""
    file = shop.room / f"open{STUDIES_ENDING}"
    gather.write_studies(studies, file)
    encoder = shop.encoder()
    made_from = "\n".join([_hash(file), lexicon_digest(), encoder.digest])
    inputs = hashlib.sha256(made_from.encode()).hexdigest()
    in_use = _name_in_use(shop.catalogue)
    if state.inputs == inputs and state.snapshot:
        if in_use == state.snapshot:
            say(f"Nothing has changed: {in_use} stays in use, and is up to date.")
            return None
        if automatic and state.rolled_back == state.snapshot:
            say(f"{state.rolled_back} was rolled back, and nothing has changed since: it stays so.")
            return None
    del studies[:]
    manifest = build(
        [file], shop.catalogue, encoder, shop.places, Options(sources_at=_sources_at(state)), say
    )
    state.snapshot, state.inputs, state.rolled_back = manifest.name, inputs, ""
    return manifest


def _sources_at(state: SyncState) -> dict[str, str]:
    return {name: one.data_at for name, one in state.registries.items() if one.data_at}


def _name_in_use(catalogue: Path) -> str:
    try:
        return locate(catalogue).name
    except CatalogueError:
        return ""


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _words(error: BaseException) -> str:
    if isinstance(error, OSError) and not isinstance(error, SyncError):
        return f"{error.strerror or error} ({error.filename or 'disk'}): make room or mend it, then sync"
    return str(error) or type(error).__name__


def _try_to_write(catalogue: Path, state: SyncState) -> None:
    try:
        write_state(catalogue, state)
    except OSError:
        return  # the disk is full or read-only, which is what is being told already
