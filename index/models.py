"""A study as every registry's reader hands it on, before it is indexed.

Fields hold what the record says. What it does not say is None or empty: nothing is filled in.
"""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, Field


class Status(StrEnum):
    """Whether people can join."""

    OPEN = "open"
    OPENING_SOON = "opening_soon"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Source(StrEnum):
    """The registry that a record was read from."""

    CTGOV = "ClinicalTrials.gov"
    ISRCTN = "ISRCTN"
    DEMO = "demo"


class Sex(StrEnum):
    """Who can join, by sex."""

    ALL = "all"
    FEMALE = "female"
    MALE = "male"


class Contact(BaseModel):
    """Whom to ask, exactly as the record gives it."""

    name: str = ""
    phone: str = ""
    email: str = ""


class Site(BaseModel):
    """One place where people can join. lat and lon are degrees (WGS 84), None if unplaced."""

    name: str = ""
    town: str = ""
    county: str = ""
    nation: str = ""
    country: str = ""
    postcode: str = ""
    status: Status = Status.UNKNOWN
    lat: float | None = None
    lon: float | None = None
    contacts: list[Contact] = Field(default_factory=list)


class Intervention(BaseModel):
    """What is tried: type is the registry's word in lower case (drug, device, behavioural ...)."""

    type: str = ""
    name: str = ""
    description: str = ""


class Record(BaseModel):
    """One registry's entry for the study: where it is and what it said of its status.

    start: when the first person can join; end: when the whole study ends
    """

    source: Source
    id: str
    url: str
    status: Status = Status.UNKNOWN
    status_text: str = ""
    updated: date | None = None
    start: date | None = None
    end: date | None = None


class Disagreement(BaseModel):
    """Something that the registries of one study say differently.

    says: registry's name -> a Status for "status", an ISO date for "start" and "end"
    """

    about: Literal["status", "start", "end"]
    says: dict[str, str]


class Plain(BaseModel):
    """A study's title and summary in plain English, made once. made_with: what they were made with."""

    title: str
    summary: str
    made_with: str


SECTIONS = (
    "background",
    "who",
    "involves",
    "benefits_and_risks",
    "run_from",
    "dates",
    "funding",
    "contact",
)
"""The eight headings of ISRCTN's plain English summary, as keys of `Study.sections`."""


class Study(BaseModel):
    """One study. Ages are years; dates with only a month stand at its first day.

    countries: where people are recruited, as far as the record says so apart from its sites
    disagreements: what its records say differently, where it stands in two registries
    """

    id: str = Field(min_length=1)
    records: list[Record] = Field(min_length=1)
    other_ids: list[str] = Field(default_factory=list)

    title: str = ""
    scientific_title: str = ""
    acronym: str = ""
    summary: str = ""
    details: str = ""
    sections: dict[str, str] = Field(default_factory=dict)

    conditions: list[str] = Field(default_factory=list)
    keywords: list[str] = Field(default_factory=list)
    tags: list[str] = Field(default_factory=list)
    broader_tags: list[str] = Field(default_factory=list)

    kind: str = ""
    purpose: str = ""
    phases: list[str] = Field(default_factory=list)
    allocation: str = ""
    masking: str = ""
    interventions: list[Intervention] = Field(default_factory=list)
    target: int | None = None

    status: Status = Status.UNKNOWN
    start: date | None = None
    end: date | None = None
    updated: date | None = None

    age_min: float | None = None
    age_max: float | None = None
    sex: Sex = Sex.ALL
    healthy: bool = False
    takes_part: list[str] = Field(default_factory=list)
    from_home: bool = False
    inclusion: list[str] = Field(default_factory=list)
    exclusion: list[str] = Field(default_factory=list)
    eligibility: str = ""

    sponsor: str = ""
    funders: list[str] = Field(default_factory=list)
    contacts: list[Contact] = Field(default_factory=list)
    sites: list[Site] = Field(default_factory=list)
    countries: list[str] = Field(default_factory=list)
    disagreements: list[Disagreement] = Field(default_factory=list)
    plain: Plain | None = None

    @property
    def source(self) -> Source:
        """The registry whose record leads."""
        return self.records[0].source
