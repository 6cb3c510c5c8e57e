"""One study that stands in two registries, shown once.

Tied by cross-references and IRAS numbers only, never by likeness. The ISRCTN record leads, for its
plain English; both links and both statuses are kept.
"""

from collections.abc import Iterable

from index.models import Source, Status, Study

_RANK = {Source.ISRCTN: 0, Source.CTGOV: 1, Source.DEMO: 2}


def merge(studies: Iterable[Study]) -> list[Study]:
    """Studies in the order in which they first came, duplicates tied."""
    leader: dict[str, str] = {}
    found: dict[str, Study] = {}
    for study in studies:
        ids = [study.id, *study.other_ids]
        known = list(dict.fromkeys(leader[other] for other in ids if other in leader))
        same = [found[key] for key in known if _tied(found[key], study)]
        if not same:
            found[study.id] = study
            leader |= {other: study.id for other in ids if _names_a_study(other)}
            continue
        place = same[0].id
        merged = study
        for tied in same:
            merged = _two(merged, tied)
            if tied.id != place:
                del found[tied.id]
        found[place] = merged
        for other in [*ids, *(o for s in same for o in [s.id, *s.other_ids])]:
            if _names_a_study(other):
                leader[other] = place
    return list(found.values())


def registry_ids(ids: Iterable[str]) -> list[str]:
    """Those ids that name one study in a registry, without doubles."""
    return [other for other in dict.fromkeys(ids) if _names_a_study(other)]


def _names_a_study(other: str) -> bool:
    """Sponsors' own numbers repeat ("001"); registry and IRAS numbers do not."""
    return other.startswith(("NCT", "ISRCTN", "IRAS", "DEMO-"))


def _tied(one: Study, two: Study) -> bool:
    shared = {one.id, *one.other_ids} & {two.id, *two.other_ids}
    if not any(_names_a_study(other) for other in shared):
        return False
    # Two records of one registry are two studies, unless they are the same record read twice.
    return one.id == two.id or one.source != two.source


def _two(new: Study, old: Study) -> Study:
    if new.id == old.id:
        newest = max(new, old, key=lambda study: study.updated.toordinal() if study.updated else 0)
        return newest
    first, second = sorted((new, old), key=lambda study: _RANK[study.source])
    records = {record.id: record for record in (*first.records, *second.records)}
    both = [*first.other_ids, *second.other_ids, second.id]
    filled = {
        name: getattr(second, name)
        for name in Study.model_fields
        if not getattr(first, name) and getattr(second, name)
    }
    merged = {
        **filled,
        "records": list(records.values()),
        "other_ids": [other for other in dict.fromkeys(both) if other != first.id],
        "conditions": _union(first.conditions, second.conditions),
        "keywords": _union(first.keywords, second.keywords),
        "tags": _union(first.tags, second.tags),
        "broader_tags": _union(first.broader_tags, second.broader_tags),
        # Sites of the registry that gives each one's own place and status.
        "sites": max(first.sites, second.sites, key=lambda s: sum(x.lat is not None for x in s)),
        "status": _status(first, second),
    }
    return first.model_copy(update=merged)


def _union(one: list[str], two: list[str]) -> list[str]:
    return list({name.lower(): name for name in (*two, *one)}.values())[::-1]


def _status(first: Study, second: Study) -> Status:
    """The newer record's word; the disagreement itself stays visible in `records`."""
    known = [study for study in (first, second) if study.status != Status.UNKNOWN]
    newest = max(known, key=lambda s: s.updated.toordinal() if s.updated else 0, default=first)
    return newest.status
