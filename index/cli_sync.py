"""Commands that keep a catalogue fresh: sync, info, rollback, places."""

import argparse
import sys
import time
from pathlib import Path

from index.catalogue.follow import default_model
from index.catalogue.freshness import in_words
from index.catalogue.rollback import rollback
from index.catalogue.snapshot import locate, read_manifest
from index.catalogue.write import UNPLACED
from index.encoder import Encoder
from index.places import Places
from index.places.loading import load_postcodes
from index.sync.download import Registries
from index.sync.http import Manners
from index.sync.lock import BusyError
from index.sync.run import SyncError, Workshop, sync
from index.sync.state import read_state
from settings import settings


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Teach the command line these commands."""
    command = commands.add_parser("sync", help="bring the catalogue up to date from the registries")
    command.add_argument("--once", action="store_true", help="once, else again and again")
    command.add_argument("--accept", action="store_true", help="let through what the checks refuse")
    command.add_argument("--automatic", action="store_true", help=argparse.SUPPRESS)
    command.add_argument("--out", type=Path, default=None, metavar="DIR", help="catalogue folder")
    command.set_defaults(run=_sync)

    command = commands.add_parser("info", help="what a catalogue holds and how fresh it is")
    command.add_argument("catalogue", nargs="?", type=Path, default=None, metavar="DIR")
    command.add_argument("--unplaced", action="store_true", help="the sites without a known place")
    command.set_defaults(run=_info)

    command = commands.add_parser("rollback", help="go back to the catalogue before this one")
    command.add_argument("snapshot", nargs="?", default="", help="a snapshot's name, else the last")
    command.add_argument("--catalogue", type=Path, default=None, metavar="DIR")
    command.set_defaults(run=_rollback)

    command = commands.add_parser("places", help="load an operator's postcode file")
    command.add_argument("file", type=Path, metavar="FILE", help="file, folder or zip")
    command.set_defaults(run=_places)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _sync(options: argparse.Namespace) -> int:
    """0 also when another sync is running already: a clock that starts two has done nothing wrong."""
    chosen = settings()
    shop = Workshop(
        chosen.sync_room,
        options.out or chosen.catalogue,
        Places.load(chosen.postcode_table),
        lambda: Encoder(default_model()),
        Registries(
            chosen.ctgov_url, chosen.isrctn_url, Manners(pause_seconds=chosen.sync_pause_seconds)
        ),
    )
    while True:
        code = 0
        try:
            sync(shop, _say, options.accept, options.automatic)
        except BusyError as error:
            _say(f"index: {error}")
        except SyncError as error:
            _say(f"index: the list was not renewed: {error}")
            code = 1
        if options.once:
            return code
        _say(f"The next sync is in {chosen.sync_every_minutes or 60:g} minutes (Ctrl-C stops).")
        try:
            time.sleep((chosen.sync_every_minutes or 60) * 60)
        except KeyboardInterrupt:
            return code


def _rollback(options: argparse.Namespace) -> int:
    rollback(options.catalogue or settings().catalogue, _say, options.snapshot)
    return 0


def _places(options: argparse.Namespace) -> int:
    loaded = load_postcodes(options.file, settings().loaded_postcodes)
    _say(
        f"{options.file} is {loaded.kind}: {loaded.postcodes:,} postcodes in {loaded.outcodes:,} outward"
        f" codes.{loaded.note} Restart the service to use them; sites are placed by them at the next sync"
        " or build."
    )
    return 0


def _info(options: argparse.Namespace) -> int:
    folder = options.catalogue or settings().catalogue
    snapshot = locate(folder)
    manifest, state = read_manifest(snapshot), read_state(folder)
    if options.unplaced:
        print((snapshot / UNPLACED).read_text(encoding="utf-8"), end="")
        return 0
    print(f"{manifest.name}, built {manifest.built_at:%d %B %Y %H:%M} UTC")
    print(in_words(manifest, state))
    print(f"{manifest.studies} studies, {manifest.open} open; {manifest.sites} sites,")
    print(
        f"{manifest.unplaced_sites} of them without a known place; {manifest.skipped} records skipped"
    )
    for source in manifest.sources:
        newest = f", newest update {source.newest_update}" if source.newest_update else ""
        its_time = f", its data of {source.data_at[:16]}" if source.data_at else ""
        print(f"  {source.name}: {source.studies} studies{newest}{its_time}")
    print(
        f"model {manifest.model.name}; {manifest.concepts} concepts; FAISS {manifest.vector_index}"
    )
    for name, registry in state.registries.items():
        when = f"{registry.asked_at:%d %B %Y %H:%M} UTC" if registry.asked_at else "never"
        print(f"{name} was last read to the end: {when}")
    if state.tried_at:
        print(f"last sync: {state.tried_at:%d %B %Y %H:%M} UTC, {state.trouble or 'all went well'}")
    return 0
