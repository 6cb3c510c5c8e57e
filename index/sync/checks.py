"""What must hold before the studies of a sync may replace the list in use."""

from collections import Counter
from collections.abc import Callable

from index.models import Source, Study

MOST_LOST = 0.20
MOST_UNPLACED = 0.50
MOST_FIELD_LOST = 0.20
FEW = 25
"""Below so many studies of a registry, shares say nothing."""
FIELDS: dict[str, tuple[Callable[[Study], object], dict[Source, str]]] = {
    "conditions": (
        lambda study: study.conditions,
        {Source.CTGOV: "conditionsModule.conditions", Source.ISRCTN: "conditions/condition"},
    ),
    "summary": (
        lambda study: study.summary,
        {
            Source.CTGOV: "descriptionModule.briefSummary",
            Source.ISRCTN: "trialDescription/plainEnglishSummary",
        },
    ),
    "eligibility": (
        lambda study: study.eligibility,
        {
            Source.CTGOV: "eligibilityModule.eligibilityCriteria",
            Source.ISRCTN: "participants/inclusion",
        },
    ),
    "age": (
        lambda study: study.age_min is not None or study.age_max is not None,
        {Source.CTGOV: "eligibilityModule.minimumAge", Source.ISRCTN: "participants/lowerAgeLimit"},
    ),
    "sites": (
        lambda study: study.sites,
        {
            Source.CTGOV: "contactsLocationsModule.locations",
            Source.ISRCTN: "participants/trialCentres",
        },
    ),
    "start": (
        lambda study: study.start,
        {Source.CTGOV: "statusModule.startDateStruct", Source.ISRCTN: "participants/recruitmentStart"},
    ),
    "updated": (
        lambda study: study.updated,
        {Source.CTGOV: "statusModule.lastUpdatePostDateStruct", Source.ISRCTN: "trial@lastUpdated"},
    ),
    "sponsor": (
        lambda study: study.sponsor,
        {Source.CTGOV: "sponsorCollaboratorsModule.leadSponsor", Source.ISRCTN: "sponsor/organisation"},
    ),
}
"""What most records have: how it is seen on a study, and what each registry calls it."""


def filled_shares(studies: list[Study]) -> dict[str, dict[str, float]]:
    """Share of the studies that have each field, by leading registry."""
    shares: dict[str, dict[str, float]] = {}
    for source, count in Counter(study.source for study in studies).items():
        if count < FEW:
            continue
        of_source = [study for study in studies if study.source == source]
        shares[str(source)] = {
            name: round(sum(bool(has(study)) for study in of_source) / count, 4)
            for name, (has, _) in FIELDS.items()
        }
    return shares


def changed_format(
    shares: dict[str, dict[str, float]], before: dict[str, dict[str, float]]
) -> str:
    """Which field has gone from many records since the last snapshot, "" if none has."""
    for source, fields in shares.items():
        for name, share in fields.items():
            was = before.get(source, {}).get(name)
            if was is not None and share < was - MOST_FIELD_LOST:
                path = FIELDS[name][1][Source(source)]
                return (
                    f"{source} seems to have changed its format: {path} was filled in {was:.0%} of the"
                    f" studies and is in {share:.0%} now"
                )
    return ""


def too_few(counts: dict[str, int], before: dict[str, int]) -> str:
    """Which registry has lost more studies than can be, "" if none has."""
    for source, was in before.items():
        if source == Source.DEMO or was < FEW:
            continue
        if (now := counts.get(source, 0)) < was * (1 - MOST_LOST):
            return (
                f"{source} had {was:,} open studies in the last list and has {now:,} now, a loss of more"
                f" than {MOST_LOST:.0%}"
            )
    return ""


def too_many_unplaced(sites: int, unplaced: int) -> str:
    """Whether most sites have lost their place, "" if not."""
    if sites >= FEW and unplaced > MOST_UNPLACED * sites:
        return f"{unplaced:,} of {sites:,} sites have no known place, more than {MOST_UNPLACED:.0%}"
    return ""


def by_registry(studies: list[Study]) -> dict[str, int]:
    """How many studies have a record in each registry; one in both counts for both."""
    return dict(Counter(str(record.source) for study in studies for record in study.records))
