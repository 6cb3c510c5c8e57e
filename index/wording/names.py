"""Names of conditions and treatments as they stand inside a plain sentence."""

import re
from collections.abc import Container
from functools import cache, lru_cache

from index.models import Intervention, Study
from index.plain_english import Simplifier
from index.plain_english.sentences import is_shouted, quiet
from index.text import words
from index.wording.content import content

_INVERTED_HEADS = frozenset(
    """neoplasm neoplasms carcinoma disease diseases disorder disorders mellitus leukemia leukaemia lymphoma syndrome
    hypertension failure dysfunction dysfunctions arthritis hepatitis infarction infections bladder injuries anemia
    anaemia sarcoma tumor tumors depression insufficiency dystrophy sclerosis""".split()
)
# Names that registries use for filing and nobody says.
_REGISTRY_NAMES = (
    (re.compile(r"^Unspecified Adult Solid Tumou?r, Protocol Specific$", re.I), "Solid Tumours in Adults"),
    (
        re.compile(r"^Brain and Central Nervous System Tumou?rs$", re.I),
        "Brain and Spinal Cord Tumours",
    ),
    (re.compile(r"^Melanoma \(Skin\)$", re.I), "Melanoma of the Skin"),
)
_NOT_A_NAME = re.compile(
    r"^[\d.,\s/&+]*(?:mg|mcg|g|ml|%|u|iu|units?|qhs|bid|od|daily|dose|arm|group|cohort|[a-d])?[\s\d]*(?:qhs|bid|od|daily)?$",
    re.I,
)
_BRAND = re.compile(r"[®™]")
_PLACEBO = re.compile(r"\bplacebo|\bsham\b|\bdummy\b", re.IGNORECASE)
_SAY_LITTLE = frozenset(
    words(
        "cancer cancers disease syndrome disorder tumor neoplasm condition chronic acute infection cell with"
    )
)
_SMALL = frozenset(
    "of and in with for the a an to or on by from at as is vs versus that after before".split()
)


class Explained(Container[str]):
    """Stands for "every term has been explained": no medical words in brackets."""

    def __contains__(self, term: object) -> bool:
        """Always true."""
        return True

    def add(self, term: str) -> None:
        """Nothing is kept."""


@cache
def _kept_capitals() -> frozenset[str]:
    return frozenset(content()["keeps_capital"])


def in_sentence(name: str) -> str:
    """A heading or name with small letters where it is not a proper name."""
    text = quiet(name) if is_shouted(name) else name
    return re.sub(r"[^\W\d_][\w’']*", lambda found: _small(found[0]), text)


@lru_cache(maxsize=50_000)
def _small(word: str) -> str:
    bare = re.split(r"[’']", word)[0]
    if bare in _kept_capitals() or any(letter.isupper() for letter in bare[1:]):
        return word
    if re.search(r"[’']s$", word) or any(letter.isdigit() for letter in word) or len(bare) == 1:
        return word if bare != "A" else "a"
    return word.lower()


def unturned(name: str) -> str:
    """A name as people say it: "Carcinoma, Renal Cell" is "Renal Cell Carcinoma"."""
    for shape, said in _REGISTRY_NAMES:
        name = shape.sub(said, name)
    head, comma, rest = name.partition(", ")
    if not comma or "," in rest or head.split()[-1].lower() not in _INVERTED_HEADS:
        return name
    return f"{rest} {head}"


def conditions(study: Study, most: int = 2, brackets: bool = True) -> str:
    """The record's conditions in plain words, at most `most`; "" when it names none."""
    names = tuple(study.conditions or study.tags)
    return listed(list(_plain_names(names, f"{study.title} {study.scientific_title}", brackets)[:most]))


@lru_cache(maxsize=2_000)
def _plain_names(names: tuple[str, ...], title: str, brackets: bool) -> tuple[str, ...]:
    """Each name in plain words, once; those that the title names come first."""
    in_title = set(_significant(title))
    seen: dict[str, None] = {}
    for raw in sorted(names, key=lambda name: not in_title & set(_significant(name))):
        for part in raw.split(";") if len(raw) < 60 else re.split(r"[;,]", raw):
            name = in_sentence(unturned(" ".join(part.split())))
            if 2 < len(name) <= 90:
                seen.setdefault(plain_name(name, brackets), None)
    return tuple(name for name in seen if not any(name != other and _within(name, other) for other in seen))


def _significant(text: str) -> list[str]:
    return [stem for stem in words(text) if len(stem) > 3 and stem not in _SAY_LITTLE]


def _within(name: str, other: str) -> bool:
    return f" {name} " in f" {other.partition(' (')[0]} "


@lru_cache(maxsize=20_000)
def plain_name(name: str, brackets: bool) -> str:
    """A name with the glossary's words, checked; the name itself where the check refuses."""
    return Simplifier.load().reworded(name, set() if brackets else Explained())


def is_placebo(item: Intervention) -> bool:
    """Whether an intervention is a dummy."""
    return bool(_PLACEBO.search(item.name) or item.type == "sham_comparator")


def treatments(study: Study) -> list[str]:
    """The names of what is tried, each once, without the dummies, in the record's order."""
    found: dict[str, str] = {}
    for item in study.interventions:
        name = " ".join(item.name.split())
        if not _NOT_A_NAME.match(name) and not is_placebo(item) and len(name) <= 60:
            # Names of medicines stand exactly as the record writes them.
            found.setdefault(
                name.lower(), name if item.type == "drug" or _BRAND.search(name) else in_sentence(name)
            )
    return list(found.values())


def listed(names: list[str]) -> str:
    """Names in a row: "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
