"""What the search form says of a person, carried to a study's page in its address: pages keep nothing."""

from collections.abc import Mapping

from pydantic import ValidationError

from api.search_form import Search
from index.wording.judge import Person

SAID = ("age", "sex", "healthy")


def read_said(asked: Mapping[str, str]) -> Search:
    """Age, sex and whether healthy, as an address has them; what cannot be read counts as not said."""
    said = {name: asked[name] for name in SAID if name in asked}
    try:
        return Search.model_validate(said)
    except ValidationError as error:
        wrong = {fault["loc"][0] for fault in error.errors()}
        return Search.model_validate({name: value for name, value in said.items() if name not in wrong})


def person_of(search: Search) -> Person:
    """The person whom a study's rules are judged for."""
    return Person(age=search.age, sex=search.sex, healthy=search.healthy)


def as_query(search: Search) -> dict[str, str]:
    """The same for an address; nothing that was not said."""
    age = f"{search.age:g}" if search.age is not None else ""
    found = {"age": age, "sex": search.sex or "", "healthy": "true" if search.healthy else ""}
    return {name: value for name, value in found.items() if value}


def in_words(search: Search) -> str:
    """The same for a reader: "aged 60, female"."""
    parts = [f"aged {search.age:g}" if search.age is not None else "", search.sex or ""]
    parts.append("healthy" if search.healthy else "")
    return ", ".join(part for part in parts if part)
