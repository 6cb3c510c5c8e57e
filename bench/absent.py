"""What is said of conditions that no record is about: how often `about` is claimed wrongly."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from bench.measures import mean
from index.catalogue.build import Options, build
from index.catalogue.follow import Catalogue, default_model
from index.encoder import Encoder
from index.models import Study
from index.places import Places
from index.queries import StudyQuery

BRITISH = Options("GB", "any")


@dataclass(frozen=True)
class Absent:
    """How often `about` was claimed.

    answers_about: the share of questions that get a study said to be about the condition
    results_about: the share of all results shown (ten a question) that are said to be
    """

    studies: int
    queries: int
    answers_about: float
    results_about: float


def british_part(records: Path, built: Path, folder: Path) -> Catalogue:
    """A catalogue of the records with a UK site; what was embedded for `built` is used again."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in built.glob(".lexicon-*.json"):
        shutil.copyfile(file, folder / file.name)
    build([records], folder, Encoder(default_model()), Places.load(None), BRITISH, print)
    return Catalogue.open(folder)


def measure(catalogue: Catalogue, files: list[Path]) -> Absent:
    """Ask for every lay name whose tag no record of the catalogue carries, itself or as a broader one.

    files: lines of {"name", "tag"}. A record may be about a condition without carrying its tag, so
    that some of what is counted here is right.
    """
    store = catalogue.engine().snapshot.store
    studies: list[Study] = [store.study(row) for row in range(store.count())]
    there = {tag.lower() for study in studies for tag in (*study.tags, *study.broader_tags)}
    asked = [
        entry["name"]
        for file in files
        for entry in map(json.loads, filter(str.strip, file.read_text("utf-8").splitlines()))
        if entry["tag"].lower() not in there
    ]
    claims = [
        [card.match == "about" for card in catalogue.search(query).results]
        for query in (StudyQuery(condition=name, statuses="any") for name in asked)
    ]
    return Absent(
        len(studies),
        len(asked),
        mean(float(any(claim)) for claim in claims),
        mean(float(one) for claim in claims for one in claim),
    )
