"""Building again does only what has changed, and comes to the same as building from nothing."""

import shutil
from pathlib import Path

import bm25s
import numpy as np
import pytest

from index import Catalogue, CatalogueError, StudyQuery
from index.catalogue import fulltext
from index.catalogue.build import LEXICON, Options, build
from index.catalogue.follow import default_model
from index.catalogue.memo import NAME as MEMO
from index.catalogue.snapshot import locate
from index.encoder import Encoder
from index.places import Places
from tests.index.small import ANY, built, record, write


@pytest.fixture(scope="module")
def encoder():
    return Encoder(default_model())


@pytest.fixture(autouse=True)
def small_lexicon(tmp_path_factory, monkeypatch):
    """A few concepts: embedding the names of all of them takes longer than these tests."""
    folder = tmp_path_factory.mktemp("lexicon")
    shutil.copytree(LEXICON / "words", folder / "words")
    (folder / "few.yml").write_text(
        "concepts:\n"
        "- {id: heart-attack, name: heart attack, medical: [myocardial infarction]}\n"
        "- {id: asthma, name: asthma}\n"
        "- {id: insomnia, name: insomnia, lay: [cannot sleep]}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("index.catalogue.build.LEXICON", folder)


RECORDS = [
    record(1, "Walking after a heart attack", ["Myocardial Infarction"]),
    record(2, "Zorbitis and exercise", ["Zorbitis"]),
    record(3, "A diary for people with zorbitis", ["Zorbitis", "Insomnia"], keywords=["Sleep"]),
    record(4, "Inhalers at school", ["Asthma"]),
]


def arrays(snapshot: Path) -> dict[str, bytes]:
    files = [*snapshot.rglob("*.npy"), *snapshot.rglob("*.json")]
    return {
        str(file.relative_to(snapshot)): file.read_bytes() for file in files if file.name != "manifest.json"
    }


def test_building_again_comes_to_the_same_as_building_from_nothing(tmp_path, encoder):
    changed = [
        record(5, "New: frobnia in adults", ["Frobnia"]),
        RECORDS[0],
        record(2, "Zorbitis and swimming", ["Zorbitis", "Frobnia"]),
        RECORDS[3],
    ]
    built(tmp_path / "again", RECORDS, encoder)
    again, said = built(tmp_path / "again", changed, encoder)
    afresh, _ = built(tmp_path / "afresh", changed, encoder)
    assert arrays(again) == arrays(afresh)
    assert any("embedded 2 studies, 2 unchanged" in line for line in said)


def test_unchanged_records_are_not_read_again(tmp_path, encoder, monkeypatch):
    built(tmp_path / "c", RECORDS, encoder)

    def refuse(_):
        raise AssertionError("a record was read again")

    monkeypatch.setattr("index.registries.ctgov.read", refuse)
    assert len(arrays(built(tmp_path / "c", RECORDS, encoder)[0])) > 10


def test_what_was_found_out_is_void_when_the_options_change(tmp_path, encoder):
    root = tmp_path / "c"
    closed = record(9, "Gout and cherries", ["Gout"], status={"overallStatus": "COMPLETED"})
    built(root, [*RECORDS, closed], encoder)
    source = write(root, [*RECORDS, closed])
    manifest = build([source], root, encoder, Places.load(None), Options("any", "open"), print)
    assert manifest.studies == len(RECORDS)


@pytest.mark.parametrize("damage", [b"no database at all", b""])
def test_a_damaged_memo_is_made_anew(tmp_path, encoder, damage):
    root = tmp_path / "c"
    before = arrays(built(root, RECORDS, encoder)[0])
    for file in root.glob(f"{MEMO}*"):
        file.write_bytes(damage)
    assert arrays(built(root, RECORDS, encoder)[0]) == before


def test_a_failed_build_leaves_the_last_catalogue_and_what_was_read(tmp_path, encoder):
    root = tmp_path / "c"
    before = built(root, RECORDS, encoder)[0]
    with pytest.raises(CatalogueError, match="could not be read"):
        built(root, [*RECORDS, {}, {}], encoder)
    assert locate(root) == before


def test_records_of_two_registries_stay_tied_when_one_of_them_changes(tmp_path, encoder):
    root = tmp_path / "c"
    twin = (
        '<allTrials xmlns="http://www.67bricks.com/isrctn"><fullTrial><trial><isrctn>12345678</isrctn>'
        "<trialDescription><title>Inhalers in class</title></trialDescription><externalRefs>"
        "<clinicalTrialsGovNumber>NCT00000004</clinicalTrialsGovNumber></externalRefs></trial></fullTrial>"
        "</allTrials>"
    )
    other = tmp_path / "twin.xml"
    for title in ("Inhalers at school", "Inhalers at college"):
        records = write(tmp_path, [*RECORDS[:3], record(4, title, ["Asthma"])])
        other.write_text(twin, encoding="utf-8")
        manifest = build([records, other], root, encoder, Places.load(None), ANY, print)
        assert (manifest.studies, manifest.tied) == (4, 1)
    catalogue = Catalogue(root, encoder)
    assert catalogue.study("NCT00000004").id == catalogue.study("ISRCTN12345678").id


def test_a_name_that_only_records_have_is_found_in_any_order_and_is_about(tmp_path, encoder):
    root = tmp_path / "c"
    built(root, [*RECORDS, record(6, "A trial", ["Frobnia of the Left Wing"])], encoder)
    catalogue = Catalogue(root, encoder)
    found = catalogue.search(StudyQuery(condition="left wing frobnia")).results
    assert (found[0].id, found[0].match) == ("NCT00000006", "about")
    assert {card.id for card in catalogue.search(StudyQuery(condition="zorbitis")).results if
            card.match == "about"} == {"NCT00000002", "NCT00000003"}


def test_words_are_scored_as_the_library_scores_them(tmp_path, monkeypatch):
    texts = [["heart", "attack", "heart"], ["asthma"], [], ["attack", "on", "asthma", "school"]]
    monkeypatch.setattr(fulltext, "PIECE", 2)  # so that several pieces are joined
    fulltext.build(iter(texts), tmp_path)
    ours = fulltext.Words(tmp_path, len(texts))
    library = bm25s.BM25(k1=fulltext.K1, b=fulltext.B)
    library.index([text or [""] for text in texts], show_progress=False)
    # The library counts an empty text as one empty word: the mean length differs by a quarter.
    for word in ("heart", "attack", "asthma", "school", "nowhere"):
        expected = library.get_scores([word]) if word in library.vocab_dict else np.zeros(4)
        found = np.zeros(4, dtype=np.float32)
        ours.add_scores(found, [word], 0.5)
        assert np.allclose(found, expected / 2, rtol=0.08)
        assert np.array_equal(np.argsort(-found), np.argsort(-expected))


def test_a_closed_record_of_an_open_study_goes_in_with_it(tmp_path, encoder):
    open_twin = (
        '<allTrials xmlns="http://www.67bricks.com/isrctn"><fullTrial><trial lastUpdated="2026-06-01">'
        "<isrctn>12345678</isrctn><trialDescription><title>Cherries</title></trialDescription><externalRefs>"
        "<clinicalTrialsGovNumber>NCT00000009</clinicalTrialsGovNumber></externalRefs><participants>"
        "<recruitmentStart>2020-01-01</recruitmentStart><recruitmentEnd>2099-01-01</recruitmentEnd>"
        "</participants></trial></fullTrial></allTrials>"
    )
    closed = [record(n, "Gout", ["Gout"], status={"overallStatus": "COMPLETED"}) for n in (8, 9)]
    root = tmp_path / "c"
    root.mkdir()
    (tmp_path / "twin.xml").write_text(open_twin, encoding="utf-8")
    sources = [write(tmp_path, closed), tmp_path / "twin.xml"]
    manifest = build(sources, root, encoder, Places.load(None), Options("any", "open"), print)
    assert (manifest.studies, manifest.tied) == (1, 1)
    study = Catalogue(root, encoder).engine().snapshot.store.study(0)
    assert {one.id for one in study.records} == {"ISRCTN12345678", "NCT00000009"}
    assert study.disagreements[0].about == "status"


def test_very_many_records_may_name_one_id(tmp_path, encoder):
    named = {"secondaryIdInfos": [{"id": "NCT09999999"}]}
    records = [record(number, "Inhalers at school", ["Asthma"], identity=named) for number in range(300)]
    snapshot, _ = built(tmp_path, records, encoder)
    again, _ = built(tmp_path, records, encoder)
    assert Catalogue.open(snapshot).manifest.studies == Catalogue.open(again).manifest.studies == 300
