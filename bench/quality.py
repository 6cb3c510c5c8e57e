"""How good search is: this engine, BM25 and the plain embedding on the same judged queries."""

from collections.abc import Callable
from dataclasses import dataclass

import bm25s
import numpy as np

from bench.measures import hit, mean, ndcg
from bench.queries import Query
from index.catalogue.entry import embedded_text
from index.catalogue.follow import Catalogue
from index.encoder import Encoder
from index.models import Study
from index.queries import StudyQuery
from index.text import plain

Rank = Callable[[str], list[str]]


@dataclass(frozen=True)
class Quality:
    """Means over a set of queries; about_* are shares of what the engine called `about`."""

    method: str
    queries: int
    gap_queries: int
    ndcg: float
    ndcg_gap: float
    ndcg_seen: float
    top3: float
    about_right: float | None = None
    about_wrong: float | None = None


def measure(queries: list[Query], method: str, rank: Rank) -> Quality:
    """A method's figures; `rank` gives ids, best first."""
    scores = [(query, rank(query.text)) for query in queries]
    values = [(query.gap, ndcg(ids, set(query.relevant))) for query, ids in scores]
    return Quality(
        method,
        len(queries),
        sum(query.gap for query in queries),
        mean(value for _, value in values),
        mean(value for gap, value in values if gap),
        mean(value for gap, value in values if not gap),
        mean(hit(ids, set(query.relevant)) for query, ids in scores),
    )


def of_engine(queries: list[Query], catalogue: Catalogue) -> Quality:
    """The engine's figures, and how far its `about` can be believed.

    about_right: of the queries with a relevant result in the first ten, the share in which the first
    such is called `about`. about_wrong: of all results in the first ten that are not relevant, the
    share that is called `about`.
    """
    right: list[float] = []
    wrong: list[float] = []
    ranked: dict[str, list[str]] = {}
    for query in queries:
        cards = catalogue.search(StudyQuery(condition=query.text, statuses="any")).results
        ranked[query.text] = [card.id for card in cards]
        first = next((card for card in cards if card.id in query.relevant), None)
        if first:
            right.append(float(first.match == "about"))
        wrong += [float(c.match == "about") for c in cards if c.id not in query.relevant]
    plainly = measure(queries, "Study Finder", lambda text: ranked[text])
    return Quality(**{**plainly.__dict__, "about_right": mean(right), "about_wrong": mean(wrong)})


def bm25(studies: list[Study]) -> Rank:
    """Plain BM25 over titles, conditions, keywords, tags and summaries."""
    texts = [
        plain(" ".join([s.title, *s.conditions, *s.keywords, *s.tags, s.summary])).split() or [""]
        for s in studies
    ]
    retriever = bm25s.BM25()
    retriever.index(texts, show_progress=False)
    ids = np.array([study.id for study in studies])

    def rank(text: str) -> list[str]:
        scores = retriever.get_scores(plain(text).split() or [""])
        order = np.argsort(-scores, kind="stable")[:10]
        return [str(ids[at]) for at in order if scores[at] > 0]

    return rank


def embedding(studies: list[Study], encoder: Encoder) -> Rank:
    """The plain embedding of title and conditions, by cosine."""
    vectors = encoder.encode_passages([embedded_text(study) for study in studies])
    ids = np.array([study.id for study in studies])

    def rank(text: str) -> list[str]:
        order = np.argsort(-(vectors @ encoder.encode_query(text)))[:10]
        return [str(ids[at]) for at in order]

    return rank
