"""From the records kept to the studies of the next snapshot, each with its record in the other registry."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from defusedxml.ElementTree import fromstring

from index.models import Source, Study
from index.places import Places
from index.places.sites import Unplaced, place_sites
from index.registries import ctgov, isrctn
from index.registries.british import british_part, joinable
from index.registries.merge import merge
from index.sync.record import Raw, from_json, from_xml
from index.sync.store import RawStore


def open_studies(
    store: RawStore, today: date, places: Places
) -> tuple[list[Study], list[Unplaced]]:
    """British studies that people can join or soon can: tied, placed, without their sites abroad."""
    kept = {study.id: study for study in _british(store, today)}
    for registry, record_id in sorted(_partners(store, list(kept.values()))):
        body = store.body(registry, record_id)
        if body is not None:
            study = read(registry, body, today)
            kept[record_id] = british_part(study) or study.model_copy(update={"sites": []})
    studies = [
        found for one in merge(kept.values()) if joinable(one) and (found := british_part(one))
    ]
    return studies, place_sites(studies, places)


def read(registry: Source, body: bytes, today: date) -> Study:
    """A study from a record's own bytes."""
    if registry == Source.CTGOV:
        return ctgov.read(json.loads(body))
    return isrctn.read(fromstring(body), today)


def _british(store: RawStore, today: date) -> Iterator[Study]:
    for registry, _, _, body in store.bodies(today):
        study = read(registry, body, today)
        if joinable(study) and (part := british_part(study)):
            yield part


def _partners(store: RawStore, studies: list[Study]) -> set[tuple[Source, str]]:
    """Records that may be another registry's of a study that is in, and are not in themselves."""
    known = {study.id for study in studies}
    found: set[tuple[Source, str]] = set()
    for study in studies:
        for number in (study.id, *(o for o in study.other_ids if o.startswith("IRAS"))):
            found |= set(store.naming(number))
        for other in study.other_ids:
            if other.startswith(("NCT", "ISRCTN")):
                found.add((Source.CTGOV if other.startswith("NCT") else Source.ISRCTN, other))
    return {(registry, record_id) for registry, record_id in found if record_id not in known}


def absent_partners(store: RawStore, today: date) -> list[str]:
    """NCT numbers that an open British ISRCTN record names and we never read."""
    named = {
        ref
        for number in store.open_ids(Source.ISRCTN, today)
        for ref in store.refs(Source.ISRCTN, number)
        if ref.startswith("NCT")
    }
    return sorted(nct for nct in named if not store.has(Source.CTGOV, nct))


def write_studies(studies: list[Study], file: Path) -> None:
    """A study a line."""
    with file.open("w", encoding="utf-8") as lines:
        for study in studies:
            lines.write(study.model_dump_json(exclude_defaults=True) + "\n")


def renew_derived(store: RawStore, today: date, at_once: int = 500) -> None:
    """Work out anew what is kept beside the bodies, after a change of the readers."""
    keys = list(store.keys())
    for start in range(0, len(keys), at_once):
        with store.transaction():
            for registry, record_id, updated in keys[start : start + at_once]:
                raw = _derived(registry, record_id, updated, store.body(registry, record_id), today)
                if raw:
                    store.put(raw)
    store.mark_fresh()


def _derived(
    registry: Source, record_id: str, updated: str, body: bytes | None, today: date
) -> Raw | None:
    if body is None:
        return None
    try:
        if registry == Source.CTGOV:
            return from_json(json.loads(body), today, record_id)
        return replace(from_xml(fromstring(body), today, record_id), updated=updated)
    except ValueError:
        return None  # a record that this version would not take stays as it was
