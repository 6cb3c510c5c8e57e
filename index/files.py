"""Files and texts told apart by their hashes."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_text(text: str) -> str:
    """A text's hash: two with the same one have the same embedding."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def digest_files(files: Iterable[Path]) -> str:
    """sha256 over the content of files, in their order."""
    total = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            total.update(hashlib.file_digest(stream, "sha256").digest())
    return total.hexdigest()
