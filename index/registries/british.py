"""What belongs in a catalogue of the UK: the study's British part, without its sites abroad."""

from index.models import Status, Study

UK = frozenset(
    ["united kingdom", "uk", "england", "scotland", "wales", "northern ireland", "great britain"]
)
JOINABLE = (Status.OPEN, Status.OPENING_SOON)


def in_uk(country: str) -> bool:
    """Whether a registry's name of a country is the UK, or one of its nations."""
    return country.strip().lower() in UK


def british_part(study: Study) -> Study | None:
    """The study with its UK sites only, None if people in the UK cannot take part.

    A study that names no site at all is British when it is done from home or recruits in the UK.
    """
    british = [site for site in study.sites if in_uk(site.country)]
    nowhere = not study.sites and (study.from_home or any(map(in_uk, study.countries)))
    if not british and not nowhere:
        return None
    return study.model_copy(update={"sites": british})


def joinable(study: Study) -> bool:
    """Whether people can join now, or soon."""
    return study.status in JOINABLE
