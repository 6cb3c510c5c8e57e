"""Measure: `python -m bench [PART...] [--records DIR] [--queries FILE]`.

Parts: quality speed scale build danger plain turns memory. Without one named, all of it is (half an hour,
5 GB beside the project), but not memory (an hour and 15 GB).
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

from bench import absent, building, danger, memory, plain, quality, scale, speed, turns
from bench.queries import Query, read_judged, read_tagged
from bench.report import Report
from index.catalogue.build import DEMO
from index.catalogue.follow import Catalogue, default_model
from index.catalogue.snapshot import locate, read_manifest
from index.encoder import Encoder
from index.models import Study
from settings import settings

PARTS = ("quality", "speed", "scale", "build", "danger", "plain", "turns")
NEED_RECORDS = ("quality", "build", "scale", "memory")
LARGE = (60_000, 600_000)
"""Studies, about: whole copies of the records at hand."""
LAY_NAMES = Path(__file__).parent / "data"


def main(arguments: list[str]) -> int:
    """Measure what was asked for; 2 when a part needs records and none were given."""
    options = _options(arguments)
    parts = set(options.parts) or set(PARTS)
    if options.records is None and parts & set(NEED_RECORDS):
        print(
            "quality, scale and build need records of ClinicalTrials.gov: make bench RECORDS=FOLDER."
            " Without them, the rest is measured, on the catalogue in use."
        )
        if options.parts:
            return 2
        parts -= set(NEED_RECORDS)
    folder = settings().var / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    report = Report()
    root = settings().catalogue
    if options.records is not None and parts != {"plain"}:
        root = folder / "catalogue"
        if "build" in parts or not root.exists():
            report.build = building.measure(options.records, folder, Encoder(default_model()))
    if parts & {"quality", "speed"}:
        catalogue = Catalogue.open(root)
    if "quality" in parts:
        report.quality = _quality(catalogue, options.queries)
        british = absent.british_part(options.records, root, folder / "british")
        report.absent = absent.measure(british, sorted(LAY_NAMES.glob("*.jsonl")))
    if "speed" in parts:
        report.speed += _speed(catalogue)
    if "scale" in parts:
        report.scale = _scale(root, folder / "scale")
    if "memory" in parts and options.records is not None:
        report.memory = memory.measure(options.records, root, folder / "memory", options.studies)
    if "danger" in parts:
        report.danger, times = danger.measure()
        report.speed += times
    if "plain" in parts:
        report.plain = _plain(options, folder)
    if "turns" in parts:
        report.turns = turns.measure(folder)
    print("\n".join(report.lines()))
    report.save(folder)
    print(f"\nWritten to {folder / 'results.json'}")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, "memory", []], metavar="PART")
    parser.add_argument("--records", type=Path, default=None, help="a folder of registry files")
    parser.add_argument("--queries", type=Path, default=None, help="further judged queries (JSONL)")
    parser.add_argument("--studies", type=int, default=LARGE[-1], help="about so many studies (memory)")
    parser.add_argument("--examples", type=int, default=0, help="show so many cards before and after (plain)")
    return parser.parse_args(arguments)


def _studies(catalogue: Catalogue) -> list[Study]:
    store = catalogue.engine().snapshot.store
    return [store.study(row) for row in range(store.count())]


def _quality(catalogue: Catalogue, judged: Path | None) -> dict[str, list[quality.Quality]]:
    studies = _studies(catalogue)
    sets: dict[str, list[Query]] = {
        file.stem.replace("_", " "): read_tagged(file, studies) for file in sorted(LAY_NAMES.glob("*.jsonl"))
    }
    if judged is not None:
        sets[judged.stem] = read_judged(judged)
    by_words = quality.bm25(studies)
    by_meaning = quality.embedding(studies, catalogue.encoder)
    return {
        name: [
            quality.of_engine(queries, catalogue),
            quality.measure(queries, "BM25", by_words),
            quality.measure(queries, "plain embedding", by_meaning),
        ]
        for name, queries in sets.items()
    }


def _scale(root: Path, folder: Path) -> list[scale.Scale]:
    snapshot = locate(root)
    texts = [
        json.loads(line)["name"] for line in (LAY_NAMES / "lay_names_3.jsonl").read_text("utf-8").splitlines()
    ]
    found = []
    for size in LARGE:
        made = scale.multiply(snapshot, size // read_manifest(snapshot).studies + 1, folder)
        found.append(scale.measure(made, default_model(), texts))
        print(scale.line(found[-1]), flush=True)
    shutil.rmtree(folder)
    return found


def _plain(options: argparse.Namespace, folder: Path) -> plain.Plain:
    studies = plain.uk_studies(options.records or DEMO)
    if options.examples:
        told = "\n".join(plain.examples(studies, options.examples))
        (folder / "plain-examples.md").write_text(told, encoding="utf-8")
        print(told)
    return plain.measure(studies)


def _speed(catalogue: Catalogue) -> list[speed.Speed]:
    studies = _studies(catalogue)
    count = len(studies)
    texts = [query.text for query in read_tagged(LAY_NAMES / "lay_names_1.jsonl", studies)]
    texts = texts or sorted({name for study in studies for name in study.conditions})
    return [
        *speed.of_engine(catalogue, texts),
        speed.timed("BM25 alone", count, quality.bm25(studies), texts),
        speed.timed(
            "plain embedding, exhaustive",
            count,
            quality.embedding(studies, catalogue.encoder),
            texts,
        ),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
