"""One study that stands in two registries, shown once.

Tied by cross-references and IRAS numbers only, never by likeness, and only where one reading is left:
a number that leads to two studies of one registry ties neither. The ISRCTN record leads, for its plain
English; both links are kept, and what the two say differently is kept as `disagreements`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from index.models import Disagreement, Record, Site, Source, Status, Study

_RANK = {Source.ISRCTN: 0, Source.CTGOV: 1, Source.DEMO: 2}
_PREFIX = {Source.ISRCTN: "ISRCTN", Source.CTGOV: "NCT", Source.DEMO: "DEMO-"}
_BOTH, _ONE, _IRAS = 3, 2, 1
"""How strong a tie is: each record names the other, one does, they share an IRAS number."""
SAME_DATE_DAYS = 31
"""Dates this near are one date: many records give a month only."""


def merge(studies: Iterable[Study]) -> list[Study]:
    """Studies in the order in which they first came, duplicates tied."""
    found = _latest(studies)
    partner = _partners(found)
    merged = []
    done: set[str] = set()
    for study in found.values():
        if study.id in done:
            continue
        other = partner.get(study.id)
        merged.append(_two(study, found[other]) if other else study)
        done |= {study.id, other or study.id}
    return merged


def names_a_study(other: str) -> bool:
    """Sponsors' own numbers repeat ("001"); registry and IRAS numbers do not."""
    return other.startswith(("NCT", "ISRCTN", "IRAS", "DEMO-"))


def _latest(studies: Iterable[Study]) -> dict[str, Study]:
    """The newest reading of each id; of two that are as new, the later one."""
    found: dict[str, Study] = {}
    for study in studies:
        known = found.get(study.id)
        if known is None or (study.updated or date.min) >= (known.updated or date.min):
            found[study.id] = study
    return found


def _partners(found: dict[str, Study]) -> dict[str, str]:
    """Id -> id of the same study in the other registry, both ways round."""
    ties: dict[tuple[str, str], int] = {}
    by_iras: defaultdict[str, list[str]] = defaultdict(list)
    for study in found.values():
        for other in dict.fromkeys(study.other_ids):
            if other.startswith("IRAS"):
                by_iras[other].append(study.id)
            elif other in found and found[other].source != study.source:
                pair = (min(study.id, other), max(study.id, other))
                ties[pair] = _BOTH if pair in ties else _ONE
    for ids in by_iras.values():
        if len(ids) == 2 and found[ids[0]].source != found[ids[1]].source:
            ties.setdefault((min(ids), max(ids)), _IRAS)
    partner: dict[str, str] = {}
    for level in (_BOTH, _ONE, _IRAS):
        pairs = [
            (one, two)
            for (one, two), strength in ties.items()
            if strength == level and one not in partner and two not in partner
            # A record that names another study of that registry contradicts a tie of one side.
            and (level == _BOTH or not _contradicts(found[one], found[two]))
        ]
        claims = Counter(study_id for pair in pairs for study_id in pair)
        for one, two in pairs:
            if claims[one] == claims[two] == 1:
                partner |= {one: two, two: one}
    return partner


def _contradicts(one: Study, two: Study) -> bool:
    return any(
        other.startswith(_PREFIX[b.source]) and other != b.id
        for a, b in ((one, two), (two, one))
        for other in a.other_ids
    )


def _two(one: Study, two: Study) -> Study:
    first, second = sorted((one, two), key=lambda study: _RANK[study.source])
    records = {record.id: record for record in (*first.records, *second.records)}
    both = [*first.other_ids, *second.other_ids, second.id]
    filled = {
        name: getattr(second, name)
        for name in Study.model_fields
        if not getattr(first, name) and getattr(second, name)
    }
    leads = _leads_on_status(first, second)
    updated = [study.updated for study in (first, second) if study.updated]
    merged = {
        **filled,
        "records": list(records.values()),
        "other_ids": [other for other in dict.fromkeys(both) if other != first.id],
        "conditions": _union(first.conditions, second.conditions),
        "keywords": _union(first.keywords, second.keywords),
        "tags": _union(first.tags, second.tags),
        "broader_tags": _union(first.broader_tags, second.broader_tags),
        "sites": _sites(first, second, leads),
        "status": leads.status,
        "updated": max(updated, default=None),
        "disagreements": disagreements(list(records.values())),
    }
    if not first.sections and second.summary:
        # Without its plain English part, an ISRCTN record has a hypothesis for a summary.
        merged["summary"] = second.summary
    return first.model_copy(update=merged)


def _union(one: list[str], two: list[str]) -> list[str]:
    return list({name.lower(): name for name in (*two, *one)}.values())[::-1]


def _leads_on_status(first: Study, second: Study) -> Study:
    """The newer record; the disagreement itself stays visible in `disagreements`."""
    known = [study for study in (first, second) if study.status != Status.UNKNOWN]
    return max(known, key=lambda study: study.updated or date.min, default=first)


def _sites(first: Study, second: Study, leads: Study) -> list[Site]:
    """Sites of the record whose status counts, else of the one that gives each its own place."""
    if first.status != second.status and leads.sites:
        return list(leads.sites)
    return list(
        max(first.sites, second.sites, key=lambda s: sum(site.lat is not None for site in s))
    )


def disagreements(records: list[Record]) -> list[Disagreement]:
    """What the records say differently on status, start and end; what one leaves out is none."""
    found = []
    statuses = {r.source.value: r.status.value for r in records if r.status != Status.UNKNOWN}
    if len(set(statuses.values())) > 1:
        found.append(Disagreement(about="status", says=statuses))
    for about in ("start", "end"):
        days = {r.source.value: day for r in records if (day := getattr(r, about))}
        if days and (max(days.values()) - min(days.values())).days > SAME_DATE_DAYS:
            says = {source: day.isoformat() for source, day in days.items()}
            found.append(Disagreement(about=about, says=says))
    return found
