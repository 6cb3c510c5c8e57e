"""Related studies: near in kind to what was asked, and said to be so."""

import shutil

import pytest

from index import Catalogue, StudyQuery
from index.catalogue.build import LEXICON
from index.catalogue.follow import default_model
from index.encoder import Encoder
from tests.index.small import built, record


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    folder = tmp_path / "lexicon"
    shutil.copytree(LEXICON / "words", folder / "words")
    (folder / "few.yml").write_text(
        "concepts:\n"
        "- {id: any-infection, name: infection}\n"
        "- {id: infection, name: viral infection, broader: [any-infection]}\n"
        "- {id: warts, name: warts, broader: [infection]}\n"
        "- {id: verruca, name: verruca, broader: [warts]}\n"
        "- {id: fever, name: snail fever}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("index.catalogue.build.LEXICON", folder)
    many = [record(n, f"Rest and a viral infection, part {n}", ["Viral infection"]) for n in range(1, 30)]
    others = [
        record(30, "Soap for hands", ["Warts"]),
        record(31, "Rest and a bacterial infection", ["Infection"]),
        record(32, "Tape for a snail verruca", ["Verruca"]),
        record(33, "Time off work for a verruca", ["Verruca"]),
        record(34, "Another skin disease", ["Zorbitis"]),
    ]
    records = [*many, *others]
    built(tmp_path / "catalogue", records, Encoder(default_model()))
    return Catalogue.open(tmp_path / "catalogue")


def search(catalogue, text):
    return catalogue.search(StudyQuery(condition=text, limit=50)).results


def why(catalogue, text, number):
    return next(card.why for card in search(catalogue, text) if card.id == f"NCT{number:08}")


def test_what_few_studies_share_is_nearer_than_what_many_share(catalogue):
    related = [card for card in search(catalogue, "verruca") if card.match == "related"]
    assert related[0].id == "NCT00000030"
    assert "“warts”" in related[0].why[0]


def test_a_study_that_lacks_a_word_of_what_was_asked_says_which(catalogue):
    cards = {card.id: card for card in search(catalogue, "snail verruca")}
    assert cards["NCT00000032"].match == "about"
    assert cards["NCT00000033"].match == "related"
    assert "does not name “snail”" in cards["NCT00000033"].why[0]


def test_words_that_every_record_uses_are_no_reason(catalogue):
    found = search(catalogue, "verruca disease")
    assert found
    assert not any("“disease”" in reason.lower() for card in found for reason in card.why)


def test_what_stands_at_the_top_of_the_lexicon_is_no_likeness(catalogue):
    found = search(catalogue, "warts")
    assert not any("“infection”" in reason for card in found for reason in card.why)
