"""What somebody's words for a condition lead to: words to search with, or what to ask next."""

from dataclasses import dataclass
from typing import Any

from actions.heard import Heard
from actions.wanted import ANY, joined
from index import Catalogue, StudyQuery
from index.text import plain, words

LONGEST_WORDS = 200
# Words that ask for a study without saying on what.
_SAYS_NOTHING = frozenset(
    words(
        """
        a an the i im ive id we my me you your he she it they is am are was be been have
        has had got do does can could would will want wants wanting like need needs
        looking look find finding search get join help to for in on of about with and or
        any some something anything one ones please study studies trial trials research
        clinical health medical take taking part near nearby local there here what which
        that this no not dont know sure just well ok yes hi hello lets go start again
        another other more
        """
    )
)


@dataclass(frozen=True)
class ConditionAnswer:
    """condition: the slot's value, None where it must be asked. trouble: why, for the question."""

    condition: str | None = None
    trouble: dict[str, Any] | None = None


def named_conditions(heard: Heard) -> str | None:
    """All conditions that the message names and does not rule out: "asthma and eczema"."""
    found: list[str] = []
    for value in heard.values("condition"):
        if plain(value) not in {plain(other) for other in found}:
            found.append(" ".join(value.split()))
    return joined(found)[:LONGEST_WORDS] or None


def known_conditions(heard: Heard) -> dict[str, str]:
    """Words -> the lexicon's id for them, of those named conditions that can mean one thing only."""
    found: dict[str, str] = {}
    for entity in heard.entities:
        concepts = entity.get("concepts") or []
        if entity.get("entity") == "condition" and len(concepts) == 1:
            found.setdefault(" ".join(str(entity["value"]).split()), str(concepts[0]))
    return found


def read_condition(heard: Heard, catalogue: Catalogue) -> ConditionAnswer:
    """The condition of an answer to the question for it, known to the lexicon or not."""
    if named := named_conditions(heard):
        return ConditionAnswer(named)
    if heard.value("volunteer"):
        return ConditionAnswer(ANY)
    if heard.intent == "no_preference":
        return ConditionAnswer(trouble={"kind": "needed"})
    said = " ".join(heard.text.split())[:LONGEST_WORDS]
    telling = [word for word in words(said) if word not in _SAYS_NOTHING]
    if not telling or heard.is_choice or heard.value("place") or heard.value("postcode"):
        return ConditionAnswer()
    if _is_known(said, catalogue):
        return ConditionAnswer(said)
    return ConditionAnswer(trouble={"kind": "unknown"})


def _is_known(said: str, catalogue: Catalogue) -> bool:
    """Whether some study, open or not, is about these words."""
    result = catalogue.search(StudyQuery(condition=said, statuses="any", limit=1))
    return bool(result.results) and result.results[0].match == "about"
