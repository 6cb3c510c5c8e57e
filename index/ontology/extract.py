"""From an OBO file to what is kept of it: its own terms in use, their exact names, their broader terms."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from index.lexicon import LexiconError
from index.ontology.kept import LONGEST_TEXT, Entry, Extract, Source
from index.ontology.obo import Synonym, Term, read_obo

SHORTEST_ABBREVIATION = 3
_LOOKS_SHORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]{0,8}")
_SHORT_KINDS = frozenset(["abbreviation", "acronym", "omo:0003000", "omo:0003012"])
_DOUBTFUL_KINDS = frozenset(
    "ambiguous omo:0003001 dubious omo:0003002 misnomer omo:0003007 deprecated exclude non_human".split()
)


def extract(file: Path, is_word: Callable[[str], bool], under: str | None = None) -> Extract:
    """Read an OBO file.

    is_word: whether small letters are an English word: such an abbreviation ("CAT", "CHILD") is left out
    under: an id; only what is narrower than it is taken
    Raises LexiconError for a file that is wrong or cut off, and when nothing is left.
    """
    header, terms = read_obo(file)
    name, prefix = _named(header, file, terms)
    if under is not None and under not in terms:
        raise LexiconError(f"{file.name} holds no term {under}: give --under an id that it has")
    left_out: Counter[str] = Counter()
    parents = {id_ for term in terms.values() if not term.obsolete for id_ in term.is_a}
    kept: dict[str, Term] = {}
    for term in terms.values():
        reason = _not_wanted(term, prefix, parents) or (
            under and under not in _above(term, terms) and f"terms not under {under}"
        )
        if reason:
            left_out[reason] += 1
        else:
            kept[term.id] = term
    left_out["links to terms that the file does not hold"] = len(parents - set(terms))
    entries = [_entry(term, terms, kept, is_word, left_out) for term in kept.values()]
    if not entries:
        raise LexiconError(f"{file.name}: none of its {len(terms)} terms can be used: {dict(left_out)}")
    try:
        TopologicalSorter({entry.id: entry.broader for entry in entries}).prepare()
    except CycleError as error:
        circle = " is_a ".join(reversed(error.args[1]))
        raise LexiconError(
            f"{file.name}: is_a links go in a circle: {circle}. Mend it or fetch it again."
        ) from error
    source = Source(
        ontology=name,
        file=file.name,
        release=header.get("data-version") or header.get("date") or "not said",
        licence=_licence(file),
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        read_at=datetime.now(UTC).replace(microsecond=0),
    )
    return Extract(source=source, entries=entries, left_out={k: n for k, n in left_out.items() if n})


def _named(header: dict[str, str], file: Path, terms: dict[str, Term]) -> tuple[str, str]:
    """The ontology's name in small letters, and the prefix of its own ids (others are imported)."""
    said = header.get("ontology", "").rsplit("/", 1)[-1].removesuffix(".owl")
    name = re.sub(r"[^a-z0-9]+", "-", (said or file.stem).lower()).strip("-") or "ontology"
    prefixes = Counter(id_.split(":", 1)[0] for id_ in terms)
    own = next((p for p in prefixes if p.lower() == name), prefixes.most_common(1)[0][0])
    return name, own


def _licence(file: Path) -> str:
    """The licence as the header says it, in whichever of several customary tags."""
    with file.open("rb") as stream:
        head = stream.read(20_000).decode("utf-8", errors="replace").split("[Term]", 1)[0]
    said = [line.split(" ", 1)[-1].strip() for line in head.splitlines() if "licen" in line.lower()]
    return said[0][:300] if said else "not said"


def _not_wanted(term: Term, prefix: str, parents: set[str]) -> str | None:
    if term.obsolete or term.name.lower().startswith("obsolete "):
        return "obsolete terms"
    if term.id.split(":", 1)[0] != prefix:
        return "terms imported from other ontologies"
    if len(term.name) > LONGEST_TEXT:
        return "names of over 300 letters"
    if not term.is_a and term.id in parents:
        return "the top of the ontology"
    return None


def _above(term: Term, terms: dict[str, Term]) -> set[str]:
    """Ids of everything broader, by any way; a circle ends where it began."""
    found: set[str] = set()
    edge = list(term.is_a)
    while edge:
        at = edge.pop()
        if at not in found:
            found.add(at)
            edge += terms[at].is_a if at in terms else []
    return found


def _entry(
    term: Term,
    terms: dict[str, Term],
    kept: dict[str, Term],
    is_word: Callable[[str], bool],
    left_out: Counter[str],
) -> Entry:
    exact: dict[str, None] = {}
    short: dict[str, None] = {}
    for synonym in term.synonyms:
        text = synonym.text
        if reason := _unfit(synonym, is_word):
            left_out[reason] += 1
        elif text != term.name:
            (short if _is_short(synonym) else exact)[text] = None
    broader = list(dict.fromkeys(id_ for above in term.is_a for id_ in _nearest(above, terms, kept)))
    return Entry(id=term.id, name=term.name, exact=list(exact), abbreviations=list(short), broader=broader)


def _is_short(synonym: Synonym) -> bool:
    letters = [char for char in synonym.text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    looks = bool(_LOOKS_SHORT.fullmatch(synonym.text)) and capitals >= 2 and 2 * capitals > len(letters)
    return looks or synonym.kind.lower() in _SHORT_KINDS


def _unfit(synonym: Synonym, is_word: Callable[[str], bool]) -> str | None:
    if synonym.scope != "EXACT":
        return f"{synonym.scope.lower()} synonyms"
    if synonym.kind.lower() in _DOUBTFUL_KINDS:
        return "synonyms marked doubtful"
    if _is_short(synonym):
        if len(synonym.text) < SHORTEST_ABBREVIATION:
            return "abbreviations of one or two letters"
        if is_word(synonym.text.lower()):
            return "abbreviations that are words"
    return None if 0 < len(synonym.text) <= LONGEST_TEXT else "synonyms that are empty or too long"


def _nearest(above: str, terms: dict[str, Term], kept: dict[str, Term]) -> list[str]:
    """The nearest broader terms that are kept: past one that is left out to those above it."""
    found: dict[str, None] = {}
    edge, seen = [above], set[str]()
    while edge:
        at = edge.pop(0)
        if at in kept:
            found[at] = None
        elif at in terms and at not in seen:
            seen.add(at)
            edge += terms[at].is_a
    return list(found)
