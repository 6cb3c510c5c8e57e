"""What goes into a search and what comes out of it: the shapes that everything else relies on."""

from typing import Literal

from pydantic import BaseModel, Field, field_validator

from index.models import Source, Status

MAX_CONDITION_CHARACTERS = 1000


class Place(BaseModel):
    """A point in the UK that distances are measured from; degrees, WGS 84."""

    label: str
    lat: float
    lon: float


class StudyQuery(BaseModel):
    """What is looked for.

    condition: the person's own words, None or empty for every study
    concepts: where all of the condition is known already, its words -> the lexicon's id for them, which is
        looked up instead of reading the words again
    miles: radius around `place`, None for any distance; studies done from home pass at any radius
    age: completed years
    healthy: only studies that take people without the condition
    from_home: only studies done from home
    statuses: "open" lets only studies through that people can join now
    """

    condition: str | None = None
    concepts: dict[str, str] = {}
    place: Place | None = None
    miles: float | None = Field(None, gt=0, le=1000)
    age: float | None = Field(None, ge=0, le=120)
    sex: Literal["female", "male"] | None = None
    healthy: bool = False
    from_home: bool = False
    statuses: Literal["open", "any"] = "open"
    limit: int = Field(10, ge=1, le=100)
    offset: int = Field(0, ge=0, le=10_000)

    @field_validator("condition", mode="before")
    @classmethod
    def cut_condition(cls, value: object) -> object:
        """Longer texts add nothing to a search; the head holds the condition."""
        return value[:MAX_CONDITION_CHARACTERS] if isinstance(value, str) else value

    @field_validator("sex", mode="before")
    @classmethod
    def read_sex(cls, value: object) -> object:
        """F, M, female, woman, girl ... in any case; "all" and "" mean no filter."""
        if not isinstance(value, str):
            return value
        word = value.strip().lower()
        if word in ("", "all", "any", "both"):
            return None
        if word in ("f", "female", "woman", "women", "girl"):
            return "female"
        if word in ("m", "male", "man", "men", "boy"):
            return "male"
        return value


class Understood(BaseModel):
    """What the search took the query to mean."""

    condition: str | None = None
    place: Place | None = None
    miles: float | None = None
    age: float | None = None
    sex: str | None = None
    healthy: bool = False
    from_home: bool = False
    note: str = ""


class NearestSite(BaseModel):
    """The open site nearest to the person, or the nearest site when none is open."""

    name: str
    town: str
    miles: float | None
    open: bool


class RegistryLink(BaseModel):
    """A registry's public page of the study."""

    name: str
    url: str


class Links(BaseModel):
    """Ways on. `page` is a path of this service."""

    take_part: str
    registries: list[RegistryLink]
    page: str


class StudyCard(BaseModel):
    """One match, in plain English."""

    id: str
    title: str
    summary: str
    match: Literal["about", "related"]
    why: list[str]
    conditions: list[str]
    status: Status
    status_text: str
    who: str
    nearest_site: NearestSite | None
    sites_open_in_range: int
    from_home: bool
    links: Links
    source: Source


class LeftOut(BaseModel):
    """Studies that matched the condition and were filtered out, each counted once.

    A study counts under the first of: not open, age, sex, healthy, from home, too far.
    """

    too_far: int = 0
    not_open: int = 0
    age: int = 0
    sex: int = 0
    healthy: int = 0
    from_home: int = 0


class Wider(BaseModel):
    """How many more studies a wider radius would bring."""

    miles: int
    adds: int


class SearchResult(BaseModel):
    """A page of matches, with what was understood and what was left out.

    freshness: how fresh the list is, a plain sentence
    """

    understood: Understood
    total: int
    results: list[StudyCard]
    left_out: LeftOut
    wider: list[Wider]
    ask: list[str] = []
    freshness: str = ""


class Section(BaseModel):
    """One part of a study's page: plain text, and the record's own words."""

    heading: str
    text: str
    original: str


class SitePage(BaseModel):
    """A site on a study's page."""

    name: str
    town: str
    nation: str
    status: Status
    miles: float | None
    lat: float | None
    lon: float | None


Answer = Literal["met", "not_met", "unknown"]
"""Of a rule: what the person said fits it, stands against taking part, or does not settle it."""


class Rule(BaseModel):
    """One rule on who can join: kind says which way it counts.

    original: the record's sentence; own_words: `text` is that sentence, too hard to be put safely
    answer and because: what the person's own words say about the rule
    topic: of the question whose answer that is, where it comes from one
    """

    kind: Literal["include", "exclude"]
    text: str
    original: str
    own_words: bool = False
    answer: Answer = "unknown"
    because: str = ""
    topic: str = ""


class Question(BaseModel):
    """A closed question that would settle a rule; it may be skipped. topic: the answer's name."""

    topic: str
    text: str
    rule: str


class StudyPage(StudyCard):
    """A whole study, as its page and the chat show it.

    burden: part of what it takes -> plain words, or that the record does not say
    burden_sources: the same parts -> the record's own sentence, for those that it speaks of
    burden_labels: the same parts -> what people call them
    questions: what the person may be asked next; record_title: the title as the record has it
    """

    sections: list[Section]
    sites: list[SitePage]
    eligibility: list[Rule]
    burden: dict[str, str]
    burden_sources: dict[str, str] = {}
    burden_labels: dict[str, str] = {}
    contacts: list[dict[str, str]]
    questions: list[Question] = []
    ask_a_doctor: list[str] = []
    record_title: str = ""
