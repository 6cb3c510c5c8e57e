"""A whole study as its page and the chat show it."""

from datetime import date

from index.models import SECTIONS, Study
from index.queries import Place, Section, SitePage, StudyPage
from index.wording.burden import burden, parts
from index.wording.card import Found, card, site_miles
from index.wording.content import content
from index.wording.judge import NOBODY, Person
from index.wording.kept import Kept
from index.wording.ledger import questions, rules
from index.wording.sections import sections

_sections = Kept[list[Section]](500)
_burden = Kept[tuple[dict[str, str], dict[str, str]]](500)


def page(study: Study, place: Place | None, today: date, person: Person = NOBODY) -> StudyPage:
    """Every part of a study; sites by distance from `place` where it is known.

    person: what they said of themselves, which each rule is judged by
    """
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
    told = _sections.of(study, lambda one: sections(one, today), today)
    takes, sources = _burden.of(study, burden)
    involves = told[SECTIONS.index("involves")].text
    return StudyPage(
        **shown.model_dump(),
        sections=told,
        sites=sites,
        eligibility=rules(study, person),
        burden={"involves": involves} | takes,
        burden_sources=sources,
        burden_labels={part.id: part.label for part in parts()},
        contacts=[contact.model_dump() for contact in study.contacts],
        questions=questions(study, person),
        ask_a_doctor=content("ask_a_doctor")["questions"],
        record_title=study.title,
    )
