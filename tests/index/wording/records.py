"""Records for tests of wording, made up; each begins from one that says everything."""

from datetime import date
from typing import Any

from index.models import Intervention, Record, Site, Source, Status, Study

TODAY = date(2026, 11, 24)


def study(**changed: Any) -> Study:
    """A record of ClinicalTrials.gov in the tone of real ones."""
    values: dict[str, Any] = {
        "id": "NCT09990001",
        "records": [
            Record(
                source=Source.CTGOV,
                id="NCT09990001",
                url="https://clinicaltrials.gov/study/NCT09990001",
                status=Status.OPEN,
                updated=date(2026, 11, 3),
            )
        ],
        "title": "Efficacy and Safety of Examplumab in Patients With Myocardial Infarction",
        "summary": "PURPOSE: Randomized phase III trial to compare the effectiveness of examplumab with that"
        " of placebo in treating patients who have had a myocardial infarction.",
        "conditions": ["Myocardial Infarction"],
        "kind": "interventional",
        "allocation": "randomized",
        "interventions": [
            Intervention(type="drug", name="examplumab", description="50 mg once a day for 12 weeks"),
            Intervention(type="drug", name="placebo", description="Matched tablet"),
        ],
        "status": Status.OPEN,
        "start": date(2025, 1, 1),
        "end": date(2027, 6, 1),
        "updated": date(2026, 11, 3),
        "age_min": 18.0,
        "age_max": 75.0,
        "eligibility": "Inclusion Criteria:\n\n* Aged 18 to 75 years\n* Myocardial infarction\n\n"
        "Exclusion Criteria:\n\n* Pregnant or breastfeeding\n* Current smoker",
        "sites": [Site(name="General Hospital", town="Leeds", status=Status.OPEN, lat=53.8, lon=-1.5)],
    }
    return Study(**(values | changed))


def isrctn(**changed: Any) -> Study:
    """The same study as ISRCTN would have it, with its plain English summary by headings."""
    record = Record(
        source=Source.ISRCTN, id="ISRCTN99990001", url="https://www.isrctn.com/x", status=Status.OPEN
    )
    values = {
        "id": "ISRCTN99990001",
        "records": [record],
        "title": "A walking group for people after a heart attack",
        "summary": "",
        "sections": {
            "background": "This study asks if a walking group helps people after a heart attack.",
            "involves": "You walk once a week for 12 weeks. There are 3 visits to the clinic. A nurse takes"
            " a blood sample at each visit. You have a 1 in 2 chance of being in the walking group.",
            "benefits_and_risks": "You may feel fitter. You may feel tired.",
        },
        "inclusion": ["Aged at least 40 years", "Able to walk"],
        "exclusion": ["Pregnant", "Heart attack less than 2 weeks ago"],
    }
    return study(**(values | changed))
