"""Words: BM25 over a study's head (title, conditions, keywords, tags) and body.

Scores are computed at build time and read from memory-mapped arrays, so that a common word
costs one pass over its column and any filter can be laid over the result exactly.
"""

import json
from array import array
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import mapped
from index.lexicon import Equivalents
from index.models import Study
from index.text import words

Scores = NDArray[np.float32]
HEAD, BODY = "head", "body"
BODY_CHARACTERS = 2500
K1, B = 1.2, 0.6
PIECE = 4_000_000
"""Words in memory at a time while building."""


def tokens(text: str, equivalents: Equivalents) -> list[str]:
    """Stems of the words that carry meaning, with "renal" and "kidney" as one."""
    return [equivalents.same.get(word, word) for word in words(text) if word not in STOP]


def head_of(study: Study) -> str:
    """What names the study; the title counts twice."""
    parts = [study.title, study.title, *study.conditions, *study.tags, *study.keywords]
    return " . ".join([*parts, study.acronym])


def body_of(study: Study) -> str:
    """What describes it."""
    names = [item.name for item in study.interventions]
    parts = [study.scientific_title, *names, study.summary[:BODY_CHARACTERS], *study.broader_tags]
    return " . ".join(parts)


STOP = frozenset(
    form
    for phrase in (
        "a an the of in on at to for from by with without and or not no is are was were be been being "
        "this that these those it its as than then who whom which what when where how will would can "
        "could may might must shall should do does did have has had i you we they he she my your our "
        "their his her me us them any some such other into over under about after before during between "
        "both each more most very study studies trial trials research patient patients people person near "
        "please find looking"
    ).split()
    for form in (*words(phrase), phrase)
)


def build(texts: Iterable[list[str]], folder: Path) -> None:
    """Write one field's index; texts are the tokens of each study, by row, read once."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary: dict[str, int] = {}
    lengths = array("i")
    pieces: list[Path] = []
    words_of, rows, counts = array("i"), array("i"), array("i")

    def put_down() -> None:
        """Sort what was gathered by word and write it to disk, to keep memory within bounds."""
        by_word = np.array(words_of, dtype=np.int32)
        order = np.argsort(by_word, kind="stable")
        pieces.append(folder / f"piece-{len(pieces)}.npz")
        np.savez(
            pieces[-1],
            words=by_word[order],
            rows=np.array(rows, dtype=np.int32)[order],
            counts=np.array(counts, dtype=np.float32)[order],
        )
        for gathered in (words_of, rows, counts):
            del gathered[:]

    for row, text in enumerate(texts):
        lengths.append(len(text))
        for word, count in Counter(text).items():
            words_of.append(vocabulary.setdefault(word, len(vocabulary)))
            rows.append(row)
            counts.append(count)
        if len(rows) > PIECE:
            put_down()
    put_down()
    _join(pieces, np.array(lengths, dtype=np.float32), len(vocabulary), folder)
    (folder / "vocabulary.json").write_text(
        json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8"
    )


def _join(pieces: list[Path], lengths: NDArray[np.float32], size: int, folder: Path) -> None:
    """Weigh and lay together the pieces, word by word, and remove them.

    BM25 as Lucene has it (Kamphuis et al. 2020, https://doi.org/10.1007/978-3-030-45442-5_4).
    """
    frequency = np.zeros(size, dtype=np.int64)
    for piece in pieces:
        frequency += np.bincount(np.load(piece)["words"], minlength=size)
    indptr = np.concatenate([[0], np.cumsum(frequency)])
    inverse = np.log(1 + (len(lengths) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    norm = K1 * (1 - B + B * lengths / max(float(lengths.mean()), 1.0)) if len(lengths) else lengths
    shape = (int(indptr[-1]),)
    data = np.lib.format.open_memmap(folder / "data.npy", "w+", np.float32, shape)
    indices = np.lib.format.open_memmap(folder / "indices.npy", "w+", np.int32, shape)
    filled = indptr[:-1].copy()
    for piece in pieces:
        found = np.load(piece)
        word, row, count = found["words"], found["rows"], found["counts"]
        here = np.bincount(word, minlength=size)
        first = np.concatenate([[0], np.cumsum(here)])[:-1]
        at = filled[word] + np.arange(len(word)) - first[word]
        data[at] = inverse[word] * count / (count + norm[row])
        indices[at] = row
        filled += here
        piece.unlink()
    data.flush()
    indices.flush()
    np.save(folder / "indptr.npy", indptr)


class Words:
    """One field's index, opened for reading and shared between threads."""

    def __init__(self, folder: Path, rows: int):
        self.rows = rows
        self.data = mapped(folder / "data.npy")
        self.indices = mapped(folder / "indices.npy")
        self.indptr = np.load(folder / "indptr.npy")
        self.vocabulary: dict[str, int] = json.loads(
            (folder / "vocabulary.json").read_text(encoding="utf-8")
        )

    def frequency(self, token: str) -> int:
        """In how many studies a token stands."""
        at = self.vocabulary.get(token)
        return 0 if at is None else int(self.indptr[at + 1] - self.indptr[at])

    def add_scores(self, total: Scores, query: list[str], share: float = 1.0) -> None:
        """Add to `total`, shape (rows,), a share of every study's BM25 for these tokens."""
        for token in dict.fromkeys(query):
            at = self.vocabulary.get(token)
            if at is not None:
                column = slice(self.indptr[at], self.indptr[at + 1])
                # As numpy wants them: it would turn them into places twice.
                rows = self.indices[column].astype(np.intp)
                total[rows] += np.float32(share) * self.data[column]

    def rows_with(self, token: str) -> NDArray[np.int32]:
        """The studies in which a token stands, ascending."""
        at = self.vocabulary.get(token)
        if at is None:
            return np.empty(0, dtype=np.int32)
        return self.indices[self.indptr[at] : self.indptr[at + 1]]
