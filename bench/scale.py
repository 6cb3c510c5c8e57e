"""Speed at sizes that no download here reaches: a snapshot's records multiplied and perturbed.

Every copy of a study has its own vector (noise added), places (moved by up to 15 miles) and words (one in
ten left out, all weights changed), so that ranking has as much to tell apart as with real records.
"""

import shutil
import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from bench.speed import Speed, of_engine, timed
from index.arrays import highest
from index.catalogue import store, vectors
from index.catalogue.columns import Columns, Point, Properties
from index.catalogue.follow import Catalogue
from index.catalogue.fulltext import BODY, HEAD, tokens
from index.catalogue.manifest import NAME
from index.catalogue.postings import Postings
from index.catalogue.snapshot import read_manifest
from index.places import Places
from index.queries import StudyQuery
from index.search import candidates, filters
from index.search.candidates import BODY as BODY_WEIGHT

NOISE = 0.35
"""Length of the noise beside a unit vector: copies have a cosine of about 0.94 with their origin."""
MOVED = 0.2
DROPPED = 0.1
BRUTE_FORCE = 100
"""Queries that every study is compared with: they take long."""
COPIES = """
CREATE TABLE copies (row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, copy INTEGER NOT NULL);
ALTER TABLE studies RENAME TO origins;
DROP TABLE ids;
CREATE TABLE ids (id TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIEW studies AS SELECT copies.row AS row, origins.id || '-' || copies.copy AS id, origins.digest
  AS digest, origins.study AS study, origins.named AS named FROM copies JOIN origins ON origins.row = origin;
"""


@dataclass(frozen=True)
class Scale:
    """One size: seconds to open, megabytes on disk, times, and the share of the exact top 10 found."""

    studies: int
    opened: float
    megabytes: int
    speed: list[Speed]
    recall: float


def multiply(snapshot: Path, times: int, folder: Path) -> Path:
    """Write a snapshot of `times` perturbed copies of another's studies."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    random = np.random.default_rng(7)
    for name in ("concepts.json", "concept_vectors.npy"):
        shutil.copyfile(snapshot / name, folder / name)
    manifest = read_manifest(snapshot)
    count = manifest.studies
    _columns(Columns.open(snapshot / "columns"), times, random).save(folder / "columns")
    _postings(Postings.open(snapshot / "postings"), count, times).save(folder / "postings")
    for field in (HEAD, BODY):
        _words(snapshot / field, folder / field, count, times, random)
    kind = _vectors(snapshot / "vectors.npy", folder, times, random)
    shutil.copyfile(snapshot / store.NAME, folder / store.NAME)
    with sqlite3.connect(folder / store.NAME) as database:
        database.executescript(COPIES)
        database.executemany(
            "INSERT INTO copies VALUES (?, ?, ?)",
            ((copy * count + row, row, copy) for copy in range(times) for row in range(count)),
        )
    database.close()
    larger = manifest.model_copy(update={"studies": count * times, "vector_index": kind, "files": {}})
    (folder / NAME).write_text(larger.model_dump_json(), encoding="utf-8")
    return folder


def _columns(origin: Columns, times: int, random: np.random.Generator) -> Columns:
    columns = (np.tile(getattr(origin, name), times).tolist() for name in Properties._fields)
    rows = map(Properties._make, zip(*columns, strict=True))
    starts = origin.site_start
    x, y, z = origin.site_point
    points = np.degrees(np.stack([np.arcsin(z), np.arctan2(y, x)], axis=1))

    def places() -> list[list[Point]]:
        moved = points + random.uniform(-MOVED, MOVED, points.shape)
        return [moved[a:b].tolist() for a, b in pairwise(starts)]

    copies = (place for _ in range(times) for place in places())
    return Columns.of(zip(rows, copies, strict=True))


def _postings(origin: Postings, count: int, times: int) -> Postings:
    shift = np.arange(times, dtype=np.int32) * count
    sizes = np.diff(origin.start)
    # Each concept's rows of all copies lie together: repeat within each concept.
    order = np.concatenate(
        [
            np.tile(np.arange(start, start + size), times)
            for start, size in zip(origin.start[:-1], sizes, strict=True)
        ]
    )
    moves = np.concatenate([np.repeat(shift, size) for size in sizes])
    weights = origin.weights[order] * np.random.default_rng(3).uniform(0.9, 1, len(order)).astype(np.float32)
    return Postings(origin.start * times, origin.rows[order] + moves, weights, origin.about[order])


def _words(origin: Path, folder: Path, count: int, times: int, random: np.random.Generator) -> None:
    folder.mkdir()
    data, indices = np.load(origin / "data.npy"), np.load(origin / "indices.npy")
    indptr = np.load(origin / "indptr.npy")
    word = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    words, rows, scores = [], [], []
    for copy in range(times):
        kept = random.random(len(data)) > DROPPED
        words.append(word[kept].astype(np.int32))
        rows.append((indices[kept] + copy * count).astype(np.int32))
        scores.append(data[kept] * random.uniform(0.8, 1.2, int(kept.sum())).astype(np.float32))
    together = np.concatenate(words)
    order = np.argsort(together, kind="stable")
    held = np.bincount(together, minlength=len(indptr) - 1)
    np.save(folder / "indptr.npy", np.concatenate([[0], np.cumsum(held)]))
    np.save(folder / "indices.npy", np.concatenate(rows)[order])
    np.save(folder / "data.npy", np.concatenate(scores)[order])
    shutil.copyfile(origin / "vocabulary.json", folder / "vocabulary.json")


def _vectors(origin: Path, folder: Path, times: int, random: np.random.Generator) -> str:
    known = np.load(origin).astype(np.float32)
    count, size = known.shape
    shape = (count * times, size)
    made = np.lib.format.open_memmap(folder / "vectors.npy", "w+", np.float16, shape)
    for copy in range(times):
        noise = random.normal(0, NOISE / np.sqrt(size), known.shape).astype(np.float32)
        moved = known + noise
        made[copy * count : (copy + 1) * count] = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    made.flush()
    return vectors.build(made, folder / "vectors.faiss")


def measure(snapshot: Path, model: Path, texts: list[str]) -> Scale:
    """Open a snapshot and time searches, those for rare words, for "cancer", filtered and not."""
    start = time.perf_counter()
    catalogue = Catalogue.open(snapshot, model)
    opened = time.perf_counter() - start
    size = sum(file.stat().st_size for file in snapshot.rglob("*") if file.is_file())
    return Scale(
        catalogue.manifest.studies,
        opened,
        size // 2**20,
        [*of_engine(catalogue, texts), *_baselines(catalogue, texts)],
        recall(catalogue, texts[:: max(len(texts) // 40, 1)]),
    )


def _baselines(catalogue: Catalogue, texts: list[str]) -> list[Speed]:
    """Words alone, and every study compared in meaning: ten rows each, without their cards."""
    shot, encoder = catalogue.engine().snapshot, catalogue.encoder
    vectors_in_memory = shot.meaning.vectors.astype(np.float32)

    def by_words(text: str) -> object:
        asked = tokens(text, shot.concepts.equivalents)
        words = np.zeros(shot.rows, dtype=np.float32)
        shot.head.add_scores(words, asked)
        shot.body.add_scores(words, asked, BODY_WEIGHT)
        return highest(words, 10)

    def by_meaning(text: str) -> object:
        return np.argpartition(-(vectors_in_memory @ encoder.encode_query(text)), 10)[:10]

    return [
        timed("BM25 alone", shot.rows, by_words, texts),
        timed("BM25 alone, cancer", shot.rows, by_words, ["cancer"] * 200),
        timed("plain embedding, exhaustive", shot.rows, by_meaning, texts[:BRUTE_FORCE]),
    ]


def recall(catalogue: Catalogue, texts: list[str]) -> float:
    """The share of the exact first ten (every study scored in full) that a search finds, in the mean."""
    leeds = Places.load(None).find("Leeds").place
    shares = []
    for text in [*texts, "cancer"]:
        for place in (None, leeds):
            query = StudyQuery(condition=text, place=place, statuses="any")
            quick = catalogue.engine().rank(query)
            with _exhaustive(catalogue):
                exact = catalogue.engine().rank(query)
            wanted = exact.rows.tolist()
            if wanted:
                shares.append(len({*wanted} & {*quick.rows.tolist()}) / len(wanted))
    return statistics.fmean(shares)


@contextmanager
def _exhaustive(catalogue: Catalogue) -> Iterator[None]:
    known: NDArray[np.float16] = catalogue.engine().snapshot.meaning.vectors

    def nearest(query: NDArray[np.float32], count: int) -> NDArray[np.int64]:
        pieces = [
            known[at : at + vectors.PIECE].astype(np.float32) @ query
            for at in range(0, len(known), vectors.PIECE)
        ]
        return np.argsort(-np.concatenate(pieces))[:count]

    everything = 10**9
    with (
        mock.patch.object(catalogue.engine().snapshot.meaning, "nearest", nearest),
        mock.patch.object(candidates, "FULLY_SCORED", everything),
        mock.patch.object(filters, "MEASURE_ALL", everything),
    ):
        yield


def line(one: Scale) -> str:
    """A line of the table."""
    times = ", ".join(f"{s.what} p50 {s.p50:.1f} p95 {s.p95:.1f} ms" for s in one.speed)
    return (
        f"{one.studies:,} studies: opened in {one.opened:.2f} s, {one.megabytes:,} MB,"
        f" {one.recall:.3f} of the exact first ten; {times}"
    )
