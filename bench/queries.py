"""Query sets with answers: names of conditions and the ids of the studies that are about each."""

import json
from dataclasses import dataclass
from pathlib import Path

from index.models import Study
from index.text import plain


@dataclass(frozen=True)
class Query:
    """text: what is asked; relevant: ids of studies; gap: no relevant record holds the text."""

    text: str
    relevant: frozenset[str]
    gap: bool


def read_judged(file: Path) -> list[Query]:
    """Lines of {"condition", "relevant": [ids], "kind": "gap" or "seen"}."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [
        Query(line["condition"], frozenset(line["relevant"]), line["kind"] == "gap")
        for line in lines
    ]


def read_tagged(file: Path, studies: list[Study]) -> list[Query]:
    """Lines of {"name", "tag"}: relevant are the studies filed under the tag or a narrower one.

    A name whose tag no record carries is left out.
    """
    by_tag: dict[str, set[str]] = {}
    for study in studies:
        for tag in (*study.tags, *study.broader_tags):
            by_tag.setdefault(tag.lower(), set()).add(study.id)
    texts = {study.id: _words(study) for study in studies}
    found = []
    for line in file.read_text("utf-8").splitlines():
        if not line.strip():
            continue
        entry = json.loads(line)
        relevant = by_tag.get(entry["tag"].lower())
        if relevant:
            asked = f" {plain(entry['name'])} "
            gap = not any(asked in texts[study_id] for study_id in relevant)
            found.append(Query(entry["name"], frozenset(relevant), gap))
    return found


def _words(study: Study) -> str:
    parts = [study.title, study.scientific_title, study.summary]
    parts += [*study.conditions, *study.keywords, *study.tags, *study.broader_tags]
    return f" {plain(' . '.join(parts))} "
