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
        "- {id: infection, name: viral infection}\n"
        "- {id: warts, name: warts, broader: [infection]}\n"
        "- {id: verruca, name: verruca, broader: [warts]}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("index.catalogue.build.LEXICON", folder)
    many = [record(n, f"Rest and a viral infection, part {n}", ["Viral infection"]) for n in range(1, 30)]
    records = [*many, record(30, "Soap for hands", ["Warts"])]
    built(tmp_path / "catalogue", records, Encoder(default_model()))
    return Catalogue.open(tmp_path / "catalogue")


def test_what_few_studies_share_is_nearer_than_what_many_share(catalogue):
    found = catalogue.search(StudyQuery(condition="verruca")).results
    assert found[0].id == "NCT00000030"
    assert {card.match for card in found} == {"related"}
    assert "“warts”" in found[0].why[0]
