"""What is looked for, from a conversation's slots to a StudyQuery and back to words."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from rasa_sdk import Tracker

from index import Person, Place, StudyQuery

ANY = "any"
"""As condition: every condition. As another value of a choice: take this limit away."""
ANYWHERE: dict[str, Any] = {"label": "anywhere in the UK", "lat": None, "lon": None, "reach": 0}


@dataclass(frozen=True)
class Wanted:
    """The slots of a search; place is {label, lat, lon, reach} with lat None for anywhere.

    The place may have "also", the label of another town that was named beside it.

    concepts: words of the condition -> lexicon id, empty where not all of it is known
    """

    condition: str | None
    concepts: dict[str, str]
    place: dict[str, Any] | None
    age: float | None
    sex: Literal["female", "male"] | None
    miles: float | None
    from_home: bool
    healthy: bool
    closed_too: bool = False
    answers: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, tracker: Tracker) -> "Wanted":
        """What the conversation knows so far; a slot in a shape that is not ours is empty."""
        slots = tracker.slots
        place = slots.get("place")
        sex = slots.get("sex")
        return cls(
            condition=slots.get("condition") or None,
            concepts=concepts_of(slots.get("condition"), slots.get("condition_ids")),
            place=place if isinstance(place, dict) and "label" in place else None,
            age=number(slots.get("age")),
            sex=cast(Literal["female", "male"], sex) if sex in ("female", "male") else None,
            miles=number(slots.get("miles")),
            from_home=slots.get("setting") == "home",
            healthy=slots.get("volunteer") == "healthy",
            closed_too=slots.get("recruiting") == ANY,
            answers=answers_of(slots.get("answers")),
        )

    @property
    def person(self) -> Person:
        """Who may take part, as the rules of a study are judged by it."""
        condition = None if self.condition == ANY else self.condition
        return Person(self.age, self.sex, condition, self.healthy, dict(self.answers))

    @property
    def also(self) -> str:
        """Another town that is to be offered once this one has been searched; "" for none."""
        return str((self.place or {}).get("also") or "")

    @property
    def complete(self) -> bool:
        """Whether a search can begin."""
        return self.condition is not None and self.place is not None

    @property
    def somewhere(self) -> Place | None:
        """The point that distances are measured from; None for anywhere."""
        if self.place is None or self.place["lat"] is None:
            return None
        return Place.model_validate({key: self.place[key] for key in ("label", "lat", "lon")})

    def query(self, default_miles: int, limit: int, offset: int = 0) -> StudyQuery:
        """As search takes it; without a wish, the radius covers the whole of a county or nation."""
        miles = None
        if self.place is not None and self.somewhere is not None:
            miles = self.miles or max(default_miles, float(self.place.get("reach") or 0))
        return StudyQuery(
            condition=None if self.condition == ANY else self.condition,
            concepts=self.concepts,
            place=self.somewhere,
            miles=miles,
            age=self.age,
            sex=self.sex,
            healthy=self.healthy,
            from_home=self.from_home,
            statuses="any" if self.closed_too else "open",
            limit=limit,
            offset=offset,
        )


def concepts_of(condition: object, ids: object) -> dict[str, str]:
    """Words -> lexicon id, if they are all of the condition: ids never outlive the words they stand for."""
    if not isinstance(ids, dict) or joined(ids) != condition:
        return {}
    return {str(words): str(concept_id) for words, concept_id in ids.items()}


def joined(conditions: Iterable[str]) -> str:
    """Several conditions as the condition slot holds them: "asthma and eczema"."""
    return " and ".join(conditions)


def answers_of(value: object) -> dict[str, bool]:
    """What was answered about rules: topic -> yes or no; a skipped question has no answer."""
    known = value if isinstance(value, dict) else {}
    return {str(topic): said for topic, said in known.items() if isinstance(said, bool)}


def number(value: object) -> float | None:
    """A finite number from a slot or an entity, or None."""
    try:
        found = float(str(value))
    except ValueError:
        return None
    return found if math.isfinite(found) and found >= 0 else None


def named(query: StudyQuery) -> str:
    """What is looked for in words: “studies about dementia near Leeds, for a woman of 72”."""
    text = "studies"
    if query.condition:
        text += f" about {query.condition}"
    if query.healthy:
        text += " that healthy people can join" if query.condition else " for healthy people"
    if query.from_home:
        text += " that you can do from home"
    if query.place and query.miles and not query.from_home:
        text += f" within {plain_number(query.miles)} miles of {query.place.label}"
    elif query.place:
        text += f" near {query.place.label}"
    person = _person(query)
    return f"{text}, for {person}" if person else text


def _person(query: StudyQuery) -> str:
    child = query.age is not None and query.age < 18
    if query.sex is None and query.age is None:
        return ""
    if query.sex == "female":
        who = "a girl" if child else "a woman"
    elif query.sex == "male":
        who = "a boy" if child else "a man"
    else:
        who = "a child" if child else "a person"
    if query.age is None:
        return who
    if query.age < 1:
        return f"{who} under 1"
    return f"{who} of {plain_number(query.age)}"


def plain_number(value: float) -> str:
    """30, not 30.0."""
    return f"{value:g}" if value == round(value, 1) else f"{value:.1f}"
