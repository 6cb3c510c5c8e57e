"""Whole sentences that records write again and again, said plainly (`data/plain_english/patterns.yml`)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.yaml_file import read_yaml

FILE = Path(__file__).resolve().parents[2] / "data" / "plain_english" / "patterns.yml"
_SLOT = re.compile(r"\{([abc])\}")
_AFTER_THAT = re.compile(r"\b(that|which) (?:\w+ly )?(?!(?:they|he|she|patients?|subjects?)\b)\w+")
_PART = re.compile(r"\{[abc]\}|\[[^\]]+\]|\([^)]+\)|[^\s\[\](){}]+")


class PatternError(ValueError):
    """A pattern that cannot be used; the message names it and the remedy."""


@dataclass(frozen=True)
class Pattern:
    """source and plain as they are written in the file; regex finds source.

    never: what no slot may hold, unless "that" or "which" stands before it
    """

    source: str
    plain: str
    regex: re.Pattern[str]
    never: re.Pattern[str] | None = None

    @classmethod
    def of(cls, source: str, plain: str, never: Iterable[str] = ()) -> "Pattern":
        """Raises PatternError when a slot stands on one side only."""
        if sorted(_SLOT.findall(source)) != sorted(_SLOT.findall(plain)):
            raise PatternError(
                f"{FILE.name}: {source!r} and {plain!r} must hold the same {{a}}, {{b}}, {{c}}"
            )
        words = "|".join(rf"\b{re.escape(word)}\b" if word.isalpha() else re.escape(word) for word in never)
        barred = re.compile(words, re.IGNORECASE) if words else None
        return cls(source, plain, re.compile(_regex(source), re.IGNORECASE), barred)

    def apply(self, sentence: str) -> str | None:
        """The sentence said plainly, or None when the pattern does not fit it."""
        found = self.regex.fullmatch(sentence.strip())
        if not found:
            return None
        slots = {name: found[name].strip(" ,") for name in found.groupdict()}
        if any(not slot or re.search(r"[.!?;]\s", slot) for slot in slots.values()):
            return None
        if self.never and any(self.never.search(_AFTER_THAT.sub(r"\1", slot)) for slot in slots.values()):
            return None
        return _SLOT.sub(lambda mark: slots[mark[1]], self.plain) + "."

    def literals(self) -> tuple[list[str], str]:
        """Each way of writing the source and the plain side, without their slots."""
        options = [""]
        for part in _PART.findall(_SLOT.sub(" ", self.source)):
            words = part[1:-1].split("|") if part[0] in "([" else [part]
            choices = words + ([""] if part[0] == "[" else [])
            options = [f"{before} {word}".strip() for before in options for word in choices][:500]
        return options, " ".join(_SLOT.sub(" ", self.plain).split())


def _regex(source: str) -> str:
    pieces = []
    for part in _PART.findall(source):
        if part[0] == "{":
            pieces.append(rf"(?P<{part[1]}>.+?)")
        elif part[0] in "([":
            words = "|".join(_literal(option) for option in part[1:-1].split("|"))
            pieces.append(f"(?:(?:{words})\\s+)?" if part[0] == "[" else f"(?:{words})")
        else:
            pieces.append(_literal(part))
    text = ""
    for piece in pieces:
        joined = not text or text.endswith(r"\s+)?") or piece[0] in ",:;"
        text += ("" if joined else r"\s+") + piece
    return text + r"\s*[.:;]?"


def _literal(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split()).replace(r"\s+:", r"\s*:")


def load(file: Path = FILE) -> list[Pattern]:
    """Every pattern in the file's order; raises PatternError.

    never: words that no slot may hold; people: those that none may hold even where it is free
    """
    content = read_yaml(file)
    if not isinstance(content, dict) or not isinstance(content.get("patterns"), list):
        raise PatternError(f"{file.name}: the first line after the comment must be 'patterns:'")
    for entry in content["patterns"]:
        if not isinstance(entry, dict) or not {"from", "to"} <= set(entry) <= {"from", "to", "free", "also"}:
            raise PatternError(
                f"{file.name}: an entry needs from and to, and may have free or also: {entry!r}"
            )
    people, never = content.get("people", []), content.get("never", [])
    return [
        Pattern.of(
            entry["from"],
            entry["to"],
            [*people, *([] if entry.get("free") else never), *entry.get("also", [])],
        )
        for entry in content["patterns"]
    ]
