"""One registry record as it is kept: its own bytes, and the little that must be known without reading it.

A record that lacks what every record has (its id, a title, a status the registry is known to use) is not
kept: it would replace a good one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, tostring

from index.models import Source, Status, Study
from index.registries import ctgov, isrctn
from index.registries.british import british_part
from index.registries.fields import day, line
from index.registries.merge import names_a_study

MAX_RECORD_BYTES = 8_000_000
DERIVED_VERSION = 1
"""Raised when what `Raw` holds beside the body is worked out in another way."""
STATUS_WORDS = frozenset(
    "RECRUITING NOT_YET_RECRUITING ENROLLING_BY_INVITATION ACTIVE_NOT_RECRUITING COMPLETED SUSPENDED"
    " TERMINATED WITHDRAWN AVAILABLE NO_LONGER_AVAILABLE TEMPORARILY_NOT_AVAILABLE"
    " APPROVED_FOR_MARKETING WITHHELD UNKNOWN".split()
)


class RecordError(ValueError):
    """A record that is not kept; `field` is the registry's own name of what is wrong in it."""

    def __init__(self, record: str, field: str, what: str) -> None:
        super().__init__(f"{record}: {field} {what}")
        self.record = record
        self.field = field


@dataclass(frozen=True)
class Raw:
    """A record ready to be kept.

    updated: the registry's own time of the last change, ISO, "" if it gives none
    british: people in the UK are recruited
    joinable: open, opening soon, or so by its dates up to `closes`
    refs: registry and IRAS numbers that it names
    """

    registry: Source
    id: str
    updated: str
    body: bytes
    british: bool
    joinable: bool
    closes: date | None
    refs: tuple[str, ...]


def from_json(record: object, today: date, wanted_id: str = "") -> Raw:
    """A ClinicalTrials.gov record; raises RecordError."""
    name = wanted_id or "a record"
    if not isinstance(record, Mapping):
        raise RecordError(name, "studies[]", f"is {type(record).__name__}, not an object")
    try:
        study = ctgov.read(record)
    except (ValueError, TypeError, RecursionError) as error:
        path = "protocolSection.identificationModule.nctId"
        raise RecordError(name, path, f"cannot be read ({_first(error)})") from error
    protocol = "protocolSection"
    if wanted_id and study.id != wanted_id:
        raise RecordError(wanted_id, f"{protocol}.identificationModule.nctId", f"is {study.id}")
    status = study.records[0].status_text
    if status not in STATUS_WORDS:
        what = f"is {status[:40]!r}, which is no known status"
        raise RecordError(study.id, f"{protocol}.statusModule.overallStatus", what)
    if not study.title:
        raise RecordError(study.id, f"{protocol}.identificationModule.briefTitle", "is missing")
    updated = line(_inside(record, protocol, "statusModule", "lastUpdatePostDateStruct", "date"))
    path = f"{protocol}.statusModule.lastUpdatePostDateStruct.date"
    _check_date(study.id, path, study.updated, updated, today)
    return _raw(Source.CTGOV, study, updated, json.dumps(record, ensure_ascii=False).encode())


def from_xml(full_trial: Element, today: date, wanted_id: str = "", default: str = "") -> Raw:
    """An ISRCTN record; raises RecordError. default: the time of change if the record gives none."""
    name = wanted_id or "a record"
    try:
        study = isrctn.read(full_trial, today)
    except (ValueError, TypeError) as error:
        raise RecordError(name, "trial/isrctn", f"cannot be read ({_first(error)})") from error
    if wanted_id and study.id != wanted_id:
        raise RecordError(wanted_id, "trial/isrctn", f"is {study.id}")
    if not study.title:
        raise RecordError(study.id, "trialDescription/title", "is missing")
    trial = full_trial.find("{http://www.67bricks.com/isrctn}trial")
    updated = (trial.get("lastUpdated") or "") if trial is not None else ""
    _check_date(study.id, "trial@lastUpdated", study.updated, updated, today)
    return _raw(Source.ISRCTN, study, updated or default, tostring(full_trial, encoding="utf-8"))


def _raw(registry: Source, study: Study, updated: str, body: bytes) -> Raw:
    if len(body) > MAX_RECORD_BYTES:
        raise RecordError(study.id, "the whole record", f"is {len(body):,} bytes long")
    by_dates = registry == Source.ISRCTN and study.status != Status.CLOSED
    return Raw(
        registry,
        study.id,
        updated,
        body,
        british=british_part(study) is not None,
        joinable=by_dates or study.status in (Status.OPEN, Status.OPENING_SOON),
        closes=study.end if registry == Source.ISRCTN else None,
        refs=tuple(other for other in dict.fromkeys(study.other_ids) if names_a_study(other)),
    )


def _check_date(record: str, field: str, read: date | None, written: str, today: date) -> None:
    if written and day(written) is None:
        raise RecordError(record, field, f"is {written[:40]!r}, which is no date")
    if read and (read - today).days > 2:
        raise RecordError(record, field, f"is {read}, which is still to come")


def _inside(record: Mapping[str, Any], *names: str) -> object:
    found: Any = record
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _first(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
