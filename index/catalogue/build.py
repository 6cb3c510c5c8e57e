"""Building a snapshot from registry files, beside the one in use, checked before it is switched to.

What has not changed since the last build is neither read nor embedded again (`memo.py`).
"""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from index.catalogue import entry
from index.catalogue.embed import Embedder
from index.catalogue.gather import Gathered, gather
from index.catalogue.manifest import (
    NAME,
    Manifest,
    ModelSummary,
    SourceSummary,
    hash_file,
    snapshot_files,
)
from index.catalogue.memo import Memo
from index.catalogue.snapshot import CatalogueError, check, locate, read_manifest, switch
from index.catalogue.write import Written, write
from index.concepts import Concepts
from index.encoder import Encoder
from index.files import digest_files
from index.lexicon import Lexicon
from index.models import Study
from index.ontology.loading import ontologies, with_ontologies
from index.places import Places
from index.registries.files import raw_records
from index.wording.plainly import made_with

Say = Callable[[str], None]
INDEX = Path(__file__).resolve().parent.parent
DEMO = INDEX.parent / "data" / "studies"
LEXICON = INDEX.parent / "data" / "lexicon"
KEEP = 3
"""Snapshots kept in a catalogue's folder, the current one among them."""
MOST_SKIPPED = 0.10


@dataclass(frozen=True)
class Options:
    """What to let into a catalogue: country "GB" or "any", status "open" (or opening) or "any".

    sources_at: registry -> its own data time, where it was asked for that
    """

    country: Literal["GB", "any"] = "GB"
    status: Literal["open", "any"] = "open"
    sources_at: Mapping[str, str] = field(default_factory=dict)


def build(
    sources: list[Path], root: Path, encoder: Encoder, places: Places, options: Options, say: Say
) -> Manifest:
    """Build a snapshot beside the current one, check it and switch to it.

    Raises CatalogueError, leaving `current` as it was, when more than a tenth of the records cannot
    be read, when nothing is left, or when the result fails its check.
    """
    started = time.monotonic()
    root.mkdir(parents=True, exist_ok=True)
    name = f"snapshot-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    beside = root / f".building-{name}"
    lexicon = lexicon_digest()
    concepts = _lexicon_concepts(root, lexicon)
    reading = _code("registries", "models.py")
    entering = (reading, *_entering(places), lexicon, options.country, options.status)
    memo = Memo(root, reading, "-".join(entering))

    def enter(study: Study) -> entry.Entry | None:
        let_in = entry.let_in(study, options.country, options.status)
        return entry.make(let_in, places, concepts) if let_in else None

    done: Gathered | None = None
    embedder = Embedder(encoder, _last(root, encoder), lexicon)
    # The lexicon is embedded while records are read: that keeps one core busy, and there are more.
    meanwhile = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lexicon")
    vectors = meanwhile.submit(embedder.lexicon, concepts)
    try:
        gathered = gather(raw_records(sources), memo, enter, say)
        _refuse(gathered, options)
        beside.mkdir()
        written, embedded = write(beside, memo, concepts, embedder, vectors.result)
        say(f"embedded {embedded} studies, {written.studies - embedded} unchanged since the last catalogue")
        manifest = _manifest(name, beside, gathered, written, encoder, options)
        (beside / NAME).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
        check(beside)
        beside.rename(root / name)
        done = gathered
    except sqlite3.Error as error:
        raise CatalogueError(
            f"the build stopped: {error}. Is the disk full, or another build running in {root}? Nothing"
            " was changed; build again when that is mended."
        ) from error
    finally:
        # What was read stays known after a failure too.
        memo.close(done.digests if done else None)
        meanwhile.shutdown(wait=False, cancel_futures=True)
        shutil.rmtree(beside, ignore_errors=True)
    switch(root, root / name)
    _tidy(root)
    say(
        f"{manifest.studies} studies ({manifest.open} open) at {manifest.sites} sites,"
        f" {manifest.unplaced_sites} of them without a known place; {manifest.tied} duplicates tied,"
        f" {manifest.skipped} records skipped; built in {time.monotonic() - started:.1f} s"
    )
    return manifest


def lexicon_digest() -> str:
    """The hash of everything that the lexicon is read from."""
    return digest_files([*sorted(LEXICON.rglob("*.yml")), *ontologies()])


def _lexicon_concepts(root: Path, lexicon: str) -> Concepts:
    """The lexicon's concepts, kept as one file: it is read ten times as fast as the editors' files."""
    file = root / f".lexicon-{lexicon[:16]}-{_code('lexicon.py', 'concepts.py', 'text.py')[:16]}.json"
    if file.exists():
        return Concepts.open(file)
    concepts = Concepts.of(with_ontologies(Lexicon.load(LEXICON)))
    for old in root.glob(".lexicon-*.json"):
        old.unlink()
    concepts.save(file)
    return concepts


def _code(*names: str) -> str:
    """A digest of modules of this room: what they found out is void when they change."""
    folders = [INDEX / name for name in names]
    return digest_files(
        file for one in folders for file in (sorted(one.rglob("*.py")) if one.is_dir() else [one])
    )


def _entering(places: Places) -> tuple[str, str, str]:
    names = ("annotate", "columns", "doubts", "entry", "fulltext", "memo")
    catalogue = [f"catalogue/{name}.py" for name in names]
    code = _code("places", "plain_english", "wording", "concepts.py", "lexicon.py", "text.py", *catalogue)
    return code, places.digest, made_with()


def _refuse(gathered: Gathered, options: Options) -> None:
    total = gathered.skipped + gathered.records
    if gathered.skipped > MOST_SKIPPED * total:
        raise CatalogueError(
            f"{gathered.skipped} of {total} records could not be read (see above), more than a"
            " tenth: nothing was built, and the last catalogue stays in use. Mend or leave out the"
            " files named, then build again."
        )
    if not gathered.studies:
        raise CatalogueError(
            f"none of the {gathered.records} records read may go into this catalogue (country"
            f" {options.country}, status {options.status}). Try --country any or --status any."
        )


def _manifest(
    name: str, folder: Path, gathered: Gathered, written: Written, encoder: Encoder, options: Options
) -> Manifest:
    return Manifest(
        name=name,
        built_at=datetime.now(UTC),
        data_at=_data_at(written.newest.values()),
        sources=[
            SourceSummary(
                name=source,
                studies=count,
                newest_update=written.newest[source],
                data_at=options.sources_at.get(source, ""),
            )
            for source, count in written.sources.most_common()
        ],
        studies=written.studies,
        open=written.open,
        sites=written.sites,
        unplaced_sites=written.unplaced,
        skipped=gathered.skipped,
        tied=written.tied,
        country=options.country,
        status=options.status,
        model=ModelSummary(name=encoder.name, digest=encoder.digest, size=encoder.size),
        lexicon=written.lexicon,
        concepts=written.concepts,
        vector_index=written.kind,
        files={str(f.relative_to(folder)): hash_file(f) for f in snapshot_files(folder)},
    )


def _last(root: Path, encoder: Encoder) -> Path | None:
    """The current snapshot, if its vectors were made by the same model."""
    try:
        last = locate(root)
        return last if read_manifest(last).model.digest == encoder.digest else None
    except CatalogueError:
        return None


def _data_at(newest: Iterable[date | None]) -> datetime:
    known = max(filter(None, newest), default=None)
    today = datetime.now(UTC)
    if known is None or known >= today.date():
        return today
    return datetime(known.year, known.month, known.day, tzinfo=UTC)


def _tidy(root: Path) -> None:
    """Remove all but the newest snapshots, and what an interrupted build left behind."""
    current = locate(root)
    snapshots = sorted(root.glob("snapshot-*"), reverse=True)
    for old in snapshots[KEEP:]:
        if old.resolve() != current:
            shutil.rmtree(old, ignore_errors=True)
    for left in root.glob(".building-snapshot-*"):
        if time.time() - left.stat().st_mtime > 3600:
            shutil.rmtree(left, ignore_errors=True)
