"""A whole study as its page and the chat show it."""

from datetime import date

from index.models import SECTIONS, Study
from index.queries import Place, Rule, Section, SitePage, StudyPage
from index.wording.card import Found, card, site_miles
from index.wording.facts import NOT_SAID

HEADINGS = {
    "background": "What the study is about",
    "who": "Who can take part",
    "involves": "What happens in the study",
    "benefits_and_risks": "Possible benefits and risks",
    "run_from": "Where the study is run from",
    "dates": "When the study runs",
    "funding": "Who pays for the study",
    "contact": "Who to ask",
}


def page(study: Study, place: Place | None, today: date) -> StudyPage:
    """Every part of a study; sites by distance from `place` where it is known."""
    shown = card(study, Found(about=True, why=[]), place, None, today)
    sites = [
        SitePage(
            name=site.name,
            town=site.town,
            nation=site.nation or site.country,
            status=site.status,
            miles=site_miles(site, place),
            lat=site.lat,
            lon=site.lon,
        )
        for site in study.sites
    ]
    sites.sort(key=lambda site: (site.miles is None, site.miles or 0.0, site.town))
    return StudyPage(
        **shown.model_dump(),
        sections=[_section(study, key, shown.who) for key in SECTIONS],
        sites=sites,
        eligibility=[
            *(Rule(kind="include", text=rule, original=rule) for rule in study.inclusion),
            *(Rule(kind="exclude", text=rule, original=rule) for rule in study.exclusion),
        ],
        burden={"involves": study.sections.get("involves", NOT_SAID)},
        contacts=[contact.model_dump() for contact in study.contacts],
    )


def _section(study: Study, key: str, who: str) -> Section:
    original = study.sections.get(key, "") or _from_fields(study, key)
    text = original or (who if key == "who" else NOT_SAID)
    return Section(heading=HEADINGS[key], text=text, original=original)


def _from_fields(study: Study, key: str) -> str:
    """The part of a record without the eight headings that says the same."""
    if key == "background":
        return study.summary
    if key == "involves":
        return "\n".join(
            f"{item.name}: {item.description}" if item.description else item.name
            for item in study.interventions
        )
    if key == "run_from":
        return study.sponsor
    if key == "funding":
        return ", ".join(study.funders)
    if key == "dates" and study.start:
        ends = f" and is planned to end in {study.end:%B %Y}" if study.end else ""
        return f"It starts or started in {study.start:%B %Y}{ends}."
    if key == "contact":
        return "\n".join(
            ", ".join(part for part in (c.name, c.phone, c.email) if part) for c in study.contacts
        )
    return ""
