"""A rule in plain words, said to the person: "Patients with gout" becomes "You have gout".

The ways of saying it are editors' (`data/plain_english/rules.yml`), and the verifier lets through no
rule that was not said in one of them; see `index.plain_english`.
"""

import re
from dataclasses import replace
from functools import cache

from index.plain_english import Glossary, Sentence, Simplifier
from index.plain_english import patterns as ways
from index.plain_english.sentences import capitalised
from index.wording.content import FOLDER, content

_LABEL = re.compile(r"^(?P<label>[A-Z][A-Za-z /-]{1,40}): (?P<rest>\S.*)$", re.DOTALL)


@cache
def _simplifier() -> Simplifier:
    """With the ways of saying rules before those of sentences in general."""
    return Simplifier(Glossary.load(), [*ways.load(FOLDER / "rules.yml"), *ways.load()])


def plain_rule(rule: str, seen: set[str] | None = None) -> Sentence:
    """The rule in plain words, checked against it. seen: medical words that were explained before."""
    found = _LABEL.match(rule)
    known: dict[str, str] = content("rules")["labels"]
    if found is None or found["label"].lower() not in known:
        return _simplifier().sentence(rule, seen)
    label = known[found["label"].lower()]
    # "You must have: HIV infection": what follows is no sentence of its own.
    simplifier = Simplifier.load() if label.startswith("You") else _simplifier()
    said = simplifier.sentence(found["rest"], seen)
    text = f"{label}: {said.text}" if label else capitalised(said.text)
    return replace(said, text=text, source=rule, own=said.own and not label)
