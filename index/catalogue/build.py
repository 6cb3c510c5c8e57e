"""Building a snapshot from registry files: read, tie duplicates, place, annotate, index, check.

What has not changed since the last snapshot is not embedded again.
"""

import hashlib
import shutil
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from index.catalogue import annotate, fulltext, store, vectors
from index.catalogue.columns import Columns
from index.catalogue.manifest import (
    NAME,
    Manifest,
    ModelSummary,
    SourceSummary,
    hash_file,
    snapshot_files,
)
from index.catalogue.postings import Postings
from index.catalogue.snapshot import (
    CONCEPT_VECTORS,
    CatalogueError,
    check,
    locate,
    read_manifest,
    switch,
)
from index.concepts import Concepts
from index.encoder import Encoder, Vectors, digest_files
from index.lexicon import Lexicon
from index.models import Site, Status, Study
from index.ontology.loading import ontologies, with_ontologies
from index.places import Places
from index.registries.files import Skipped, read_sources
from index.registries.merge import merge

Say = Callable[[str], None]
DEMO = Path(__file__).resolve().parent.parent.parent / "data" / "studies"
LEXICON = DEMO.parent / "lexicon"
KEEP = 3
"""Snapshots kept in a catalogue's folder, the current one among them."""
MOST_SKIPPED = 0.10
_UK = {"united kingdom", "uk", "england", "scotland", "wales", "northern ireland", "great britain"}


@dataclass(frozen=True)
class Options:
    """What to let into a catalogue: country "GB" or "any", status "open" (or opening) or "any"."""

    country: Literal["GB", "any"] = "GB"
    status: Literal["open", "any"] = "open"


def build(
    sources: list[Path], root: Path, encoder: Encoder, places: Places, options: Options, say: Say
) -> Manifest:
    """Build a snapshot beside the current one, check it and switch to it.

    Raises CatalogueError, leaving `current` as it was, when more than a tenth of the records cannot
    be read, when nothing is left, or when the result fails its check.
    """
    started = time.monotonic()
    root.mkdir(parents=True, exist_ok=True)
    read, skipped = _read(sources, say)
    tied = merge(read)
    studies = [placed for study in tied if (placed := _let_in(study, options))]
    if not studies:
        raise CatalogueError(
            f"none of the {len(tied)} studies read may go into this catalogue (country"
            f" {options.country}, status {options.status}). Try --country any or --status any."
        )
    unplaced = _place_sites(studies, places)
    lexicon = with_ontologies(Lexicon.load(LEXICON))
    name = f"snapshot-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    beside = root / f".building-{name}"
    beside.mkdir()
    try:
        kind, concepts = _write(beside, studies, lexicon, encoder, _last(root, encoder), say)
        manifest = Manifest(
            name=name,
            built_at=datetime.now(UTC),
            data_at=_data_at(studies),
            sources=_summaries(studies),
            studies=len(studies),
            open=sum(study.status == Status.OPEN for study in studies),
            sites=sum(len(study.sites) for study in studies),
            unplaced_sites=unplaced,
            skipped=skipped,
            tied=len(read) - len(tied),
            country=options.country,
            status=options.status,
            model=ModelSummary(name=encoder.name, digest=encoder.digest, size=encoder.size),
            lexicon=lexicon_digest(),
            concepts=concepts,
            vector_index=kind,
            files={str(f.relative_to(beside)): hash_file(f) for f in snapshot_files(beside)},
        )
        (beside / NAME).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
        check(beside)
        beside.rename(root / name)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    switch(root, root / name)
    _tidy(root)
    say(
        f"{manifest.studies} studies ({manifest.open} open) at {manifest.sites} sites, {unplaced} of"
        f" them without a known place; {manifest.tied} duplicates tied, {skipped} records skipped;"
        f" built in {time.monotonic() - started:.1f} s"
    )
    return manifest


def lexicon_digest() -> str:
    """The hash of everything that the lexicon is read from."""
    return digest_files([*sorted(LEXICON.rglob("*.yml")), *ontologies()])


def _read(sources: list[Path], say: Say) -> tuple[list[Study], int]:
    studies: list[Study] = []
    skipped = 0
    for found in tqdm(read_sources(sources), desc="Reading", unit="record", disable=None):
        if isinstance(found, Skipped):
            skipped += 1
            say(str(found))
        else:
            studies.append(found)
    if skipped > MOST_SKIPPED * (skipped + len(studies)):
        raise CatalogueError(
            f"{skipped} of {skipped + len(studies)} records could not be read (see above), more than a"
            " tenth: nothing was built, and the last catalogue stays in use. Mend or leave out the"
            " files named, then build again."
        )
    return studies, skipped


def _let_in(study: Study, options: Options) -> Study | None:
    if options.status == "open" and study.status not in (Status.OPEN, Status.OPENING_SOON):
        return None
    if options.country == "any":
        return study
    british = [site for site in study.sites if site.country.lower() in _UK]
    if british or (study.from_home and not study.sites):
        return study.model_copy(update={"sites": british})
    return None


def _place_sites(studies: list[Study], places: Places) -> int:
    """Give UK sites without coordinates those of their address; how many are left without."""
    unplaced = 0
    for study in studies:
        for site in study.sites:
            if site.lat is not None and site.lon is not None:
                continue
            if site.country.lower() in _UK and _place(site, places):
                continue
            unplaced += 1
    return unplaced


def _place(site: Site, places: Places) -> bool:
    place = places.locate(site.town, site.county, site.nation or site.country, site.postcode)
    if place is None:
        return False
    site.lat, site.lon = place.lat, place.lon
    return True


def embedded_text(study: Study) -> str:
    """What a study's vector is made from."""
    return f"{study.title}. {'; '.join(study.conditions[:6])}"


def _write(
    folder: Path,
    studies: list[Study],
    lexicon: Lexicon,
    encoder: Encoder,
    last: Path | None,
    say: Say,
) -> tuple[str, int]:
    """Everything but the manifest; gives back the kind of vector index and how many concepts."""
    texts = [embedded_text(study) for study in studies]
    digests = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]
    Columns.of(studies).save(folder / "columns")

    concepts = Concepts.of(lexicon, _names(studies))
    concepts.save(folder / "concepts.json")
    progress = tqdm(studies, desc="Reading conditions", unit="study", disable=None)
    parts = [annotate.named(study, concepts) for study in progress]
    by_study = [
        annotate.weigh(study, found, concepts) for study, found in zip(studies, parts, strict=True)
    ]
    Postings.of(by_study, len(concepts.ids)).save(folder / "postings")
    store.write(folder, studies, digests, parts)

    for field, text_of in ((fulltext.HEAD, fulltext.head_of), (fulltext.BODY, fulltext.body_of)):
        tokens = [fulltext.tokens(text_of(study), lexicon.equivalents) for study in studies]
        fulltext.build(tokens, folder / field)

    found, reused = _vectors(texts, digests, encoder, last)
    say(f"embedded {len(texts) - reused} studies, {reused} unchanged since the last catalogue")
    np.save(folder / "vectors.npy", found.astype(np.float16))
    np.save(folder / CONCEPT_VECTORS, _concept_vectors(concepts, encoder, last))
    kind = vectors.build(found, folder / "vectors.faiss")
    return kind, len(concepts.ids)


def _names(studies: list[Study]) -> list[str]:
    """The conditions and tags of all records, the most frequent first."""
    counted = Counter(name for study in studies for name in (*study.tags, *study.conditions))
    return [name for name, _ in counted.most_common() if 3 <= len(name) <= 120]


def _last(root: Path, encoder: Encoder) -> Path | None:
    """The current snapshot, if its vectors were made by the same model."""
    try:
        last = locate(root)
        return last if read_manifest(last).model.digest == encoder.digest else None
    except CatalogueError:
        return None


def _concept_vectors(
    concepts: Concepts, encoder: Encoder, last: Path | None
) -> NDArray[np.float16]:
    """The lexicon's plain names as vectors (n, d), so that a known condition costs no embedding."""
    names = concepts.names[: concepts.of_lexicon]
    if last and read_manifest(last).lexicon == lexicon_digest():
        kept: NDArray[np.float16] = np.load(last / CONCEPT_VECTORS)
        if len(kept) == len(names):
            return kept
    return encoder.encode_passages(names).astype(np.float16)


def _vectors(
    texts: list[str], digests: list[str], encoder: Encoder, last: Path | None
) -> tuple[Vectors, int]:
    known: dict[str, int] = {}
    if last:
        known = {digest: row for row, digest in store.Store(last).digests()}
        old = np.load(last / "vectors.npy", mmap_mode="r")
    found = np.empty((len(texts), encoder.size), dtype=np.float32)
    new = [row for row, digest in enumerate(digests) if digest not in known]
    kept = [row for row, digest in enumerate(digests) if digest in known]
    if kept:
        found[kept] = old[[known[digests[row]] for row in kept]]
    if new:
        found[new] = encoder.encode_passages([texts[row] for row in new])
    return found, len(kept)


def _summaries(studies: list[Study]) -> list[SourceSummary]:
    counts = Counter(study.source for study in studies)
    newest = {
        source: max((s.updated for s in studies if s.source == source and s.updated), default=None)
        for source in counts
    }
    return [
        SourceSummary(name=str(source), studies=count, newest_update=newest[source])
        for source, count in counts.most_common()
    ]


def _data_at(studies: list[Study]) -> datetime:
    newest = max((study.updated for study in studies if study.updated), default=None)
    today = datetime.now(UTC)
    if newest is None or newest >= today.date():
        return today
    return datetime(newest.year, newest.month, newest.day, tzinfo=UTC)


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
