"""What the gazetteer knows, cut into the forms that it is looked up by.

Cutting tens of thousands of terms takes seconds, so that it is done when the pipeline is built and kept
in its folder as JSON.
"""

from itertools import pairwise
from typing import Any, Callable, Dict, FrozenSet, Iterable, Iterator, List

from bot.entities.phrases import Phrases
from bot.entities.spelling import Spelling
from bot.words import fold, norm

EMPTY: Dict[str, Any] = {
    "conditions": {},
    "led": [],
    "named": [],
    "written": [],
    "spelled": {},
    "eponyms": [],
    "minor": [],
    "parts": {},
    "misspelt_places": {},
    "short": {},
    "small": [],
    "places": [],
    "everyday": [],
    "dictionary": [],
}
POSSESSIVE = ("'s", "’s")
PASSED_OVER = (*POSSESSIVE, "'", "’", "is", "are")
_SHORTEST_PLURAL = 4
_SAME = {
    **dict.fromkeys(("his", "her", "their", "our", "your", "ma", "mi"), "my"),
    **dict.fromkeys(("not", "nt", "nae", "ne", "n't"), "nt"),
    "ca": "can",
}
Words = Callable[[str], List[str]]


def common(form: str) -> str:
    """One form for words that say the same inside a name: my and her knees, can't and cannot."""
    return _SAME.get(form, form)


def place_form(word: str) -> str:
    """The form under which a word of a place is looked up."""
    return fold(word).rstrip(".")


def cut(terms: Dict[str, Any], words_of: Words) -> Dict[str, Any]:
    """Terms as `Terms` takes them, from what bot.pipeline reads; words_of: a text's words.

    conditions {term: [concept ids]}; led: those of them that are everyday words or topics, which
    count only after a word that leads up to a condition; named: those that are proper names; written:
    words of all but misspelt ones; minor [concept ids] of symptoms, treatments and circumstances;
    parts {part of the body: concept id}; misspelt_places {slip: right name}; short {abbreviation:
    [concept ids]}; small: abbreviations that people write in small letters; places [name]; everyday:
    names of places that are words too; dictionary: English words, which are never misspellings
    """

    def forms(text: str) -> List[str]:
        return [common(norm(word)) for word in words_of(text) if word.lower() not in PASSED_OVER]

    conditions, places = Phrases(), Phrases()
    spelled: Dict[str, List[str]] = {}
    for term, ids in terms["conditions"].items():
        found = forms(term)
        conditions.add(found, ids)
        if len(found) == 1:
            spelled.setdefault(found[0], []).append(words_of(term)[0].casefold())
    for place in terms["places"]:
        places.add([place_form(word) for word in words_of(place)], [place])
    return {
        **terms,
        **{key: [forms(term) for term in terms[key]] for key in ("led", "named")},
        "conditions": conditions.dump(),
        "places": places.dump(),
        "spelled": spelled,
        "written": sorted({word.casefold() for term in terms["written"] for word in words_of(term)}),
        "eponyms": sorted({form for term in terms["conditions"] for form in _eponyms(words_of(term))}),
    }


def _eponyms(words: List[str]) -> Iterator[str]:
    """The names that end in 's: "Parkinson" of "Parkinson's disease"."""
    return (norm(word) for word, after in pairwise(words) if after in POSSESSIVE)


class Terms:
    """What `cut` gave, ready to be looked up; `kept` is the same as JSON keeps it."""

    def __init__(self, kept: Dict[str, Any]):
        self.kept = kept
        self.conditions, self.places = Phrases.of(kept["conditions"]), Phrases.of(kept["places"])
        self.led = frozenset(tuple(forms) for forms in kept["led"])
        self.named = frozenset(tuple(forms) for forms in kept["named"])
        self.minor = frozenset(kept["minor"])
        self.parts: Dict[str, str] = kept["parts"]
        self.misspelt_places: Dict[str, str] = kept["misspelt_places"]
        self.spelled = {form: _with_plurals(words) for form, words in kept["spelled"].items()}
        self.written = _with_plurals(kept["written"])
        self.eponyms = frozenset(kept["eponyms"])
        self.short: Dict[str, List[str]] = kept["short"]
        small = frozenset(kept["small"])
        self.small = {fold(short): ids for short, ids in self.short.items() if fold(short) in small}
        self.alone: Dict[str, List[str]] = {}
        for short, ids in self.short.items():
            self.alone.setdefault(fold(short), []).extend(ids)
        self.everyday: FrozenSet[str] = frozenset(kept["everyday"])
        self.dictionary = dictionary = frozenset(kept["dictionary"])
        self.right_spelling = Spelling(frozenset(fold(word) for word in kept["written"]), dictionary)
        self.condition_spelling = Spelling(self.conditions.words(), dictionary)
        self.place_spelling = Spelling(self.places.words(), dictionary | self.conditions.words())


def _with_plurals(words: Iterable[str]) -> FrozenSet[str]:
    """Words as they are written, in the singular and in the plural."""
    forms = {form for word in words for form in (word, word + "s", word + "es")}
    # "Tens" is no more than one "ten".
    return frozenset(forms | {word.removesuffix("s") for word in words if len(word) > _SHORTEST_PLURAL})
