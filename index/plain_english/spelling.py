"""Plurals, and British and American spellings of the same word, for finding glossary terms."""

import re

_BRITISH_AMERICAN = (
    ("aem", "em"), ("aes", "es"), ("aet", "et"), ("aec", "ec"), ("haem", "hem"), ("oed", "ed"),
    ("oes", "es"), ("oea", "ea"), ("foet", "fet"), ("tumour", "tumor"), ("colour", "color"),
    ("behaviour", "behavior"), ("isation", "ization"), ("ise", "ize"), ("ised", "ized"),
    ("ising", "izing"), ("yse", "yze"), ("fibre", "fiber"), ("centre", "center"),
    ("litre", "liter"), ("sulph", "sulf"), ("paed", "ped"), ("aemia", "emia"), ("orrhoea", "orrhea"),
    ("programme", "program"), ("counsell", "counsel"), ("labell", "label"), ("enrol", "enroll"),
)  # fmt: skip
_TO_BRITISH = (
    ("tumour", "tumor"), ("isation", "ization"), ("ised", "ized"), ("ising", "izing"),
    ("haem", "hem"), ("aemia", "emia"), ("paed", "ped"), ("oedema", "edema"),
)  # fmt: skip
SHORTEST_ALONE = 5
_HEAD = re.compile(r"^(.+?)(?= (?:of|in|with|for|from|to|on|at|that|who|which|by|under|around)\b)")
_NOT_COUNTED = ("ing", "ness", "ism", "ed", "ss", "us", "s")
_IRREGULAR = {
    "child": "children", "woman": "women", "man": "men", "person": "people", "foot": "feet",
    "tooth": "teeth", "diagnosis": "diagnoses", "metastasis": "metastases", "biopsy": "biopsies",
    "disease": "diseases", "criterion": "criteria", "thrombosis": "thromboses", "kidney": "kidneys",
    "way": "ways", "baby": "babies", "body": "bodies",
}  # fmt: skip


def spellings(text: str) -> list[str]:
    """A term as it is written, and in the other spelling where there is one."""
    other = text
    for british, american in _BRITISH_AMERICAN:
        other = other.replace(british, american)
    back = text
    for british, american in _TO_BRITISH:
        back = back.replace(american, british) if british not in back else back
    found = dict.fromkeys((text, other, back))
    for spelling in list(found):
        # "Double-blind" is also written "double blind"; "in-patient" is not "in patient".
        first = spelling.partition("-")[0].rpartition(" ")[2]
        if "-" in spelling and len(first) >= SHORTEST_ALONE:
            found[spelling.replace("-", " ")] = None
        words = spelling.split(" ")
        if len(words) >= 3 and len(words[0]) >= SHORTEST_ALONE and "-" not in spelling:
            found["-".join(words[:2]) + " " + " ".join(words[2:])] = None
    return list(found)


def plural(text: str) -> str:
    """The plural of a noun or of the noun that leads a phrase; the text itself if it has none."""
    head = _HEAD.match(text)
    if head:
        return plural(head[1]) + text[head.end() :]
    first, _, last = text.rpartition(" ")
    many = _plural_word(last)
    return f"{first} {many}".strip()


def _plural_word(word: str) -> str:
    lower = word.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if lower.endswith("sis"):
        return word[:-2] + "es"
    if lower.endswith(_NOT_COUNTED) or not lower[-1:].isalpha():
        return word
    if lower.endswith(("x", "ch", "sh")):
        return word + "es"
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
