"""A snapshot's manifest: what it holds, what it was made with, and the hash of each file."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel

FORMAT = 5
"""Raised when snapshots of older versions can no longer be read."""
NAME = "manifest.json"


class SourceSummary(BaseModel):
    """One registry's part in a snapshot. data_at: the registry's own time of its data, as given."""

    name: str
    studies: int
    newest_update: date | None
    data_at: str = ""


class ModelSummary(BaseModel):
    """The embedding model that the vectors were made with."""

    name: str
    digest: str
    size: int


class Manifest(BaseModel):
    """Times are UTC."""

    format: int = FORMAT
    name: str
    built_at: datetime
    data_at: datetime
    sources: list[SourceSummary]
    studies: int
    open: int
    sites: int
    unplaced_sites: int
    skipped: int
    tied: int
    country: str
    status: str
    model: ModelSummary
    lexicon: str
    concepts: int
    vector_index: str
    files: dict[str, str]


def snapshot_files(folder: Path) -> Iterator[Path]:
    """Every file of a snapshot but the manifest, in a fixed order."""
    yield from sorted(f for f in folder.rglob("*") if f.is_file() and f.name != NAME)


def hash_file(file: Path) -> str:
    """The file's sha256 in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
