"""Reading OBO files (OBO flat file format 1.2 and 1.4), a line at a time.

Only what the lexicon can use is read: id, name, synonyms with their scope, is_a, is_obsolete. A reader of
our own, since the libraries build the whole graph, fetch what a file imports, and stop at the first slip of
syntax in a tag that nobody here wants.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index.lexicon import LexiconError

MOST_BYTES = 400_000_000
LONGEST_LINE = 1_000_000
"""Bytes; the longest lines of real ontologies are definitions of some 10,000."""

_STANZA = re.compile(r"\[(\w+)\]\s*(!.*)?$")
_TAG = re.compile(r"([A-Za-z][\w-]*):(?:\s+(.*))?$", re.DOTALL)
_SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(?:(EXACT|BROAD|NARROW|RELATED)\b)?\s*([^\s\[{!]+)?')
_OLD_SYNONYMS = {f"{scope}_synonym": scope.upper() for scope in ("exact", "broad", "narrow", "related")}
_MODIFIERS = re.compile(r"(?<!\\)\{[^{}]*\}\s*$")
_COMMENT = re.compile(r"(?<!\\)!.*$", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BLANKS = {"n": " ", "t": " ", "W": " "}


@dataclass(frozen=True)
class Synonym:
    """Another name: scope EXACT, BROAD, NARROW or RELATED; kind as the file says it ("ABBREVIATION")."""

    text: str
    scope: str
    kind: str = ""


@dataclass
class Term:
    """One [Term] of the file; is_a holds ids, which the file need not define."""

    id: str = ""
    name: str = ""
    synonyms: list[Synonym] = field(default_factory=list)
    is_a: list[str] = field(default_factory=list)
    obsolete: bool = False


def read_obo(file: Path) -> tuple[dict[str, str], dict[str, Term]]:
    """The header's tags (the first of each name) and the terms by id.

    Raises LexiconError naming file, line and remedy: not OBO, cut off, too large, an id twice.
    """
    if file.stat().st_size > MOST_BYTES:
        raise LexiconError(
            f"{file.name} has {file.stat().st_size:,} bytes, more than the {MOST_BYTES:,} that are read."
            " Take a smaller release of the ontology (often called base, basic or simple)."
        )
    header: dict[str, str] = {}
    terms: dict[str, Term] = {}
    stanza: str | None = None
    term = Term()
    began = 0
    for number, line in _lines(file):
        if opened := _STANZA.match(line):
            _keep(term, terms, stanza, file, began)
            stanza, term, began = opened[1], Term(), number
        elif stanza is None or stanza == "Term":
            tag, value = _split(line, file, number)
            if stanza is None:
                header.setdefault(tag, _value(value))
            else:
                _read_tag(term, tag, value, f"{file.name}, line {number}")
    _keep(term, terms, stanza, file, began)
    if not terms:
        raise LexiconError(f"{file.name} holds no [Term]: is it in OBO format, not OWL, not JSON?")
    return header, terms


def _keep(term: Term, terms: dict[str, Term], stanza: str | None, file: Path, began: int) -> None:
    if stanza != "Term":
        return
    where = f"{file.name}, line {began}"
    if not term.id or not (term.name or term.obsolete):
        missing = "name" if term.id else "id"
        raise LexiconError(f"{where}: a term without {missing}. If the file was cut off, fetch it again.")
    if term.id in terms:
        raise LexiconError(f"{where}: the id {term.id} stands twice in the file. Mend it or fetch it again.")
    terms[term.id] = term


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """Logical lines with the number they begin at; blank lines and comment lines left out."""
    number, begun, start = 0, "", 1
    with file.open("rb") as stream:
        while raw := stream.readline(LONGEST_LINE + 1):
            number += 1
            if len(raw) > LONGEST_LINE:
                raise LexiconError(f"{file.name}, line {number} is over {LONGEST_LINE:,} bytes: no OBO file")
            line = _decoded(raw, file, number)
            start = start if begun else number
            if line.endswith("\\") and not line.endswith("\\\\"):
                begun += line[:-1]
                continue
            whole, begun = (begun + line).strip(), ""
            if whole and not whole.startswith("!"):
                yield start, whole
    if begun.strip():
        raise LexiconError(f"{file.name} ends in the middle of line {start}: it was cut off. Fetch it again.")


def _decoded(raw: bytes, file: Path, number: int) -> str:
    try:
        line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        packed = " It is packed: unpack it first." if raw[:2] in (b"\x1f\x8b", b"PK") else ""
        raise LexiconError(f"{file.name}, line {number} is not UTF-8 text: no OBO file.{packed}") from error
    if number == 1 and line.lstrip().startswith(("<", "{")):
        raise LexiconError(f"{file.name} is XML (OWL) or JSON: take the same release as .obo")
    return line


def _split(line: str, file: Path, number: int) -> tuple[str, str]:
    found = _TAG.match(line)
    if not found:
        raise LexiconError(
            f"{file.name}, line {number}: expected 'tag: value', found {line[:60]!r}."
            " If the file was cut off, fetch it again."
        )
    return found[1], found[2] or ""


def _read_tag(term: Term, tag: str, value: str, where: str) -> None:
    if tag == "id":
        term.id = _value(value)
    elif tag == "name":
        term.name = _value(value)
    elif tag == "is_obsolete":
        term.obsolete = _value(value) == "true"
    elif tag == "is_a":
        term.is_a += _value(value).split()[:1]
    elif tag == "synonym" or tag in _OLD_SYNONYMS:
        found = _SYNONYM.match(value)
        if not found:
            raise LexiconError(f"{where}: a synonym without quotes: {value[:60]!r}. Was the file cut off?")
        scope = _OLD_SYNONYMS.get(tag) or found[2] or "RELATED"
        term.synonyms.append(Synonym(_unescaped(found[1]), scope, found[3] or ""))


def _value(text: str) -> str:
    """Without the trailing comment and modifiers: what stands before ` {...} ! ...`."""
    return _unescaped(_MODIFIERS.sub("", _COMMENT.sub("", text).rstrip()))


def _unescaped(text: str) -> str:
    return " ".join(_ESCAPED.sub(lambda found: _BLANKS.get(found[1], found[1]), text).split())
