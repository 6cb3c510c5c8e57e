"""What of an ontology is kept beside the lexicon: one JSON file each in var/lexicon/.

It holds the ontology's own names and links, not yet tied to the editors' concepts: they are tied anew
whenever the lexicon is loaded (`overlay.py`), so that what an editor writes later still wins.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from index.lexicon import LexiconError

LONGEST_TEXT = 300
Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Entry(_Strict):
    """One condition of the ontology; `broader` holds ids of the ontology that are kept too."""

    id: Text
    name: Text
    exact: list[Text] = []
    abbreviations: list[Text] = []
    broader: list[Text] = []


class Source(_Strict):
    """Where it came from: its release as the file says it, the file's hash, when it was read."""

    ontology: str
    file: str
    release: str
    licence: str
    sha256: str
    read_at: datetime


class Extract(_Strict):
    """An ontology as the lexicon wants it. `left_out`: reason -> how many, of terms and of synonyms."""

    source: Source
    entries: list[Entry]
    left_out: dict[str, int]

    def save(self, folder: Path) -> Path:
        """Written whole or not at all, as <ontology>.json; one of that name before is replaced."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{self.source.ontology}.json"
        beside = file.with_suffix(".new")
        beside.write_text(json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1), "utf-8")
        beside.replace(file)
        return file

    @classmethod
    def open(cls, file: Path) -> "Extract":
        """Raises LexiconError when the file is damaged."""
        try:
            return cls.model_validate_json(file.read_bytes())
        except ValidationError as error:
            first = error.errors()[0]
            raise LexiconError(
                f"{file}: {'.'.join(map(str, first['loc']))}: {first['msg']}. Make it again with"
                " `python -m index lexicon add FILE.obo`, or delete it to do without."
            ) from error
