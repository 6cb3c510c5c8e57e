"""The lexicon of conditions: what people, doctors and records call the same thing.

Read from `data/lexicon/*.yml`, which editors write.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

from index.text import plain, stem, words
from index.yaml_file import read_yaml

FIELDS = ("id", "name", "medical", "abbreviations", "lay", "misspelt", "broader")


class LexiconError(ValueError):
    """A lexicon file that cannot be used; the message names file, concept and remedy."""


@dataclass(frozen=True)
class Concept:
    """One condition or topic. `broader` holds ids of what it is a kind of."""

    id: str
    name: str
    medical: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    lay: tuple[str, ...] = ()
    misspelt: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()

    def terms(self) -> Iterator[str]:
        """Every written form but the abbreviations."""
        yield self.name
        yield from self.medical
        yield from self.lay
        yield from self.misspelt


@dataclass
class Equivalents:
    """Single words that mean the same inside a condition's name.

    everyday: short forms that are words of everyday talk ("hand"), and short forms only in capitals
    """

    same: dict[str, str] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    empty_beside_cancer: frozenset[str] = frozenset()
    everyday: frozenset[str] = frozenset()

    @classmethod
    def read(cls, folder: Path) -> "Equivalents":
        """From `equivalents.yml` and `short_forms.yml` in the lexicon's folder `words`."""
        content = read_yaml(folder / "equivalents.yml")
        short_forms = read_yaml(folder / "short_forms.yml")
        same = {
            stem(word.replace("-", "")): stem(group[0].replace("-", ""))
            for group in content["same"]
            for word in group
        }
        return cls(
            same,
            frozenset(stem(word) for word in content["empty"]),
            frozenset(stem(word) for word in content["empty_beside_cancer"]),
            frozenset(short_forms["only_in_capitals"]),
        )

    def key(self, stems: Iterable[str]) -> str:
        """A name's meaning as a bag of words: "carcinoma of the kidney" equals "renal cancer"."""
        bag = {self.same.get(word, word) for word in stems}
        kept = bag - self.empty
        if _CANCER in kept and len(kept) > 1 and "benign" not in kept:
            kept -= self.empty_beside_cancer
        return " ".join(sorted(kept or bag))


_CANCER = stem("cancer")


def read_concepts(file: Path) -> list[Concept]:
    """The concepts of one YAML file; raises LexiconError naming what is wrong and where."""
    try:
        content = read_yaml(file)
    except yaml.YAMLError as error:
        raise LexiconError(f"{file.name} is not valid YAML: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("concepts"), list):
        raise LexiconError(f"{file.name}: the first line after the comment must be 'concepts:'")
    return [_concept(entry, file) for entry in content["concepts"]]


def _concept(entry: object, file: Path) -> Concept:
    if not isinstance(entry, dict) or not entry.get("id") or not entry.get("name"):
        raise LexiconError(f"{file.name}: an entry needs an id and a name: {entry!r}")
    unknown = set(entry) - set(FIELDS)
    if unknown:
        raise LexiconError(f"{file.name}, {entry['id']}: unknown key {sorted(unknown)[0]!r}")
    lists = {}
    for key in FIELDS[2:]:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise LexiconError(f"{file.name}, {entry['id']}: {key} must be a list of texts")
        lists[key] = tuple(value)
    return Concept(str(entry["id"]), str(entry["name"]), **lists)


class Lexicon:
    """Concepts by id, and ways from written words to them."""

    def __init__(self, concepts: Iterable[Concept], equivalents: Equivalents):
        self.equivalents = equivalents
        self.concepts: dict[str, Concept] = {}
        for concept in concepts:
            if concept.id in self.concepts:
                raise LexiconError(f"the id {concept.id} stands twice in the lexicon: rename one")
            self.concepts[concept.id] = concept
        for concept in self.concepts.values():
            for broader in concept.broader:
                if broader not in self.concepts:
                    raise LexiconError(f"{concept.id}: its broader concept {broader} is not there")

    @classmethod
    def load(cls, folder: Path) -> "Lexicon":
        """From the editors' files."""
        concepts = [c for file in sorted(folder.glob("*.yml")) for c in read_concepts(file)]
        return cls(concepts, Equivalents.read(folder / "words"))

    def in_any_letters(self, concept: Concept) -> list[str]:
        """The abbreviations that are read in small letters too."""
        return [short for short in concept.abbreviations if plain(short) not in self.equivalents.everyday]

    @cached_property
    def phrases(self) -> dict[str, tuple[str, ...]]:
        """Stemmed phrase -> concept ids (several where an abbreviation is ambiguous)."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for concept in self.concepts.values():
            for term in concept.terms():
                found[" ".join(words(term))][concept.id] = None
        for concept in self.concepts.values():
            for short in self.in_any_letters(concept):
                # "ACNES" loses its s when it is compared: acne itself stays acne.
                phrase = " ".join(words(short))
                if plain(short) == phrase or phrase not in found:
                    found[phrase][concept.id] = None
        found.pop("", None)
        return {phrase: tuple(ids) for phrase, ids in found.items()}

    @cached_property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """Bag-of-words key -> concept ids; names come before lay words."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for concept in self.concepts.values():
            for term in (concept.name, *concept.medical):
                found[self.equivalents.key(words(term))][concept.id] = None
        for concept in self.concepts.values():
            for term in (*concept.lay, *concept.misspelt, *self.in_any_letters(concept)):
                key = self.equivalents.key(words(term))
                if key not in found:
                    found[key][concept.id] = None
        found.pop("", None)
        return {key: tuple(ids) for key, ids in found.items()}

    def ancestors(self, concept_id: str) -> dict[str, int]:
        """Every broader concept with its distance in steps; the concept itself at 0."""
        return dict(self._ancestors[concept_id])

    @cached_property
    def _ancestors(self) -> dict[str, dict[str, int]]:
        return {concept_id: self._climb(concept_id) for concept_id in self.concepts}

    def _climb(self, concept_id: str) -> dict[str, int]:
        steps = {concept_id: 0}
        edge = [concept_id]
        while edge:
            following = []
            for below in edge:
                for above in self.concepts[below].broader:
                    if above not in steps:
                        steps[above] = steps[below] + 1
                        following.append(above)
            edge = following
        return steps
