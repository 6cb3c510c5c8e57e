"""What may never change when a sentence is reworded: the facts in it, by kind.

A kind's facts are compared as they stand in order, each in one canonical form ("five" is "5",
"mg" is "milligram", "cannot" is "not").
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from index.plain_english.tokens import Token, tokens

NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen twenty""".split()
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80"}
_UNITS = {
    "milligram": "mg mgs milligram milligrams milligramme milligrammes", "microgram": "mcg µg μg ug microgram micrograms",
    "gram": "g gram grams gramme grammes", "kilogram": "kg kgs kilogram kilograms kilo kilos",
    "millilitre": "ml mls millilitre millilitres milliliter milliliters", "litre": "l litre litres liter liters",
    "millimetre": "mm millimetre millimetres", "centimetre": "cm centimetre centimetres", "metre": "m metre metres",
    "millimole": "mmol", "unit": "u iu unit units", "percent": "% percent", "year": "year years yr yrs y",
    "month": "month months mo", "week": "week weeks wk wks", "day": "day days", "hour": "hour hours hr hrs h",
    "minute": "minute minutes min mins", "second": "second seconds sec secs", "mile": "mile miles",
    "gray": "gy cgy", "degree": "degree degrees", "pound": "pound pounds £", "time": "time times",
}  # fmt: skip
UNIT = {word: unit for unit, written in _UNITS.items() for word in written.split()}
_MONTHS = """january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec""".split()
MONTH = frozenset(_MONTHS)
_NEGATIONS = {
    "not": "not cannot can't don't doesn't didn't isn't aren't wasn't weren't won't wouldn't shouldn't mustn't "
    "couldn't haven't hasn't hadn't never unable",
    "no": "no none nobody nothing nil",
    "without": "without",
    "neither": "neither nor",
    "except": "except unless excluding excluded exclude excludes other rather instead",
    "lack": "lack lacks lacking absence absent free refuse refuses refused refusal fail fails failed failure",
    "non": "non",
}
NEGATION = {word: kind for kind, written in _NEGATIONS.items() for word in written.split()}
_COMPARISONS = {
    "more": "more greater higher larger over above exceeding exceeds exceed > longer older increase increased "
    "increases increasing raised rise rises",
    "less": "less fewer lower smaller under below < shorter younger decrease decreased decreases reduce "
    "reduces reduced reducing reduction fall falls",
    "at_least": "least minimum ≥", "at_most": "most maximum ≤ up", "better": "better improve improves improved "
    "improving improvement superior", "worse": "worse worsen worsens worsened worsening inferior",
    "before": "before prior until previously", "after": "after following since post", "within": "within",
    "than": "than", "only": "only alone", "between": "between", "all": "all every each both any",
    "some": "some several many few either", "same": "same similar equal equivalent different",
}  # fmt: skip
COMPARISON = {word: kind for kind, written in _COMPARISONS.items() for word in written.split()}
# Word endings of generic medicine names (WHO's stems) that no ordinary word has.
_MEDICINE = re.compile(
    r"[a-z]{2,}(?:mab|nib|statin|prazole|sartan|olol|pril|cillin|mycin|floxacin|vir|azole|tide|gliptin"
    r"|gliflozin|glitazone|parin|platin|rubicin|taxel|caine|epam|olam|setron|triptan|dronate|fungin"
    r"|cept|kinra|ciclib|parib|zomib|lisib|tinib|limus|oxetine|apine|idone|profen|coxib|cycline|thiazide"
    r"|sone|solone|lukast|terol|tropium|dipine|conazole|quine|xaban|gatran|grel|cort|uracil|citabine"
    r"|trexate|tecan|poside|mustine|bicin|ase)"
)
_CODE = re.compile(r"[A-Z]{2,}[A-Za-z]*\d+|\d+[A-Z]{2,}")
_ORDINARY_ASE = frozenset(
    "disease phase base case increase decrease release please purchase phrase database lease ease cease erase chase vase "
    "prednisone someone showcase staircase".split()
)


def fact_kind(token: Token) -> str | None:
    """The kind of fact that a word or sign states on its own, or None."""
    key = token.key
    if key[0].isdigit() or key in NUMBERS:
        return "number"
    if key in NEGATION or key.endswith("n't"):
        return "negation"
    if key in COMPARISON:
        return "comparison"
    if key in UNIT and len(key) > 1:
        return "unit"
    if key in MONTH and (len(key) > 3 or token.text[0].isupper()) and token.text[0].isupper():
        return "date"
    if is_medicine(token):
        return "medicine"
    return None


def is_medicine(token: Token) -> bool:
    """Whether a word looks like the name or code of a medicine."""
    if _CODE.search(token.text):
        return True
    return bool(_MEDICINE.fullmatch(token.key)) and token.key not in _ORDINARY_ASE


@lru_cache(maxsize=20_000)
def number(text: str) -> str:
    """A number in one form: "1,500" and "1500", "five" and "5", "2.50" and "2.5"."""
    if text in NUMBERS:
        return NUMBERS[text]
    bare = re.sub(r",(?=\d{3}\b)", "", text)
    if "." in bare:
        bare = bare.rstrip("0").rstrip(".")
    return bare


def facts(text: str) -> Iterator[tuple[str, str]]:
    """(kind, canonical fact) of a text in order; a number stands with its unit."""
    found = tokens(text)
    for at, token in enumerate(found):
        kind = fact_kind(token)
        if kind is None or (kind == "unit" and at and fact_kind(found[at - 1]) == "number"):
            continue
        if kind == "number":
            following = found[at + 1] if at + 1 < len(found) else None
            unit = UNIT.get(following.key, "") if following else ""
            yield kind, f"{number(token.key)} {unit}".strip()
        elif kind == "negation":
            yield kind, NEGATION.get(token.key, "not")
        elif kind == "comparison":
            yield kind, COMPARISON[token.key]
        elif kind == "unit":
            yield kind, UNIT[token.key]
        else:
            yield kind, token.key
