"""Snapshots on disk: opening and checking one, and switching `current` to a new one."""

import json
import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from index.arrays import mapped
from index.catalogue.columns import Columns
from index.catalogue.doubts import Doubts
from index.catalogue.fulltext import BODY, HEAD, Words
from index.catalogue.manifest import FORMAT, NAME, Manifest, hash_file, snapshot_files
from index.catalogue.postings import Postings
from index.catalogue.store import Store
from index.catalogue.vectors import Meaning
from index.concepts import Concepts
from index.encoder import Encoder

CURRENT = "current"
CONCEPT_VECTORS = "concept_vectors.npy"


class CatalogueError(RuntimeError):
    """A catalogue that cannot be used; the message says why and what to do."""


def locate(folder: Path) -> Path:
    """The snapshot that a catalogue's `current` names, or the folder itself if it is a snapshot."""
    if (folder / NAME).exists():
        return folder.resolve()
    current = folder / CURRENT
    if (current / NAME).exists():
        return current.resolve()
    raise CatalogueError(
        f"there is no catalogue in {folder}: build one with"
        f" `python -m index build demo --status any --out {folder}`"
    )


def read_manifest(snapshot: Path) -> Manifest:
    """The manifest; raises CatalogueError when it is damaged or of another version."""
    try:
        raw = json.loads((snapshot / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{snapshot.name}: its manifest cannot be read ({error})") from error
    if raw.get("format") != FORMAT:
        raise CatalogueError(
            f"{snapshot.name} was built by another version (format {raw.get('format')}, this one"
            f" reads {FORMAT}): build it again"
        )
    try:
        return Manifest.model_validate(raw)
    except ValidationError as error:
        raise CatalogueError(f"{snapshot.name}: its manifest is damaged: {error}") from error


def check(snapshot: Path) -> Manifest:
    """Compare every file with the manifest, and the counts with each other.

    Raises CatalogueError naming the first thing that is wrong, and the remedy.
    """
    manifest = read_manifest(snapshot)
    found = {str(file.relative_to(snapshot)): file for file in snapshot_files(snapshot)}
    for name, digest in manifest.files.items():
        if name not in found:
            raise CatalogueError(f"{snapshot.name}: {name} is missing. Build the catalogue again.")
        if hash_file(found[name]) != digest:
            raise CatalogueError(
                f"{snapshot.name}: {name} differs from its hash in the manifest. It was changed or"
                " damaged after it was built: build the catalogue again, or copy it again."
            )
    store, vectors = Store(snapshot).count(), Meaning(*_meaning(snapshot)).index.ntotal
    if not store == vectors == manifest.studies:
        raise CatalogueError(
            f"{snapshot.name}: the counts differ (manifest {manifest.studies}, SQLite {store}, FAISS"
            f" {vectors}). Build the catalogue again."
        )
    return manifest


def switch(root: Path, snapshot: Path) -> None:
    """Make `current` name this snapshot, in one atomic step."""
    beside = root / f".{CURRENT}.{os.getpid()}"
    beside.unlink(missing_ok=True)
    beside.symlink_to(snapshot.name, target_is_directory=True)
    beside.replace(root / CURRENT)


def _meaning(snapshot: Path) -> tuple[Path, Path]:
    return snapshot / "vectors.faiss", snapshot / "vectors.npy"


class Snapshot:
    """One snapshot opened for searching. Everything in it is read-only and memory-mapped."""

    def __init__(self, folder: Path, encoder: Encoder):
        """Raises CatalogueError when the snapshot's model is not the encoder's."""
        self.folder = folder
        self.manifest = read_manifest(folder)
        if self.manifest.model.digest != encoder.digest:
            raise CatalogueError(
                f"{folder.name} was built with the model {self.manifest.model.name}, but the settings"
                f" name {encoder.name}. Build the catalogue again, or set STUDY_FINDER_EMBEDDING_MODEL"
                " back."
            )
        self.store = Store(folder)
        self.columns = Columns.open(folder / "columns")
        self.doubts = Doubts(folder)
        rows = len(self.columns.status)
        self.postings = Postings.open(folder / "postings")
        self.head = Words(folder / HEAD, rows)
        self.body = Words(folder / BODY, rows)
        self.meaning = Meaning(*_meaning(folder))
        self.concepts = Concepts.open(folder / "concepts.json")
        self.concept_vectors: NDArray[np.float16] = mapped(folder / CONCEPT_VECTORS)
        self.rows = rows
        if not rows == self.meaning.index.ntotal == self.manifest.studies:
            raise CatalogueError(
                f"{folder.name}: the counts differ (manifest {self.manifest.studies}, filters {rows},"
                f" FAISS {self.meaning.index.ntotal}). Build the catalogue again."
            )
