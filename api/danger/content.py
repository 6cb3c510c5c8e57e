"""The words and patterns of `data/safety/`, read and checked. Editors' mistakes are named here."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict

from api.danger.patterns import Pattern

PATTERN_FILES = ("life.yml", "self_harm.yml", "abuse.yml")
Shape = TypeVar("Shape", bound=BaseModel)
KINDS = ("life", "self_harm", "abuse")


class _Excuse(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: list[str] = []
    patterns: list[str] = []
    only_with: list[str] = []
    anywhere: bool = False
    now_overrules: bool = True


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    unless: list[str] = []
    patterns: list[str]


class _PatternFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Literal["life", "self_harm", "abuse"]
    groups: list[_Group]


class _WordFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    stand_for: dict[str, str]
    fillers: str
    join: dict[str, str]
    families: dict[str, str]
    excuses: dict[str, _Excuse]


@dataclass(frozen=True)
class Excuse:
    """What makes a pattern harmless: words in the same sentence (or anywhere), or patterns.

    also: families that must be in the message as well; now_overrules: words like "now" undo it
    """

    words: frozenset[str]
    patterns: tuple[Pattern, ...]
    also: frozenset[str]
    anywhere: bool
    now_overrules: bool


@dataclass(frozen=True)
class Group:
    """Patterns of one kind of danger that share their excuses."""

    kind: str
    name: str
    patterns: tuple[Pattern, ...]
    unless: tuple[Excuse, ...]


class SafetyContent:
    """Everything but the cards."""

    def __init__(
        self, words: _WordFile, files: list[_PatternFile], ordinary: frozenset[str]
    ) -> None:
        self.kinds = KINDS
        self.ordinary = ordinary
        self.join = words.join
        self.expand = {word: text.split() for word, text in words.stand_for.items()}
        self.expand |= {word: [] for word in words.fillers.split()}
        self._exact: dict[str, set[str]] = {}
        self._starts: dict[str, set[str]] = {}
        for family, members in words.families.items():
            for member in members.split():
                if member.endswith("*"):
                    self._starts.setdefault(member[:-1], set()).add(family)
                else:
                    self._exact.setdefault(member, set()).add(family)
        excuses = {name: self._excuse(raw) for name, raw in words.excuses.items()}
        self.groups = [
            self._group(file.kind, raw, excuses) for file in files for raw in file.groups
        ]
        self._check_families(words)
        # What spelling may be mended to: every word and start of a word that means something.
        literals = {
            word
            for group in self.groups
            for pattern in group.patterns
            for part in pattern.parts
            for item in part
            for word in item.ids
            if not word.isupper()
        }
        self.known = frozenset(self._exact) | literals | frozenset(self._starts)
        self.marks = lru_cache(maxsize=20_000)(self._marks)

    @classmethod
    def load(cls, folder: Path) -> "SafetyContent":
        """Read the folder. Raises ValueError that names the file and what is wrong in it."""
        words = _read(folder / "words.yml", _WordFile)
        files = [_read(folder / name, _PatternFile) for name in PATTERN_FILES]
        ordinary = yaml.safe_load((folder / "ordinary_words.yml").read_text("utf-8"))["words"]
        return cls(words, files, frozenset(ordinary.split()))

    def _marks(self, word: str) -> frozenset[str]:
        """Give the word with every family it belongs to."""
        families = set(self._exact.get(word, ()))
        for length in range(3, len(word) + 1):
            families |= self._starts.get(word[:length], set())
        if word.isdigit() and 8 <= int(word) <= 500:
            families.add("MANY")
        if word.isdigit() and 1940 <= int(word) <= 2030:
            families.add("YEAR")
        return frozenset(families | {word})

    def _patterns(self, sources: list[str]) -> tuple[Pattern, ...]:
        return tuple(each for source in sources for each in Pattern.parse(source, self.expand))

    def _excuse(self, raw: _Excuse) -> Excuse:
        return Excuse(
            words=frozenset(raw.words),
            patterns=self._patterns(raw.patterns),
            also=frozenset(raw.only_with),
            anywhere=raw.anywhere,
            now_overrules=raw.now_overrules,
        )

    def _group(self, kind: str, raw: _Group, excuses: dict[str, Excuse]) -> Group:
        unknown = [name for name in raw.unless if name not in excuses]
        if unknown:
            raise ValueError(f"{kind}, {raw.name}: there is no excuse called {unknown[0]!r}")
        return Group(
            kind=kind,
            name=raw.name,
            patterns=self._patterns(raw.patterns),
            unless=tuple(excuses[name] for name in raw.unless),
        )

    def _check_families(self, words: _WordFile) -> None:
        known = set(words.families) | {"MANY", "YEAR"}
        for group in self.groups:
            for pattern in group.patterns:
                used = {word for part in pattern.parts for item in part for word in item.ids}
                for name in sorted(word for word in used if word.isupper() and word not in known):
                    raise ValueError(f"{group.name}: {pattern.source!r} names no family {name}")


def _read(path: Path, shape: type[Shape]) -> Shape:
    raw: Any = yaml.safe_load(path.read_text("utf-8"))
    try:
        return shape.model_validate(raw)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
