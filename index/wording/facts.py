"""Short plain sentences made from a study's structured fields; nothing is added to the record."""

from datetime import date

from index.models import Sex, Study

NOT_SAID = "The record does not say."
_YEAR = 365


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
    long = since(then, today)
    return f"{long} ago" if long else "today"


def since(then: date, today: date) -> str:
    """How much time has passed, in plain words; "" for today or a day to come."""
    days = (today - then).days
    for size, name in ((_YEAR, "year"), (30, "month"), (7, "week"), (1, "day")):
        # "14 months" says more than "1 year"; from 2 years on, years are enough.
        if days >= size and not (name == "year" and days < 2 * _YEAR):
            count = days // size
            return f"{count} {name}{'s' if count != 1 else ''}"
    return ""
