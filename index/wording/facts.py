"""Short plain sentences made from a study's structured fields; nothing is added to the record."""

from datetime import date

from index.models import Sex, Status, Study

NOT_SAID = "The record does not say."
_STALE_DAYS = 365


def who(study: Study) -> str:
    """Who can take part, in one line: "Women aged 18 to 75 with asthma"."""
    people = _people(study)
    age = ages(study.age_min, study.age_max)
    line = f"{people} {age}".strip()
    if study.healthy:
        line += ". Healthy people can join too"
    return f"{line}. The study team decides."


def _people(study: Study) -> str:
    child = study.age_max is not None and study.age_max < 18
    if study.sex == Sex.FEMALE:
        return "Girls" if child else "Women"
    if study.sex == Sex.MALE:
        return "Boys" if child else "Men"
    return "Children" if child else "People"


def ages(low: float | None, high: float | None) -> str:
    """An age range in words; limits are years, None for no limit."""
    low = low or None
    if low is None and high is None:
        return "of any age"
    if low is None:
        return f"aged up to {_age(high)}"
    if high is None:
        return f"aged {_age(low)} or over"
    if low >= 1 and high >= 1:
        return f"aged {_number(low)} to {_number(high)}"
    return f"aged {_age(low)} to {_age(high)}"


def _age(value: float | None) -> str:
    years = value or 0
    if years >= 2 or years == int(years):
        return _number(years)
    months = years * 12
    if months >= 1:
        return f"{_number(round(months, 1))} month{'s' if round(months, 1) != 1 else ''}"
    days = round(years * 365.25)
    return f"{days} day{'s' if days != 1 else ''}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.1f}"


def ago(then: date, today: date) -> str:
    """How long ago, in plain words."""
    days = (today - then).days
    if days <= 0:
        return "today"
    for size, name in ((365, "year"), (30, "month"), (7, "week"), (1, "day")):
        if days >= size:
            count = days // size
            return f"{count} {name}{'s' if count != 1 else ''} ago"
    return "today"


def status_text(study: Study, today: date) -> str:
    """Whether people can join, how fresh that is, and any doubt that the record itself raises."""
    updated = f" Updated {ago(study.updated, today)}." if study.updated else ""
    statuses = {record.status for record in study.records if record.status != Status.UNKNOWN}
    if len(statuses) > 1:
        said = " and ".join(f"{record.source} says {_WORD[record.status]}" for record in study.records)
        return f"The registries do not agree: {said}. Ask before you travel.{updated}"
    if study.status == Status.OPEN:
        return _open_text(study, today, updated)
    if study.status == Status.OPENING_SOON:
        when = f" It plans to open in {study.start:%B %Y}." if _ahead(study.start, today) else ""
        return f"Not open yet.{when}{updated}"
    if study.status == Status.CLOSED:
        return f"Closed: people can no longer join.{updated}"
    return f"The record does not say whether people can join. Ask the study team.{updated}"


_WORD = {
    Status.OPEN: "open",
    Status.OPENING_SOON: "opening soon",
    Status.CLOSED: "closed",
    Status.UNKNOWN: "nothing",
}


def _ahead(day: date | None, today: date) -> bool:
    return day is not None and day > today


def _open_text(study: Study, today: date, updated: str) -> str:
    old = study.updated is not None and (today - study.updated).days > _STALE_DAYS
    overdue = study.end is not None and study.end < today
    if overdue and study.end:
        stale = f" and was last updated {ago(study.updated, today)}" if study.updated else ""
        return (
            f"The record says open, but it should have ended in {study.end:%B %Y}{stale}."
            " Ask before you travel."
        )
    if old:
        return f"Open, by a record that is old.{updated} Ask before you travel."
    return f"Open.{updated}"
