"""The command line of the index room. Exit 0 is success, 1 an error told in words, 2 wrong use."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from index.catalogue.build import DEMO, LEXICON, Options, build
from index.catalogue.follow import Catalogue, default_model
from index.catalogue.snapshot import CatalogueError
from index.cli_sync import add_commands
from index.encoder import Encoder, EncoderError, export
from index.lexicon import Lexicon, LexiconError
from index.ontology import command as ontology
from index.places import Places
from index.places.postcode_file import PostcodeFileError
from index.queries import SearchResult, StudyQuery
from settings import settings

BATCH_KEYS = frozenset(
    [
        "condition",
        "near",
        "miles",
        "age",
        "sex",
        "healthy",
        "from_home",
        "statuses",
        "limit",
        "offset",
    ]
)


class PlaceError(ValueError):
    """A place that cannot be searched from; the message offers what is near it."""


def main(arguments: list[str]) -> int:
    """Run one command; errors are told in one line on standard error."""
    options = _parser().parse_args(arguments)
    try:
        result: int = options.run(options)
        return result
    except (
        CatalogueError,
        EncoderError,
        LexiconError,
        PlaceError,
        PostcodeFileError,
        OSError,
    ) as error:
        print(f"index: {error}", file=sys.stderr)
        return 1
    except ValidationError as error:
        first = error.errors()[0]
        print(f"index: {'.'.join(map(str, first['loc']))}: {first['msg']}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("build", help="build a catalogue from registry files")
    command.add_argument("sources", nargs="+", metavar="SOURCE", help="files or folders, or: demo")
    command.add_argument("--out", type=Path, default=None, metavar="DIR", help="catalogue folder")
    command.add_argument("--country", choices=["GB", "any"], default="GB")
    command.add_argument("--status", choices=["open", "any"], default="open")
    command.set_defaults(run=_build)

    command = commands.add_parser("search", help="search a catalogue")
    command.add_argument("condition", nargs="?", default=None)
    command.add_argument("--near", default=None, metavar="PLACE")
    command.add_argument("--miles", type=float, default=None)
    command.add_argument("--age", type=float, default=None)
    command.add_argument("--sex", default=None, metavar="F|M")
    command.add_argument("--healthy", action="store_true", help="takes healthy volunteers")
    command.add_argument("--from-home", action="store_true", help="done from home")
    command.add_argument("--status", choices=["open", "any"], default="open")
    command.add_argument("--limit", type=int, default=10)
    command.add_argument("--offset", type=int, default=0)
    command.add_argument("--json", action="store_true", help="one SearchResult as JSON")
    command.add_argument("--batch", type=Path, default=None, metavar="QUERIES.jsonl")
    command.add_argument("--catalogue", type=Path, default=None, metavar="DIR")
    command.set_defaults(run=_search)

    add_commands(commands)

    ontology.add_parser(commands).set_defaults(run=_lexicon_add)

    command = commands.add_parser("export-model", help="write the embedding model as ONNX")
    command.set_defaults(run=_export_model)
    return parser


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _build(options: argparse.Namespace) -> int:
    sources = [DEMO if source == "demo" else Path(source) for source in options.sources]
    build(
        sources,
        options.out or settings().catalogue,
        Encoder(default_model()),
        Places.load(settings().postcode_table),
        Options(options.country, options.status),
        _say,
    )
    return 0


def _search(options: argparse.Namespace) -> int:
    if options.batch is None and options.condition is None and not options.healthy:
        _say("index: say a condition to search for, or --healthy, or --batch FILE")
        return 2
    catalogue = Catalogue.open(options.catalogue or settings().catalogue)
    places = Places.load(settings().postcode_table)
    if options.batch is not None:
        for answer in _batch(options.batch, catalogue, places):
            print(answer)
        return 0
    query = _query(
        {
            "condition": options.condition,
            "near": options.near,
            "miles": options.miles,
            "age": options.age,
            "sex": options.sex,
            "healthy": options.healthy,
            "from_home": options.from_home,
            "statuses": options.status,
            "limit": options.limit,
            "offset": options.offset,
        },
        places,
    )
    result = catalogue.search(query)
    print(result.model_dump_json(indent=1) if options.json else _as_text(result))
    return 0


def _query(asked: dict[str, Any], places: Places) -> StudyQuery:
    """A StudyQuery from plain values; raises PlaceError for a place that is none or several."""
    unknown = set(asked) - BATCH_KEYS
    if unknown:
        raise PlaceError(f"unknown key {sorted(unknown)[0]!r} (known: {', '.join(sorted(BATCH_KEYS))})")
    values = {key: value for key, value in asked.items() if value is not None and key != "near"}
    near = asked.get("near")
    if not near:
        return StudyQuery(**values)
    found = places.find(str(near))
    if found.place is None:
        raise PlaceError(_no_place(str(near), found.kind, [c.label for c in found.candidates]))
    return StudyQuery(**values, place=found.place)


def _no_place(near: str, kind: str, candidates: list[str]) -> str:
    if kind == "abroad":
        return f"{near} is outside the UK, and only places in the UK are covered"
    if kind == "ambiguous":
        return f"there are several places called {near}: say one of {'; '.join(candidates)}"
    close = f": did you mean {' or '.join(candidates)}?" if candidates else ""
    return f"no place in the UK called {near} is known{close}"


def _batch(file: Path, catalogue: Catalogue, places: Places) -> Iterator[str]:
    """One answer a line, in order; a line that cannot be answered says why under "problem"."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():
                continue
            try:
                asked = json.loads(line)
                if not isinstance(asked, dict):
                    raise PlaceError("a query must be a JSON object")
                yield catalogue.search(_query(asked, places)).model_dump_json()
            except (ValueError, TypeError) as error:
                empty = {"understood": {}, "total": 0, "results": [], "left_out": {}, "wider": []}
                problem = SearchResult.model_validate(empty).model_dump()
                yield json.dumps(problem | {"problem": str(error).splitlines()[0]})


def _as_text(result: SearchResult) -> str:
    lines = [f"{result.total} studies. {result.understood.note}".strip()]
    if result.ask:
        lines.append(f"This can mean several things: {', '.join(dict.fromkeys(result.ask))}.")
    if result.results and all(card.match == "related" for card in result.results):
        lines.append("None is about what you asked for; these are related.")
    for number, card in enumerate(result.results, start=1):
        site = card.nearest_site
        where = f"{site.name}, {site.town}" if site else "from home" if card.from_home else "no site"
        away = f" ({site.miles} miles)" if site and site.miles is not None else ""
        lines += [
            "",
            f"{number}. [{card.match}] {card.title} ({card.id})",
            f"   {card.summary}",
            f"   {card.who} {card.status_text}",
            f"   {where}{away}",
            *(f"   {why}" for why in card.why),
        ]
    out = {key: count for key, count in result.left_out.model_dump().items() if count}
    if out:
        lines += ["", "Left out: " + ", ".join(f"{key} {count}" for key, count in out.items())]
    lines += [f"Within {wider.miles} miles: {wider.adds} more" for wider in result.wider]
    return "\n".join(lines)


def _lexicon_add(options: argparse.Namespace) -> int:
    lexicon, encoder = Lexicon.load(LEXICON), Encoder(default_model())
    for line in ontology.add(options.file, lexicon, encoder, options.out, options.under):
        print(line)
    return 0


def _export_model(_: argparse.Namespace) -> int:
    export(settings().embedding_model, default_model())
    return 0
