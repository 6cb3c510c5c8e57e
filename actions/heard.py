"""What a person's latest message says, as Rasa understood it."""

from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

# Intents whose message may also name a condition or a place that is to be searched for.
MAY_SEARCH = frozenset(
    {"affirm", "ask_help", "closer_results", "deny", "find_study", "greet", "nlu_fallback"}
    | {"no_preference", "start_again", "wider_search"}
)

CERTAIN_JOKE = 0.8
GUESS = 0.45


@dataclass(frozen=True)
class Heard:
    """text is the person's words; a choice of ours begins with a slash and has entities only."""

    text: str
    intent: str
    entities: list[dict[str, Any]]
    confidence: float = 1.0

    @classmethod
    def of(cls, tracker: Tracker) -> "Heard":
        """The latest message."""
        message = tracker.latest_message or {}
        intent = message.get("intent") or {}
        return cls(
            message.get("text") or "",
            intent.get("name") or "",
            _certain(list(message.get("entities") or [])),
            float(intent.get("confidence", 1.0)),
        )

    @property
    def may_be_an_answer(self) -> bool:
        """Whether a message without entities may still answer the form's question.

        Odd words look like a joke or like something out of scope: there only certainty counts.
        """
        if self.intent in ("insult_or_joke", "out_of_scope"):
            return self.confidence < CERTAIN_JOKE
        return self.intent in MAY_SEARCH or self.confidence < GUESS

    @property
    def is_choice(self) -> bool:
        """Whether a choice was taken instead of typing."""
        return self.text.startswith("/")

    def values(self, entity: str) -> list[str]:
        """An entity's values in the order of the text, each once."""
        found = [str(e["value"]) for e in self.entities if e.get("entity") == entity]
        return list(dict.fromkeys(found))

    def value(self, entity: str) -> str | None:
        """An entity's first value."""
        return next(iter(self.values(entity)), None)

    def share(self, *kinds: str) -> float:
        """Which part of the message's letters these entities cover, 0 to 1."""
        letters = sum(not char.isspace() for char in self.text)
        covered: set[int] = set()
        for entity in self.entities:
            if entity.get("entity") in kinds and entity.get("end") is not None:
                covered.update(range(int(entity["start"]), int(entity["end"])))
        found = sum(not self.text[at].isspace() for at in covered if at < len(self.text))
        return found / letters if letters else 0.0


def _certain(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without conditions and places in words that already say something else.

    "From home" is no town (Frome), "healthy people" no illness, and "me" is a pronoun: the illness
    is written ME.
    """
    plainer = [e for e in entities if e.get("entity") in ("setting", "volunteer")]
    return [
        entity
        for entity in entities
        if entity.get("entity") not in ("condition", "place")
        or not (entity.get("value") == "me" or any(_overlap(entity, e) for e in plainer))
    ]


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if one.get("end") is None or other.get("end") is None:
        return False
    return bool(one["start"] < other["end"] and other["start"] < one["end"])
