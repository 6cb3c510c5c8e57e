"""`python -m index lexicon add FILE.obo`: read an ontology, keep it, tell what it adds."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from index.encoder import Encoder
from index.lexicon import Lexicon
from index.ontology.extract import extract
from index.ontology.kept import Extract
from index.ontology.loading import ontologies
from index.ontology.overlay import Report, overlay
from settings import settings


def add(file: Path, lexicon: Lexicon, encoder: Encoder, out: Path | None, under: str | None) -> Iterable[str]:
    """Read an ontology, keep what can be used of it, and tell what it adds, a line at a time."""
    folder = out or settings().var / "lexicon"
    found = extract(file, encoder.is_word, under)
    for other in ontologies(folder):
        if other.stem < found.source.ontology:
            lexicon, _ = overlay(lexicon, Extract.open(other))
    _, report = overlay(lexicon, found)
    kept = found.save(folder)
    yield f"{file.name}: {found.source.ontology}, release {found.source.release}"
    yield f"  licence: {found.source.licence}"
    yield from _told(found, report)
    yield f"kept in {kept}. Build the catalogue again for it to count; delete the file to do without."


def _told(found: Extract, report: Report) -> Iterable[str]:
    yield f"  {report.matched} terms are conditions that the lexicon has, {report.added} are new"
    yield f"  {report.synonyms} names added, {report.known} known already"
    yield "  left out:"
    for reason, count in sorted(found.left_out.items()):
        yield f"    {count:7} {reason}"
    for reason, count in sorted(report.left_out.items()):
        yield f"    {count:7} {reason}, such as {'; '.join(report.examples[reason])}"


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """The words of the command; the caller sets what runs it."""
    lexicon = commands.add_parser("lexicon", help="add an ontology to the lexicon of conditions")
    command = lexicon.add_subparsers(required=True, metavar="COMMAND").add_parser(
        "add", help="add an ontology in OBO format, such as the Human Disease Ontology (doid.obo)"
    )
    command.add_argument("file", type=Path, metavar="FILE.obo")
    command.add_argument("--under", default=None, metavar="ID", help="only what is narrower than this term")
    command.add_argument("--out", type=Path, default=None, metavar="DIR", help="default: var/lexicon")
    return command
