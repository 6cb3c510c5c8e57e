"""An ontology file is read whole or refused with the reason, and what is kept of it is exact."""


import pytest

from index.lexicon import LexiconError
from index.ontology import obo
from index.ontology.extract import extract
from index.ontology.kept import Entry
from index.ontology.obo import read_obo
from tests.index.toy_ontology import HEAD, TOY, taken, written


def test_all_that_an_obo_file_may_hold_is_read(tmp_path):
    header, terms = read_obo(written(tmp_path, HEAD + TOY))
    assert header["ontology"] == "toy"
    assert {id_: term.name for id_, term in terms.items()} == {
        "TOY:0": "disease",
        "TOY:1": "hand disease",
        "TOY:2": "trigger {stiff} finger, late",
        "TOY:9": "obsolete finger thing",
        "TOY:3": "broken over two lines",
        "OTHER:1": "finger",
    }
    assert [(s.text, s.scope, s.kind) for s in terms["TOY:2"].synonyms] == [
        ('stenosing "snapping" finger', "EXACT", ""),
        ("STF", "EXACT", "ABBREVIATION"),
        ("finger trouble", "BROAD", ""),
        ("no scope at all", "RELATED", ""),
        ("CAT", "EXACT", ""),
        ("ZZ", "EXACT", ""),
        ("wrongly used", "EXACT", "OMO:0003007"),
        ("snapping finger", "EXACT", ""),
    ]
    assert terms["TOY:2"].is_a == ["TOY:9", "OTHER:1"]


def test_what_is_kept_is_exact_and_its_own_and_the_rest_is_counted(tmp_path):
    found = taken(tmp_path, TOY)
    assert found.entries == [
        Entry(id="TOY:1", name="hand disease"),
        Entry(
            id="TOY:2",
            name="trigger {stiff} finger, late",
            exact=['stenosing "snapping" finger', "snapping finger"],
            abbreviations=["STF"],
            broader=["TOY:1"],
        ),
        Entry(id="TOY:3", name="broken over two lines"),
    ]
    assert found.left_out == {
        "the top of the ontology": 1,
        "obsolete terms": 1,
        "terms imported from other ontologies": 1,
        "links to terms that the file does not hold": 1,
        "broad synonyms": 1,
        "related synonyms": 1,
        "abbreviations that are words": 1,
        "abbreviations of one or two letters": 1,
        "synonyms marked doubtful": 1,
    }
    assert (found.source.release, found.source.licence) == ("releases/2026-11-01", "licence CC0 1.0")


def test_a_part_of_an_ontology_can_be_taken(tmp_path):
    assert [entry.id for entry in taken(tmp_path, TOY, under="TOY:1").entries] == ["TOY:2"]
    with pytest.raises(LexiconError, match="TOY:55"):
        taken(tmp_path, TOY, under="TOY:55")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", r"no \[Term\]"),
        ("just words\n", "line 1: expected 'tag: value'"),
        ("<?xml version='1.0'?>\n<rdf:RDF/>", "OWL"),
        ('{"graphs": []}', "JSON"),
        (b"\x1f\x8b\x08\x00\xff\xfe\n", "unpack"),
        (b"\xff\xfe[\x00T\x00", "UTF-8"),
        ("[Term]\nid: A:1\nname: a\n\n[Term]\nid: A:2\n", "line 5: a term without name.*cut off"),
        ("[Term]\nname: a\n", "line 1: a term without id"),
        ('[Term]\nid: A:1\nname: a\nsynonym: "cut o', "line 4: a synonym without quotes"),
        ("[Term]\nid: A:1\nname: a\nis_", "line 4: expected"),
        ("[Term]\nid: A:1\nname: a \\", "middle of line 3"),
        ("[Term]\nid: A:1\nname: a\n\n[Term]\nid: A:1\nname: b\n", "line 5: the id A:1 stands twice"),
        ("[Term]\nid: A:1\nname: a\nis_a: A:2\n\n[Term]\nid: A:2\nname: b\nis_a: A:1\n", "circle: A:"),
        ("[Term]\nid: A:1\nname: a\nis_obsolete: true\n", "none of its 1 terms"),
    ],
)
def test_a_wrong_file_is_refused_with_place_and_remedy(tmp_path, content, says):
    with pytest.raises(LexiconError, match=says) as error:
        extract(written(tmp_path, content), lambda _: False)
    assert "toy.obo" in str(error.value)


def test_a_huge_file_and_an_endless_line_are_refused_before_they_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(obo, "LONGEST_LINE", 200)
    with pytest.raises(LexiconError, match="line 5 is over 200 bytes"):
        extract(written(tmp_path, HEAD[:-1] + "x" * 5000), lambda _: False)
    monkeypatch.setattr(obo, "MOST_BYTES", 50)
    with pytest.raises(LexiconError, match="more than the 50"):
        extract(written(tmp_path, HEAD + TOY), lambda _: False)
