"""An ontology under the lexicon adds to it and never changes what an editor's words mean."""

import json
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalogue import build
from index.lexicon import Concept, LexiconError
from index.ontology import loading
from index.ontology.kept import Extract
from index.ontology.overlay import overlay
from tests.index.toy_ontology import TOY, small_lexicon, taken


def entries(*those):
    source = {"ontology": "toy", "file": "", "release": "", "licence": "", "sha256": "", "read_at": 0}
    return Extract.model_validate({"source": source, "entries": those, "left_out": {}})


EDITORS = (
    Concept("kidneys", "kidney disease", medical=("nephropathy",), lay=("bad kidneys",)),
    Concept("stones", "kidney stones", medical=("calculi of the kidney",), broader=("kidneys",)),
    Concept("ms", "multiple sclerosis", abbreviations=("MS",)),
    Concept("mitral", "mitral stenosis", abbreviations=("MS",)),
)


def test_a_known_condition_gains_names_and_a_new_one_its_broader_conditions():
    terms = entries(
        {"id": "T:1", "name": "renal disease", "exact": ["renal illness"], "abbreviations": ["RDX"]},
        {"id": "T:2", "name": "nephrolith", "exact": ["renal calculi", "nephrolithus"]},
        {"id": "T:3", "name": "sponge kidney", "exact": ["spongy kidney"], "broader": ["T:1"]},
    )
    merged, report = overlay(small_lexicon(*EDITORS), terms)
    assert (report.matched, report.added, report.synonyms) == (2, 1, 7)
    assert merged.concepts["kidneys"].medical == ("nephropathy", "renal disease", "renal illness")
    assert merged.concepts["kidneys"].abbreviations == ("RDX",)
    assert merged.concepts["stones"].medical[1:] == ("nephrolith", "renal calculi", "nephrolithus")
    new = merged.concepts["t-3"]
    assert new == Concept("t-3", "sponge kidney", medical=("spongy kidney",), broader=("kidneys",))


def test_an_editors_words_keep_their_meaning():
    terms = entries(
        {"id": "T:1", "name": "motor slowness", "exact": ["bad kidneys"], "abbreviations": ["MS"]},
        {"id": "T:2", "name": "of the disease"},
        {"id": "T:3", "name": "MS"},
        {"id": "T:4", "name": "stiff thing", "exact": ["nephropathy", "multiple sclerosis"]},
        {"id": "T:5", "name": "one", "exact": ["shared name"]},
        {"id": "T:6", "name": "two", "exact": ["shared name", "one"]},
        {"id": "T:7", "name": "two"},
        {"id": "T:8", "name": "a name that goes on and on for ever so long"},
    )
    before = small_lexicon(*EDITORS)
    merged, report = overlay(before, terms)
    assert set(merged.concepts) - set(before.concepts) == {"t-1", "t-5", "t-6"}
    assert all(merged.concepts[id_].medical == () for id_ in ("t-1", "t-5", "t-6"))
    assert dict(report.left_out) == {
        "terms whose names belong to several concepts": 1,
        "terms whose name says only that it is an illness": 1,
        "terms whose name an editor uses for something else": 1,
        "terms named like an earlier one": 1,
        "terms with a name of over 8 words": 1,
        "synonyms that an editor uses for something else": 2,
        "synonyms that several terms share": 3,
    }


def check_nothing_lost(before, after):
    """What the editors' words mean is the same as before, and no term stands on two concepts."""
    for phrase, ids in before.phrases.items():
        assert after.phrases[phrase] == ids, phrase
    for key, ids in before.keys.items():
        assert after.keys[key] == ids, key
    assert {p for p, ids in after.phrases.items() if len(ids) > 1} == {
        p for p, ids in before.phrases.items() if len(ids) > 1
    }
    for id_, concept in before.concepts.items():
        now = after.concepts[id_]
        assert (now.name, now.lay, now.misspelt, now.broader) == (
            concept.name,
            concept.lay,
            concept.misspelt,
            concept.broader,
        )
        assert now.medical[: len(concept.medical)] == concept.medical
    owners = defaultdict(set)
    for concept in after.concepts.values():
        for term in concept.terms():
            owners[term.lower()].add(concept.id)
    assert {term: ids for term, ids in owners.items() if len(ids) > 1} == {}


WORDS = st.sampled_from("kidney renal stones bad MS disease of sclerosis mitral calculi sponge RDX".split())
NAME = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
ENTRY = st.builds(dict, name=NAME, exact=st.lists(NAME), abbreviations=st.lists(WORDS, max_size=2))


@settings(max_examples=150, deadline=None)
@given(st.lists(ENTRY, max_size=8), st.randoms(use_true_random=False))
def test_whatever_an_ontology_says_nothing_of_the_editors_is_lost(those, random):
    ids = [f"T:{at}" for at in range(len(those))]
    links = [random.sample(ids[:at], min(at, random.randrange(3))) for at in range(len(those))]
    terms = [e | {"id": i, "broader": b} for e, i, b in zip(those, ids, links, strict=True)]
    before = small_lexicon(*EDITORS)
    after, _ = overlay(before, entries(*terms))
    check_nothing_lost(before, after)
    for id_ in after.concepts:
        assert all(id_ not in after.ancestors(above) for above in after.concepts[id_].broader)


def test_the_real_lexicon_loses_nothing_to_an_ontology_that_mixes_up_its_own_words(lexicon):
    known = list(lexicon.concepts.values())[::5]
    mixed = [
        {
            "id": f"T:{at}",
            "name": f"{one.name} of unheard-of kind" if at % 3 else one.name,
            "exact": [*other.medical, *other.lay, f"nonesuch {at}"],
            "abbreviations": [*other.abbreviations, *one.abbreviations],
            "broader": [f"T:{at - 1}"] if at else [],
        }
        for at, (one, other) in enumerate(zip(known, known[7:], strict=False))
    ]
    after, report = overlay(lexicon, entries(*mixed))
    check_nothing_lost(lexicon, after)
    assert report.matched + report.added > len(mixed) / 2
    assert report.synonyms >= report.added / 2


def test_a_kept_ontology_reaches_the_lexicon_and_the_digest_and_goes_with_its_file(tmp_path, monkeypatch):
    kept = taken(tmp_path, TOY).save(tmp_path / "lexicon")
    assert Extract.open(kept) == taken(tmp_path, TOY).model_copy(update={"source": Extract.open(kept).source})
    monkeypatch.setattr(loading.settings(), "var", tmp_path)
    with_it = build.lexicon_digest()
    merged = loading.with_ontologies(small_lexicon(Concept("hands", "hand disease")))
    assert merged.concepts["toy-2"].broader == ("hands",)
    kept.unlink()
    assert build.lexicon_digest() != with_it
    merged = loading.with_ontologies(small_lexicon(Concept("hands", "hand disease")))
    assert list(merged.concepts) == ["hands"]


def test_a_damaged_file_beside_the_lexicon_is_named_with_the_remedy(tmp_path):
    kept = taken(tmp_path, TOY).save(tmp_path)
    content = json.loads(kept.read_text("utf-8"))
    content["entries"][0]["name"] = ""
    kept.write_text(json.dumps(content), "utf-8")
    with pytest.raises(LexiconError, match=r"toy\.json: entries\.0\.name.*lexicon add"):
        loading.with_ontologies(small_lexicon(), tmp_path)
