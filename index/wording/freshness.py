"""How fresh a record is, in words: whether people can join, since when that stands, what contradicts it."""

from datetime import date

from index.models import Record, Status, Study
from index.wording.facts import ago, since

STALE_DAYS = 365
ASK = "Ask before you travel."
_WORD = {
    Status.OPEN: "open",
    Status.OPENING_SOON: "opening soon",
    Status.CLOSED: "closed",
    Status.UNKNOWN: "nothing of this",
}


def status_text(study: Study, today: date) -> str:
    """Whether people can join, how fresh that is, and every doubt that the record itself raises."""
    updated = f" Updated {ago(study.updated, today)}." if study.updated else ""
    if disagreement := _disagreement(study.records):
        return f"{disagreement} {ASK}{updated}"
    if study.status == Status.OPEN:
        return _open(study, today, updated)
    if study.status == Status.OPENING_SOON:
        return _opening(study, today, updated)
    if study.status == Status.CLOSED:
        return _closed(study, updated)
    return f"The record does not say whether people can join. Ask the study team.{updated}"


def _disagreement(records: list[Record]) -> str:
    """What each registry says, where they differ; "" where they do not."""
    known = [record for record in records if record.status != Status.UNKNOWN]
    if len({record.status for record in known}) < 2:
        return ""
    said = " and ".join(f"{record.source} says {_WORD[record.status]}" for record in known)
    return f"The registries do not agree: {said}."


def _open(study: Study, today: date, updated: str) -> str:
    sites = {site.status for site in study.sites}
    if study.end and study.end < today:
        return (
            f"The record says open, but it should have closed in {_month(study.end, today)}"
            f"{_not_updated(study.updated, today)}. {ASK}"
        )
    if sites and Status.OPEN not in sites and Status.UNKNOWN not in sites:
        return f"The record says open, but says that none of its places is open. {ASK}{updated}"
    if study.start and study.start > today:
        when = _month(study.start, today)
        return f"The record says open, but also that it starts in {when}. {ASK}{updated}"
    if study.updated and (today - study.updated).days > STALE_DAYS:
        return f"Open, by a record that has not been updated for {since(study.updated, today)}. {ASK}"
    return f"Open.{updated}"


def _opening(study: Study, today: date, updated: str) -> str:
    if study.start and study.start < today.replace(day=1):
        return (
            f"Not open yet by the record, but it should have opened in {_month(study.start, today)}"
            f"{_not_updated(study.updated, today)}. {ASK}"
        )
    when = f" It plans to open in {study.start:%B %Y}." if study.start else ""
    return f"Not open yet.{when}{updated}"


def _closed(study: Study, updated: str) -> str:
    if any(site.status == Status.OPEN for site in study.sites):
        return f"The record says closed, but lists a place as open. Ask the study team.{updated}"
    return f"Closed: people can no longer join.{updated}"


def _month(day: date, today: date) -> str:
    """The month's name, and the year where it is another one."""
    return f"{day:%B}" if day.year == today.year else f"{day:%B %Y}"


def _not_updated(updated: date | None, today: date) -> str:
    if updated is None:
        return ""
    if (today - updated).days > 90:
        return f" and has not been updated for {since(updated, today)}"
    return f" (it was updated {ago(updated, today)})"
