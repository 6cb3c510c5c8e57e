"""ClinicalTrials.gov API v2 records.

Source: the API's own study structure (`protocolSection`, `derivedSection`). Every field may be
missing; only the NCT id is needed.
"""

import re
from collections.abc import Mapping
from typing import Any

from index.models import Contact, Intervention, Record, Sex, Site, Source, Status, Study
from index.registries.fields import day, iras_number, line, said, sentences_of_list, text, years

_STATUS = {
    "RECRUITING": Status.OPEN,
    "AVAILABLE": Status.OPEN,
    "NOT_YET_RECRUITING": Status.OPENING_SOON,
    "ENROLLING_BY_INVITATION": Status.CLOSED,
    "ACTIVE_NOT_RECRUITING": Status.CLOSED,
    "COMPLETED": Status.CLOSED,
    "SUSPENDED": Status.CLOSED,
    "TERMINATED": Status.CLOSED,
    "WITHDRAWN": Status.CLOSED,
    "NO_LONGER_AVAILABLE": Status.CLOSED,
    "TEMPORARILY_NOT_AVAILABLE": Status.CLOSED,
    "APPROVED_FOR_MARKETING": Status.CLOSED,
}
_SEX = {"FEMALE": Sex.FEMALE, "MALE": Sex.MALE}
_ISRCTN = re.compile(r"ISRCTN\s?(\d{8})", re.IGNORECASE)
_NCT = re.compile(r"NCT\d{8}")
PAGE = "https://clinicaltrials.gov/study/"


def _part(record: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The section under these names; {} where it is missing or not a section."""
    found: Any = record
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _list(section: Mapping[str, Any], name: str) -> list[Any]:
    found = section.get(name)
    return found if isinstance(found, list) else []


def _lines(section: Mapping[str, Any], name: str) -> list[str]:
    return [found for item in _list(section, name) if (found := line(item))]


def read(record: Mapping[str, Any]) -> Study:
    """A Study from one v2 record; raises ValueError when it has no usable NCT id."""
    protocol = _part(record, "protocolSection")
    identity = _part(protocol, "identificationModule")
    nct = line(identity.get("nctId"))
    if not _NCT.fullmatch(nct):
        raise ValueError(f"no usable nctId ({nct!r}) in protocolSection.identificationModule")
    when = _part(protocol, "statusModule")
    described = _part(protocol, "descriptionModule")
    about = _part(protocol, "conditionsModule")
    design = _part(protocol, "designModule")
    eligibility = _part(protocol, "eligibilityModule")
    places = _part(protocol, "contactsLocationsModule")
    sponsors = _part(protocol, "sponsorCollaboratorsModule")
    browse = _part(record, "derivedSection", "conditionBrowseModule")

    raw_status = line(when.get("overallStatus"))
    status = _STATUS.get(raw_status, Status.UNKNOWN)
    updated = day(_part(when, "lastUpdatePostDateStruct").get("date"))
    inclusion, exclusion = sentences_of_list(text(eligibility.get("eligibilityCriteria")))
    healthy = eligibility.get("healthyVolunteers")
    return Study(
        id=nct,
        records=[
            Record(
                source=Source.CTGOV,
                id=nct,
                url=PAGE + nct,
                status=status,
                status_text=raw_status,
                updated=updated,
                start=day(_part(when, "startDateStruct").get("date")),
                end=day(_part(when, "completionDateStruct").get("date")),
            )
        ],
        other_ids=_other_ids(identity),
        title=line(identity.get("briefTitle")) or line(identity.get("officialTitle")),
        scientific_title=line(identity.get("officialTitle")),
        acronym=line(identity.get("acronym")),
        summary=text(described.get("briefSummary")),
        details=text(described.get("detailedDescription")),
        conditions=_lines(about, "conditions"),
        keywords=_lines(about, "keywords"),
        tags=[line(mesh.get("term")) for mesh in _list(browse, "meshes") if isinstance(mesh, dict)],
        broader_tags=[
            line(mesh.get("term")) for mesh in _list(browse, "ancestors") if isinstance(mesh, dict)
        ],
        kind=line(design.get("studyType")).lower(),
        purpose=line(_part(design, "designInfo").get("primaryPurpose")).lower(),
        phases=_lines(design, "phases"),
        allocation=line(_part(design, "designInfo").get("allocation")).lower(),
        masking=line(_part(design, "designInfo", "maskingInfo").get("masking")).lower(),
        interventions=_interventions(_part(protocol, "armsInterventionsModule")),
        target=_count(_part(design, "enrollmentInfo").get("count")),
        status=status,
        start=day(_part(when, "startDateStruct").get("date")),
        end=day(_part(when, "completionDateStruct").get("date")),
        updated=updated,
        age_min=years(eligibility.get("minimumAge")),
        age_max=years(eligibility.get("maximumAge")),
        sex=_SEX.get(line(eligibility.get("sex")).upper(), Sex.ALL),
        healthy=healthy is True or line(healthy).lower() in ("true", "accepts healthy volunteers"),
        inclusion=inclusion,
        exclusion=exclusion,
        eligibility=text(eligibility.get("eligibilityCriteria")),
        sponsor=line(_part(sponsors, "leadSponsor").get("name")),
        contacts=[_contact(found) for found in _list(places, "centralContacts")],
        sites=[_site(found, status) for found in _list(places, "locations")],
    )


def _other_ids(identity: Mapping[str, Any]) -> list[str]:
    found = []
    for entry in _list(identity, "secondaryIdInfos"):
        other = said(entry.get("id")) if isinstance(entry, dict) else ""
        if other:
            found.append(_registry_number(other, f"{entry.get('type')} {entry.get('domain')}"))
    return found


def _registry_number(other: str, of: str) -> str:
    """An ISRCTN or IRAS number as every reader writes it; anything else as it stands."""
    if isrctn := _ISRCTN.search(other):
        return f"ISRCTN{isrctn[1]}"
    if "IRAS" in f"{other} {of}".upper():
        return iras_number(re.sub(r"[^\d ]", " ", other)) or other
    return other


def _count(value: object) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None


def _interventions(section: Mapping[str, Any]) -> list[Intervention]:
    return [
        Intervention(
            type=line(entry.get("type")).lower(),
            name=line(entry.get("name")),
            description=text(entry.get("description")),
        )
        for entry in _list(section, "interventions")
        if isinstance(entry, dict)
    ]


def _contact(entry: object) -> Contact:
    known = entry if isinstance(entry, dict) else {}
    return Contact(
        name=line(known.get("name")), phone=line(known.get("phone")), email=line(known.get("email"))
    )


def _site(entry: object, study_status: Status) -> Site:
    """A location; one without a status of its own has the study's."""
    known = entry if isinstance(entry, dict) else {}
    point = _part(known, "geoPoint")
    raw = line(known.get("status"))
    return Site(
        name=line(known.get("facility")),
        town=line(known.get("city")),
        county=line(known.get("state")),
        country=line(known.get("country")),
        postcode=line(known.get("zip")),
        status=_STATUS.get(raw, Status.UNKNOWN) if raw else study_status,
        lat=_degrees(point.get("lat"), 90),
        lon=_degrees(point.get("lon"), 180),
        contacts=[_contact(found) for found in _list(known, "contacts")],
    )


def _degrees(value: object, bound: int) -> float | None:
    if not isinstance(value, int | float) or not -bound <= value <= bound:
        return None
    return float(value)
