"""ISRCTN records (XML, namespace http://www.67bricks.com/isrctn).

The registry has no status field: it follows from the override and the recruitment dates. Source of
the format: ISRCTN's public query API.
"""

import re
from datetime import date
from xml.etree.ElementTree import Element

from index.models import SECTIONS, Contact, Intervention, Record, Sex, Site, Source, Status, Study
from index.registries.fields import day, iras_number, line, said, sentences_of_list, text, years

PAGE = "https://www.isrctn.com/ISRCTN"
_NAMESPACE = "{http://www.67bricks.com/isrctn}"
_NCT = re.compile(r"NCT\d{8}")
_CLOSED_WORDS = ("stopped", "suspended", "halted", "closed", "completed", "terminated", "withdrawn")
# The eight headings as they are meant; real ones vary in case, spelling and punctuation.
_HEADINGS = {
    "background": r"background(?: and (?:study )?aims?)?",
    "who": r"who can (?:participate|take part)",
    "involves": r"what does (?:the|this) (?:study|trial) involve",
    "benefits_and_risks": r"what are the possible (?:benefits?|risks?)[^\n?]{0,60}",
    "run_from": r"where is (?:the|this) (?:study|trial)(?: being)? run(?: from)?",
    "dates": r"when is (?:the|this) (?:study|trial) (?:starting|start)[^\n?]{0,80}",
    "funding": r"who is funding (?:the|this) (?:study|trial)",
    "contact": r"who is the (?:main )?(?:contact|point of contact)",
}
_HEADING = {
    key: re.compile(rf"^[ \t]*{pattern}[ \t]*[?:.]*[ \t]*$", re.IGNORECASE | re.MULTILINE)
    for key, pattern in _HEADINGS.items()
}


def _find(node: Element | None, *names: str) -> Element | None:
    for name in names:
        if node is None:
            return None
        node = node.find(_NAMESPACE + name)
    return node


def _text(node: Element | None, *names: str) -> str:
    found = _find(node, *names)
    return text(found.text) if found is not None else ""


def _all(node: Element | None, *names: str) -> list[Element]:
    """Every element of the last name inside the section of the names before it."""
    parent = _find(node, *names[:-1])
    return [] if parent is None else parent.findall(_NAMESPACE + names[-1])


def read(full_trial: Element, today: date | None = None) -> Study:
    """A Study from one fullTrial element; raises ValueError when it has no usable number."""
    trial = _find(full_trial, "trial")
    digits = _text(trial, "isrctn")
    if not re.fullmatch(r"\d{8}", digits):
        raise ValueError(f"no usable isrctn number ({digits!r}) in fullTrial/trial")
    described = _find(trial, "trialDescription")
    refs = _find(trial, "externalRefs")
    design = _find(trial, "trialDesign")
    people = _find(trial, "participants")
    number = f"ISRCTN{digits}"
    override = _text(people, "recruitmentStatusOverride")
    start = day(_text(people, "recruitmentStart"))
    end = day(_text(people, "recruitmentEnd"))
    status = status_of(override, start, end, today or date.today())
    updated = day(trial.get("lastUpdated") if trial is not None else None)
    takes_part = [line(found.text) for found in _all(people, "participantTypes", "participantType")]
    inclusion = _rules(_text(people, "inclusion"))
    exclusion = _rules(_text(people, "exclusion"))
    conditions = [_text(found, "description") for found in _all(trial, "conditions", "condition")]
    classes = [_text(found, "diseaseClass1") for found in _all(trial, "conditions", "condition")]
    summary = _text(described, "plainEnglishSummary")
    return Study(
        id=number,
        records=[
            Record(
                source=Source.ISRCTN,
                id=number,
                url=PAGE + digits,
                status=status,
                status_text=override,
                updated=updated,
                start=start,
                end=day(_text(design, "overallEndDate")),
            )
        ],
        other_ids=_other_ids(refs),
        title=line(_text(described, "title")) or line(_text(described, "scientificTitle")),
        scientific_title=line(_text(described, "scientificTitle")),
        acronym=line(_text(described, "acronym")),
        summary=summary or _text(described, "studyHypothesis"),
        details=_text(described, "studyHypothesis"),
        sections=sections_of(summary),
        conditions=_split_conditions(conditions),
        broader_tags=[line(name) for name in classes if said(name)],
        kind=_text(design, "primaryStudyDesign").lower(),
        purpose=", ".join(line(t.text) for t in _all(design, "trialTypes", "trialType")).lower(),
        allocation="randomized" if "randomi" in _text(design, "studyDesign").lower() else "",
        interventions=[_intervention(node) for node in _all(trial, "interventions", "intervention")],
        target=_count(_text(people, "targetEnrolment")),
        status=status,
        start=start,
        end=end,
        updated=updated,
        age_min=_age(people, "lowerAgeLimit"),
        age_max=_age(people, "upperAgeLimit"),
        sex=_sex(_text(people, "gender")),
        healthy=any("healthy" in who.lower() for who in takes_part),
        takes_part=takes_part,
        inclusion=inclusion,
        exclusion=exclusion,
        eligibility="\n\n".join(
            part for part in (_text(people, "inclusion"), _text(people, "exclusion")) if part
        ),
        sponsor=_text(_find(full_trial, "sponsor"), "organisation"),
        funders=[name for f in full_trial.findall(_NAMESPACE + "funder") if (name := _text(f, "name"))],
        contacts=[_contact(c) for c in full_trial.findall(_NAMESPACE + "contact")],
        sites=_sites(people, status),
        countries=[
            name for c in _all(people, "recruitmentCountries", "country") if (name := said(c.text))
        ],
    )


def status_of(override: str, start: date | None, end: date | None, today: date) -> Status:
    """Whether people can join, from the registry's override or else from the recruitment dates."""
    if any(word in override.lower() for word in _CLOSED_WORDS):
        return Status.CLOSED
    if end and end < today:
        return Status.CLOSED
    if start and start > today:
        return Status.OPENING_SOON
    if start and end:
        return Status.OPEN
    return Status.UNKNOWN


def sections_of(summary: str) -> dict[str, str]:
    """The plain English summary by heading; a heading that is missing is not there."""
    marks = sorted(
        (found.start(), found.end(), key)
        for key, pattern in _HEADING.items()
        if (found := pattern.search(summary))
    )
    sections = {}
    for index, (_, end, key) in enumerate(marks):
        stop = marks[index + 1][0] if index + 1 < len(marks) else len(summary)
        if body := summary[end:stop].strip():
            sections[key] = body
    return {key: sections[key] for key in SECTIONS if key in sections}


def _rules(criteria: str) -> list[str]:
    inclusion, exclusion = sentences_of_list(criteria)
    return inclusion + exclusion


def _split_conditions(conditions: list[str]) -> list[str]:
    found: dict[str, None] = {}
    for entry in conditions:
        for part in re.split(r"[;\n]", entry):
            if name := said(part):
                found[name] = None
    return list(found)


def _other_ids(refs: Element | None) -> list[str]:
    found = list(dict.fromkeys(_NCT.findall(_text(refs, "clinicalTrialsGovNumber").upper())))
    if iras := iras_number(said(_text(refs, "irasNumber"))):
        found.append(iras)
    return found


def _count(value: str) -> int | None:
    found = re.search(r"\d+", value.replace(",", ""))
    return int(found[0]) if found else None


def _age(people: Element | None, name: str) -> float | None:
    node = _find(people, name)
    if node is None:
        return None
    value, unit = node.get("value"), node.get("unit") or "Years"
    return years(f"{value} {unit}") if value else years(node.text)


def _sex(value: str) -> Sex:
    word = value.strip().lower()
    return {"female": Sex.FEMALE, "male": Sex.MALE}.get(word, Sex.ALL)


def _intervention(node: Element) -> Intervention:
    name = said(_text(node, "drugNames")) or line(_text(node, "interventionType"))
    return Intervention(
        type=_text(node, "interventionType").lower(),
        name=name,
        description=_text(node, "description"),
    )


def _contact(node: Element) -> Contact:
    name = " ".join(
        part for part in (_text(node, "title"), _text(node, "forename"), _text(node, "surname")) if part
    )
    details = _find(node, "contactDetails")
    return Contact(
        name=name or _text(node, "name"),
        phone=_text(details, "telephone") or _text(node, "telephone"),
        email=_text(details, "email") or _text(node, "email"),
    )


def _sites(people: Element | None, status: Status) -> list[Site]:
    return [
        Site(
            name=line(_text(node, "name")),
            town=said(_text(node, "city")),
            county=said(_text(node, "state")),
            country=said(_text(node, "country")),
            postcode=said(_text(node, "zip")),
            status=status,
        )
        for node in _all(people, "trialCentres", "trialCentre")
    ]
