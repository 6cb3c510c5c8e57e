"""Words: BM25 over a study's head (title, conditions, keywords, tags) and body, by `bm25s`.

Its scores are computed at build time and read from memory-mapped arrays, so that a common word
costs one pass over its column and any filter can be laid over the result exactly.
"""

import json
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.lexicon import Equivalents
from index.models import Study
from index.text import words

Scores = NDArray[np.float32]
HEAD, BODY = "head", "body"
BODY_CHARACTERS = 2500


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


def build(texts: list[list[str]], folder: Path) -> None:
    """Write one field's index; texts are the tokens of each study, by row."""
    folder.mkdir(parents=True, exist_ok=True)
    # One empty token keeps a catalogue without any word from failing.
    retriever = bm25s.BM25(k1=1.2, b=0.6)
    retriever.index([text or [""] for text in texts], show_progress=False)
    matrix = retriever.scores
    np.save(folder / "data.npy", np.asarray(matrix["data"], dtype=np.float32))
    np.save(folder / "indices.npy", np.asarray(matrix["indices"], dtype=np.int32))
    np.save(folder / "indptr.npy", np.asarray(matrix["indptr"], dtype=np.int64))
    vocabulary = {word: int(at) for word, at in retriever.vocab_dict.items() if word}
    (folder / "vocabulary.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")


class Words:
    """One field's index, opened for reading and shared between threads."""

    def __init__(self, folder: Path, rows: int):
        self.rows = rows
        self.data = np.load(folder / "data.npy", mmap_mode="r")
        self.indices = np.load(folder / "indices.npy", mmap_mode="r")
        self.indptr = np.load(folder / "indptr.npy")
        self.vocabulary: dict[str, int] = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))

    def frequency(self, token: str) -> int:
        """In how many studies a token stands."""
        at = self.vocabulary.get(token)
        return 0 if at is None else int(self.indptr[at + 1] - self.indptr[at])

    def scores(self, query: list[str]) -> Scores:
        """BM25 of every study for these tokens, shape (rows,)."""
        total: Scores = np.zeros(self.rows, dtype=np.float32)
        for token in dict.fromkeys(query):
            at = self.vocabulary.get(token)
            if at is not None:
                column = slice(self.indptr[at], self.indptr[at + 1])
                total[self.indices[column]] += self.data[column]
        return total

    def rows_with(self, token: str) -> NDArray[np.int32]:
        """The studies in which a token stands."""
        at = self.vocabulary.get(token)
        if at is None:
            return np.empty(0, dtype=np.int32)
        return np.sort(self.indices[self.indptr[at] : self.indptr[at + 1]])
