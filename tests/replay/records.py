"""Records in the registries' own formats: made up, or read from files."""

import gzip
import json
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path
from typing import Any

NAMESPACE = "http://www.67bricks.com/isrctn"
ET.register_namespace("", NAMESPACE)
Json = dict[str, Any]
CONDITIONS = ("Asthma", "Dementia", "Heart failure", "Psoriasis", "Migraine", "Eczema", "Stroke")
TOWNS = (("Leeds", "LS1 3EX"), ("Cardiff", "CF14 4XW"), ("Belfast", "BT9 7AB"), ("Perth", "PH1 1NX"))


def ctgov_record(number: int, **changed: Any) -> Json:
    """A study of ClinicalTrials.gov. changed: status, updated, others, town, zip, country, title."""
    condition = CONDITIONS[number % len(CONDITIONS)]
    town, code = TOWNS[number % len(TOWNS)]
    status = changed.get("status", "RECRUITING")
    updated = changed.get("updated", (date.today() - timedelta(days=number % 900 + 5)).isoformat())
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT{number:08}",
                "briefTitle": changed.get("title", f"Made-up study {number} of {condition.lower()}"),
                "secondaryIdInfos": [{"id": other} for other in changed.get("others", [])],
            },
            "statusModule": {
                "overallStatus": status,
                "startDateStruct": {"date": "2025-01"},
                "completionDateStruct": {"date": "2031-01-31"},
                "lastUpdatePostDateStruct": {"date": updated, "type": "ACTUAL"},
            },
            "descriptionModule": {"briefSummary": f"We look at {condition.lower()} \\> walking."},
            "conditionsModule": {"conditions": [condition]},
            "designModule": {"studyType": "INTERVENTIONAL"},
            "eligibilityModule": {
                "eligibilityCriteria": "Inclusion Criteria:\n\n* Adults\n",
                "sex": "ALL",
                "minimumAge": "18 Years",
            },
            "contactsLocationsModule": {
                "locations": [
                    {
                        "facility": f"{town} General Hospital",
                        "status": status,
                        "city": changed.get("town", town),
                        "zip": changed.get("zip", code),
                        "country": changed.get("country", "United Kingdom"),
                        "geoPoint": {"lat": 53.8, "lon": -1.55},
                    }
                ]
            },
        },
        "derivedSection": {"conditionBrowseModule": {"meshes": [{"term": condition}]}},
        "hasResults": False,
    }


def isrctn_record(number: int, **changed: Any) -> ET.Element:
    """A study of ISRCTN. changed: override, start, end, updated, nct, iras, town, zip, country, title."""
    condition = CONDITIONS[number % len(CONDITIONS)]
    town, code = TOWNS[number % len(TOWNS)]
    day = date.today() - timedelta(days=number % 900 + 5)
    updated = changed.get("updated", f"{day}T{number % 24:02}:15:{number % 60:02}.000Z")
    override = changed.get("override", "")
    text = f"""<fullTrial xmlns="{NAMESPACE}"><trial lastUpdated="{updated}">
<isrctn>{number:08}</isrctn>
<trialDescription><title>{changed.get("title", f"Made-up trial {number} of {condition.lower()}")}</title>
<scientificTitle>A trial</scientificTitle><plainEnglishSummary>Background and study aims
We look at {condition.lower()} &amp; walking.
Who can participate?
Adults.</plainEnglishSummary></trialDescription>
<externalRefs><doi>10.1186/ISRCTN{number:08}</doi><irasNumber>{changed.get("iras", "Nil known")}</irasNumber>
<clinicalTrialsGovNumber>{changed.get("nct", "Nil known")}</clinicalTrialsGovNumber></externalRefs>
<trialDesign><overallEndDate>2031-01-31T00:00:00.000Z</overallEndDate></trialDesign>
<participants><recruitmentCountries><country>United Kingdom</country></recruitmentCountries>
<trialCentres><trialCentre><name>{town} Infirmary</name><city>{changed.get("town", town)}</city>
<country>{changed.get("country", "United Kingdom")}</country><zip>{changed.get("zip", code)}</zip>
</trialCentre></trialCentres>
<inclusion>1. Adults</inclusion><lowerAgeLimit value="18" unit="Years"/><gender>All</gender>
<recruitmentStart>{changed.get("start", "2025-01-01")}T00:00:00.000Z</recruitmentStart>
<recruitmentEnd>{changed.get("end", "2030-12-31")}T00:00:00.000Z</recruitmentEnd>
{f"<recruitmentStatusOverride>{override}</recruitmentStatusOverride>" if override else ""}</participants>
<conditions><condition><description>{condition}</description></condition></conditions>
</trial><sponsor><organisation>Made-up University</organisation></sponsor></fullTrial>"""
    return ET.fromstring(text)


def read_folder(folder: Path) -> tuple[list[Json], list[ET.Element]]:
    """Every record of a folder of registry files (v2 pages, JSON lines, ISRCTN XML)."""
    studies: dict[str, Json] = {}
    trials: dict[str, ET.Element] = {}
    for file in sorted(folder.iterdir()):
        name = file.name.removesuffix(".gz")
        if name.endswith(".xml"):
            for trial in ET.parse(file).getroot():
                trials[str(number_of(trial))] = trial
        if not name.endswith((".json", ".jsonl")):
            continue
        raw = file.read_bytes()
        raw = gzip.decompress(raw) if file.suffix == ".gz" else raw
        found = (
            [json.loads(line) for line in raw.splitlines() if line.strip()]
            if name.endswith(".jsonl")
            else json.loads(raw)["studies"]
        )
        studies |= {nct_of(study): study for study in found}
    return list(studies.values()), list(trials.values())


def nct_of(study: Json) -> str:
    return str(study["protocolSection"]["identificationModule"]["nctId"])


def status_of(study: Json) -> str:
    return str(study["protocolSection"]["statusModule"].get("overallStatus", ""))


def updated_of(study: Json) -> str:
    module = study["protocolSection"]["statusModule"]
    return str(module.get("lastUpdatePostDateStruct", {}).get("date", ""))


def countries_of(study: Json) -> set[str]:
    places = study["protocolSection"].get("contactsLocationsModule", {})
    return {str(site.get("country", "")) for site in places.get("locations", [])}


def number_of(trial: ET.Element) -> str:
    return trial.findtext(f"{{{NAMESPACE}}}trial/{{{NAMESPACE}}}isrctn") or ""


def edited_of(trial: ET.Element) -> str:
    node = trial.find(f"{{{NAMESPACE}}}trial")
    return ((node.get("lastUpdated") if node is not None else "") or "2020-01-01T00:00:00")[:19]
