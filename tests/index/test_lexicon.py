"""The lexicon: one concept a term, no loose ends, and names that meet in spite of their form."""

from collections import defaultdict

import pytest

from index.concepts import Concepts
from index.lexicon import LexiconError, read_concepts
from index.search.meaning import Reader
from index.text import plain, words


def test_it_is_wide(lexicon):
    assert len(lexicon.concepts) >= 1500


def test_a_term_stands_on_one_concept_only(lexicon):
    owners = defaultdict(set)
    for concept in lexicon.concepts.values():
        for term in concept.terms():
            owners[term.lower()].add(concept.id)
    assert {term: ids for term, ids in owners.items() if len(ids) > 1} == {}


def test_what_is_a_short_form_only_in_capitals_stands_in_the_lexicon(lexicon):
    short = {plain(one) for concept in lexicon.concepts.values() for one in concept.abbreviations}
    assert sorted(lexicon.equivalents.everyday - short) == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("hand", []),
        ("my wee lad has a scar", []),
        ("HAND", ["hiv-and-ageing"]),
        ("does he have HAND or not", ["hiv-and-ageing"]),
        ("SORE HAND TOP AND ARMS", []),
        ("got copd", ["copd"]),
    ],
)
def test_an_everyday_word_is_a_short_form_only_in_capitals(lexicon, said, meant):
    concepts = Concepts.of(lexicon)
    short = {number for numbers in concepts.short.values() for number in numbers}
    meaning = Reader(concepts, {}, lambda _: True).read(said)
    assert [concepts.ids[number] for number in meaning.numbers if number in short] == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("renal cancer", "carcinoma of the kidney"),
        ("haemorrhoids", "hemorrhoid"),
        ("malignant neoplasm of the lung", "lung cancer"),
        ("tumour of the breast", "breast tumors"),
        ("Parkinson’s disease", "parkinsons disease"),
    ],
)
def test_forms_of_a_name_have_one_key(lexicon, one, other):
    assert lexicon.equivalents.key(words(one)) == lexicon.equivalents.key(words(other))


def test_an_ambiguous_abbreviation_keeps_all_its_meanings(lexicon):
    assert len(lexicon.phrases[" ".join(words("MS"))]) >= 1
    assert "multiple-sclerosis" in lexicon.phrases[" ".join(words("MS"))]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("concepts: [", "not valid YAML"),
        ("things: []", "concepts:"),
        ("concepts: [{name: a}]", "needs an id"),
        ("concepts: [{id: a, name: a, lays: [b]}]", "lays"),
        ("concepts: [{id: a, name: a, lay: b}]", "list"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(tmp_path, content, says):
    file = tmp_path / "mine.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=says) as error:
        read_concepts(file)
    assert "mine.yml" in str(error.value)
