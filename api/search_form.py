"""The questions of a search, as they come in an address: for the JSON and for the pages."""

from typing import Annotated, Literal

from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict, Field, field_validator

from api.catalogue_door import Finder
from api.messages_in import clean
from api.problems import ProblemError
from index.queries import Place, StudyQuery
from settings import Settings

MAX_PLACE_CHARACTERS = 100


class Search(BaseModel):
    """What is asked for; an empty field of a form counts as not given. Ages are years."""

    model_config = ConfigDict(extra="ignore")

    condition: str = Field(default="", max_length=1000)
    near: str = Field(default="", max_length=MAX_PLACE_CHARACTERS)
    miles: float | None = Field(default=None, gt=0, le=1000, allow_inf_nan=False)
    age: float | None = Field(default=None, ge=0, le=120, allow_inf_nan=False)
    sex: Literal["female", "male"] | None = None
    healthy: bool = False
    status: Literal["open", "any"] = "open"
    limit: int = Field(default=10, ge=1, le=100)
    offset: int = Field(default=0, ge=0, le=10_000)

    @field_validator("*", mode="before")
    @classmethod
    def empty_is_not_given(cls, value: object, info: object) -> object:
        """Forms send every field, filled in or not."""
        name = getattr(info, "field_name", "")
        if isinstance(value, str):
            value = clean(value)
            if name == "sex":
                value = value.lower()
                value = {"f": "female", "m": "male", "all": "", "any": ""}.get(value, value)
            if value == "" and name not in ("condition", "near"):
                return cls.model_fields[name].default
        return value

    def place(self, places: Finder) -> Place | None:
        """Give the place, None without one; raise ProblemError 422 that names candidates."""
        if not self.near:
            return None
        found = places.find(self.near)
        if found.kind == "found" and found.place:
            return found.place
        names = [each.label for each in found.candidates[:6]]
        details = {
            "ambiguous": "There is more than one place with that name.",
            "abroad": "That place looks to be outside the UK. We only list studies in the UK.",
        }
        detail = details.get(found.kind, "We do not know that place. Try a larger town nearby.")
        if names:
            detail += f" Did you mean: {'; '.join(names)}?"
        raise ProblemError(422, detail, extra={"near": found.kind, "candidates": names})

    def query(self, places: Finder, settings: Settings) -> StudyQuery:
        """Give the query for the index. Raises ProblemError as `place` does."""
        place = self.place(places)
        miles = self.miles or (float(settings.default_miles) if place else None)
        return StudyQuery(
            condition=self.condition or None,
            place=place,
            miles=miles if place else None,
            age=self.age,
            sex=self.sex,
            healthy=self.healthy,
            statuses=self.status,
            limit=self.limit,
            offset=self.offset,
        )


def read_search(asked: Annotated[Search, Query()]) -> Search:
    """Give the search of the address."""
    return asked


SearchDep = Annotated[Search, Depends(read_search)]
