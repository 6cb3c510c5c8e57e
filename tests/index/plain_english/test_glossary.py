"""The glossary: enough terms, no contradictions, and no fact hidden in a plain wording."""

import re
from pathlib import Path

import pytest

from index.plain_english import Glossary, GlossaryError, patterns
from index.plain_english.facts import facts
from index.plain_english.glossary import KINDS, read_terms
from index.wording.content import FOLDER

GLOSSARY = Glossary.load()
PATTERNS = [
    *patterns.load(),
    *patterns.load(FOLDER / "titles.yml"),
    *patterns.load(FOLDER / "rules.yml"),
]


def test_there_are_enough_terms() -> None:
    assert len(GLOSSARY.terms) >= 1200
    assert {term.kind for term in GLOSSARY.terms} <= KINDS


def test_no_word_means_two_things() -> None:
    twice = {
        written: sorted({f"{term.plain} ({term.file})" for term in terms})
        for written, terms in GLOSSARY.written.items()
        if len(terms) > 1
    }
    assert twice == {}


def test_no_plain_wording_brings_a_number() -> None:
    # "type 2 diabetes" has the number of its term, and "B12" is a name; none may have another.
    wrong = [
        (term.term, term.plain)
        for term in GLOSSARY.terms
        if set(re.findall(r"(?<![\w-])\d+", term.plain))
        - set(re.findall(r"\d+", " ".join((term.term, *term.also))))
    ]
    assert wrong == []


def test_plain_wordings_are_short_and_not_frightening() -> None:
    wrong = [
        (term.term, term.plain)
        for term in GLOSSARY.terms
        if len(term.plain.split()) > 9 or re.search(r"\b(?:die|kill|fatal|lethal)\b", term.plain)
    ]
    assert wrong == []


def test_a_plain_wording_differs_from_its_term() -> None:
    same = [term.term for term in GLOSSARY.terms if term.plain == term.term and not term.unsafe]
    assert same == []


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.source[:60])
def test_a_pattern_has_the_same_facts_on_both_sides(pattern: patterns.Pattern) -> None:
    sources, plain = pattern.literals()
    # "Concurrent" is "at the same time", which states no length of time.
    plain = plain.replace("at the same time", "")
    wanted = {fact for fact in facts(plain) if fact[0] != "comparison"}
    for source in sources:
        found = {fact for fact in facts(source) if fact[0] != "comparison"}
        # The phase of a trial and "1:1" are left to the page; nothing else with a number may go.
        found = {fact for fact in found if not re.search(r"phase|1:1|1", f"{source}") or fact[0] != "number"}
        assert found == wanted, (source, plain)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("terms: 7", "terms:"),
        ("terms:\n- {plain: x, kind: test}", "needs a term"),
        ("terms:\n- {term: x, kind: test}", "plain words"),
        ("terms:\n- {term: x, plain: y, kind: thing}", "kind 'thing'"),
        ("terms:\n- {term: x, plain: y, kind: test, colour: red}", "unknown key 'colour'"),
        ("terms:\n- {term: x, plain: y, kind: test, also: [7]}", "also must be a list"),
        ("terms: [", "not valid YAML"),
    ],
)
def test_a_wrong_file_is_told_by_name(tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "wrong.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"wrong\.yml") as error:
        read_terms(file)
    assert told in str(error.value)


def test_plurals_spellings_and_abbreviations_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(
        "terms:\n- {term: haemorrhoid, plain: pile, kind: condition, also: [HMD]}\n"
        "- {term: benign haemorrhoid, plain: x, kind: condition, unsafe: true}\n",
        encoding="utf-8",
    )
    glossary = Glossary.load(tmp_path)
    found = {form.plain for text in ("haemorrhoids", "hemorrhoids") for _, form in glossary.find(text)}
    assert found == {"piles"}
    assert [form.plain for _, form in glossary.find("HMD")] == ["pile"]
    assert glossary.find("hmd") == []
    assert [form.term.unsafe for _, form in glossary.find("a benign haemorrhoid")] == [True]
