"""Reading files and folders of registry records, whichever format they are in.

A record that cannot be read is reported and skipped; it never stops the rest.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO, Any, cast
from xml.etree.ElementTree import tostring

import yaml
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from index.models import Study
from index.registries import ctgov, demo, isrctn
from index.yaml_file import read_yaml

MAX_RECORD_BYTES = 8_000_000
"""No registry's record comes near this; what does is damaged or an attack."""
STUDIES_ENDING = ".studies.jsonl"
"""Studies already read, as a sync hands them on: one `Study` a line."""
_FULL_TRIAL = "{http://www.67bricks.com/isrctn}fullTrial"


@dataclass(frozen=True)
class Skipped:
    """A record, or a file, that was left out: where it stood and why."""

    file: str
    id: str
    reason: str

    def __str__(self) -> str:
        return f"skipped {self.id} in {self.file}: {self.reason}"


@dataclass(frozen=True)
class Raw:
    """A record as it was fetched, not yet read. Read it before asking for the next one.

    digest: equal for two records that read as the same study today
    """

    file: str
    id: str
    digest: bytes
    reader: Callable[[], Study]

    def read(self) -> Study | Skipped:
        """The study, or why it cannot be one."""
        try:
            return self.reader()
        except (ValueError, TypeError) as error:
            return Skipped(self.file, self.id, str(error).splitlines()[0])


def read_sources(sources: list[Path]) -> Iterator[Study | Skipped]:
    """Every study of these files and folders, in order; what cannot be read comes as Skipped."""
    for found in raw_records(sources):
        yield found.read() if isinstance(found, Raw) else found


def raw_records(sources: list[Path]) -> Iterator[Raw | Skipped]:
    """Every record of these files and folders, in order, a few in memory at a time."""
    for source in sources:
        files = _files(source)
        if not files:
            yield Skipped(source.name, "(file)", "there is no such file, or the folder holds none")
        for file in files:
            yield from _read_file(file)


def _files(source: Path) -> list[Path]:
    if source.is_dir():
        return sorted(file for file in source.rglob("*") if file.is_file() and _reader(file))
    return [source] if source.is_file() else []


def _reader(file: Path) -> Callable[[Path], Iterator[Raw | Skipped]] | None:
    name = file.name.lower().removesuffix(".gz")
    if name.endswith(STUDIES_ENDING):
        return _studies
    if name.endswith((".jsonl", ".ndjson")):
        return _json_lines
    for ending, reader in ((".json", _json), (".xml", _xml), (".yml", _yaml), (".yaml", _yaml)):
        if name.endswith(ending):
            return reader
    return None


def _read_file(file: Path) -> Iterator[Raw | Skipped]:
    reader = _reader(file)
    if reader is None:
        yield Skipped(file.name, "(file)", "not a .json, .jsonl, .xml or .yml file (or .gz of one)")
        return
    try:
        yield from reader(file)
    except (OSError, EOFError, zlib.error) as error:
        yield Skipped(file.name, "(rest of the file)", f"it is damaged or cut off: {error}")
    except UnicodeDecodeError as error:
        yield Skipped(file.name, "(rest of the file)", f"it is not UTF-8 text: {error.reason}")
    except RecursionError:
        yield Skipped(file.name, "(file)", "it is nested too deeply")


def _open(file: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(file, "rb")) if file.suffix == ".gz" else file.open("rb")


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _label(record: Any) -> str:
    try:
        return str(record["protocolSection"]["identificationModule"]["nctId"])[:40]
    except (KeyError, TypeError):
        return "(no id)"


def _v2(record: Any) -> Study:
    if not isinstance(record, dict):
        raise ValueError(f"a record must be a JSON object, not {type(record).__name__}")
    return ctgov.read(record)


def _v2_raw(record: Any, content: bytes, file: Path) -> Raw:
    return Raw(file.name, _label(record), _digest(content), lambda: _v2(record))


def _json(file: Path) -> Iterator[Raw | Skipped]:
    with _open(file) as stream:
        raw = stream.read()
    try:
        content = json.loads(raw)
    except ValueError as error:
        yield Skipped(file.name, "(file)", f"it is not valid JSON: {error}")
        return
    if isinstance(content, dict) and isinstance(content.get("studies"), list):
        content = content["studies"]
    for record in content if isinstance(content, list) else [content]:
        yield _v2_raw(record, json.dumps(record).encode(), file)


def _json_lines(file: Path) -> Iterator[Raw | Skipped]:
    with _open(file) as stream:
        number = 0
        while raw := stream.readline(MAX_RECORD_BYTES):
            number += 1
            if len(raw) >= MAX_RECORD_BYTES:
                yield Skipped(file.name, f"line {number}", "longer than any record can be")
                while raw and not raw.endswith(b"\n"):
                    raw = stream.readline(MAX_RECORD_BYTES)
                continue
            if raw.strip():
                yield _line(raw, file, f"line {number}")


def _line(raw: bytes, file: Path, label: str) -> Raw:
    # Not parsed here: a line that is known from the last build needs no reading.
    def read() -> Study:
        try:
            record = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"it is not valid JSON: {error}") from error
        return _v2(record)

    return Raw(file.name, label, _digest(raw.strip()), read)


def _studies(file: Path) -> Iterator[Raw | Skipped]:
    with _open(file) as stream:
        for number, raw in enumerate(stream, start=1):
            read = partial(Study.model_validate_json, raw)
            yield Raw(file.name, f"line {number}", _digest(raw), read)


def _xml(file: Path) -> Iterator[Raw | Skipped]:
    today = date.today()
    with _open(file) as stream:
        try:
            for _, node in iterparse(stream, events=("end",), forbid_dtd=True):
                if node.tag == _FULL_TRIAL:
                    number = node.findtext("*/{http://www.67bricks.com/isrctn}isrctn") or "(no id)"
                    # What a record says of recruitment is read against the day.
                    content = tostring(node) + today.isoformat().encode()
                    yield Raw(file.name, f"ISRCTN{number}", _digest(content), partial(isrctn.read, node))
                    node.clear()
        except DefusedXmlException as error:
            yield Skipped(file.name, "(rest of the file)", f"forbidden XML: {type(error).__name__}")
        except SyntaxError as error:
            yield Skipped(file.name, "(rest of the file)", f"it is not valid XML: {error}")


def _yaml(file: Path) -> Iterator[Raw | Skipped]:
    with _open(file) as stream:
        try:
            content = read_yaml(stream)
        except yaml.YAMLError as error:
            yield Skipped(file.name, "(file)", f"it is not valid YAML: {error}")
            return
    entries = content.get("studies") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        yield Skipped(file.name, "(file)", "it has no list named 'studies'")
        return
    for entry in entries:
        label = str(entry.get("id")) if isinstance(entry, dict) else "(no id)"
        # Days in the demonstration are counted from today.
        content = f"{entry!r} {date.today()}".encode()
        yield Raw(file.name, label, _digest(content), partial(demo.read, entry))
