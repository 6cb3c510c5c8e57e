"""Measure: `python -m bench [quality] [speed] [build] [danger] [turns] [--records DIR] [--queries FILE]`.

Without a part named, everything that can be measured here is, but turns (a bare Rasa bot must be trained).
"""

import argparse
import sys
from pathlib import Path

from bench import building, danger, quality, speed, turns
from bench.queries import Query, read_judged, read_tagged
from bench.report import Report
from index.catalogue.follow import Catalogue, default_model
from index.encoder import Encoder
from index.models import Study
from settings import settings

PARTS = ("quality", "speed", "build", "danger", "turns")
NEED_RECORDS = ("quality", "build")
LAY_NAMES = Path(__file__).parent / "data"


def main(arguments: list[str]) -> int:
    """Measure what was asked for; 2 when a part needs records and none were given."""
    options = _options(arguments)
    parts = set(options.parts) or set(PARTS) - {"turns"}
    if options.records is None and parts & set(NEED_RECORDS):
        print(
            "quality and build need records of ClinicalTrials.gov: make bench RECORDS=FOLDER."
            " Without them, speed is measured on the catalogue in use, and the danger check."
        )
        if options.parts:
            return 2
        parts -= set(NEED_RECORDS)
    folder = settings().var / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    report = Report()
    root = settings().catalogue
    if options.records is not None:
        root = folder / "catalogue"
        if "build" in parts or not root.exists():
            report.build = building.measure(options.records, folder, Encoder(default_model()))
    catalogue = Catalogue.open(root)
    if "quality" in parts:
        report.quality = _quality(catalogue, options.queries)
    if "speed" in parts:
        report.speed += _speed(catalogue)
    if "danger" in parts:
        report.danger, times = danger.measure()
        report.speed += times
    if "turns" in parts:
        report.turns = turns.measure(folder)
    print("\n".join(report.lines()))
    report.save(folder)
    print(f"\nWritten to {folder / 'results.json'}")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART")
    parser.add_argument("--records", type=Path, default=None, help="a folder of registry files")
    parser.add_argument("--queries", type=Path, default=None, help="further judged queries (JSONL)")
    return parser.parse_args(arguments)


def _studies(catalogue: Catalogue) -> list[Study]:
    store = catalogue.engine().snapshot.store
    return [store.study(row) for row in range(store.count())]


def _quality(catalogue: Catalogue, judged: Path | None) -> dict[str, list[quality.Quality]]:
    studies = _studies(catalogue)
    sets: dict[str, list[Query]] = {
        file.stem.replace("_", " "): read_tagged(file, studies)
        for file in sorted(LAY_NAMES.glob("*.jsonl"))
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
