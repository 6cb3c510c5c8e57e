"""What the learnt half of the danger check learns from: messages, and the kind of each."""

import random
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from api.danger.learnt import KINDS

ORDINARY = "ordinary"
DRAWS = 5
"""Made-up messages for each condition."""
_MARK = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass
class Examples:
    """texts, and kinds: for each text life, self_harm, abuse or ordinary."""

    texts: list[str]
    kinds: list[str]

    @classmethod
    def read(cls, data: Path, seed: int = 0) -> "Examples":
        """Everything under `data` to learn from; seed: another one makes up other messages.

        Raises ValueError naming the file that is not a list of messages.
        """
        found = cls([], [])
        requests = made_up(data / "safety" / "examples", seed)
        for kind in (*KINDS, ORDINARY):
            texts = written(data / "safety" / "examples" / f"{kind}.yml")
            found.add(kind, texts)
            found.add(kind, beside_a_request(texts, requests, seed))
        found.add(ORDINARY, of_assistant(data))
        found.add(ORDINARY, requests)
        return found

    def add(self, kind: str, texts: list[str]) -> None:
        """Add messages of one kind."""
        self.texts += texts
        self.kinds += [kind] * len(texts)


def beside_a_request(texts: list[str], requests: list[str], seed: int = 0) -> list[str]:
    """Each text with an ordinary request behind it or before it.

    Which takes no cry for help back, and makes no ordinary message one.
    """
    found = []
    for text in texts:
        chance = random.Random(f"{text} {seed}")  # noqa: S311 (no secret)
        parts = [text.rstrip(" .!"), chance.choice(requests)]
        chance.shuffle(parts)
        found.append(chance.choice([", ", ". ", " ", " and "]).join(parts))
    return found


def written(file: Path) -> list[str]:
    """The messages that editors wrote into a file."""
    content = yaml.safe_load(file.read_text("utf-8"))
    if not isinstance(content, dict) or not isinstance(content.get("messages"), list):
        raise ValueError(f"{file}: it must hold a list named 'messages'")
    return [str(message) for message in content["messages"]]


def of_assistant(data: Path) -> list[str]:
    """All training messages of the assistant but those of somebody in danger."""
    found = []
    for file in sorted((data / "nlu").glob("*.yml")):
        for entry in yaml.safe_load(file.read_text("utf-8")).get("nlu", []):
            if entry.get("intent") not in (None, "emergency_or_distress"):
                lines = str(entry["examples"]).splitlines()
                found += [_MARK.sub(r"\1", line.removeprefix("- ")) for line in lines]
    return found


def made_up(folder: Path, seed: int = 0) -> list[str]:
    """Ordinary messages from `ordinary_templates.yml` about `ordinary_conditions.yml`.

    Each is drawn by its own condition and number, so that a condition more or less changes no other.
    """
    kept = yaml.safe_load((folder / "ordinary_templates.yml").read_text("utf-8"))
    conditions = yaml.safe_load((folder / "ordinary_conditions.yml").read_text("utf-8"))
    found = []
    for condition in filter(None, map(str.strip, conditions["conditions"].split(";"))):
        for number in range(DRAWS):
            chance = random.Random(f"{condition} {number} {seed}")  # noqa: S311 (no secret)
            he = chance.choice(["he", "she"])
            found.append(
                chance.choice(kept["templates"]).format(
                    relative=chance.choice(kept["relatives"][he]),
                    he=he,
                    age=chance.randint(2, 90),
                    condition=condition,
                    place=chance.choice(kept["places"]),
                )
            )
    return found
