"""The demonstration catalogue: made-up studies in `data/studies/*.yml`.

Dates there are days from today, so that the catalogue always looks as fresh as a real one.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from index.models import SECTIONS, Intervention, Record, Sex, Site, Source, Status, Study
from index.registries.fields import line, text


def read(entry: Mapping[str, Any], today: date | None = None) -> Study:
    """A Study from one entry; raises ValueError naming what is wrong in it."""
    number = line(entry.get("id"))
    if not number.startswith("DEMO-"):
        raise ValueError(f"a demonstration study needs an id such as DEMO-0001, not {number!r}")
    try:
        return _read(number, entry, today or date.today())
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{number}: {type(error).__name__} at {error}") from error


def _read(number: str, entry: Mapping[str, Any], now: date) -> Study:
    status = Status(entry["status"])
    updated = now - timedelta(days=int(entry["updated_days_ago"]))
    sections = entry["sections"]
    age = entry.get("age") or {}
    return Study(
        id=number,
        records=[
            Record(
                source=Source.DEMO,
                id=number,
                url=f"/studies/{number}",
                status=status,
                updated=updated,
            )
        ],
        title=line(entry["title"]),
        scientific_title=line(entry.get("scientific_title")),
        acronym=line(entry.get("acronym")),
        summary=text(entry["summary"]),
        sections={key: text(sections[key]) for key in SECTIONS if sections.get(key)},
        conditions=[line(name) for name in entry["conditions"]],
        keywords=[line(word) for word in entry.get("keywords") or []],
        kind=line(entry.get("kind")),
        purpose=line(entry.get("kind")),
        phases=[f"PHASE{entry['phase']}"] if entry.get("phase") else [],
        interventions=[Intervention(**item) for item in entry.get("interventions") or []],
        target=entry.get("target"),
        status=status,
        start=now + timedelta(days=int(entry["starts_in_days"])),
        end=now + timedelta(days=int(entry["ends_in_days"])),
        updated=updated,
        age_min=age.get("min"),
        age_max=age.get("max"),
        sex=Sex(entry.get("sex", "all")),
        healthy=bool(entry.get("healthy_volunteers")),
        takes_part=[line(who) for who in entry.get("takes_part") or []],
        from_home=bool(entry.get("from_home")),
        inclusion=[line(rule) for rule in entry.get("inclusion") or []],
        exclusion=[line(rule) for rule in entry.get("exclusion") or []],
        eligibility="\n".join(
            line(rule) for key in ("inclusion", "exclusion") for rule in entry.get(key) or []
        ),
        sponsor=line(sections.get("run_from")),
        sites=[
            Site(
                name=line(site["name"]),
                town=line(site["town"]),
                county=line(site.get("county")),
                nation=line(site.get("nation")),
                country="United Kingdom",
                status=Status(site["status"]),
            )
            for site in entry.get("sites") or []
        ],
    )
