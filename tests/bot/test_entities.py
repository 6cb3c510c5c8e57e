"""What a message holds: conditions with their ids, places, numbers and people."""

import pytest
import spacy

from bot import pipeline
from bot.extractor import StudyEntityExtractor


@pytest.fixture(scope="session")
def extractor():
    return StudyEntityExtractor(spacy.load(pipeline.build()))


def values(extractor, text, entity):
    return [found["value"] for found in extractor.entities(text) if found["entity"] == entity]


@pytest.mark.parametrize(
    ("text", "condition", "concept"),
    [
        ("my mum has dementia and lives in Leeds", "dementia", "dementia"),
        ("COPD near newport", "COPD", "copd"),
        ("got piles", "piles", "piles"),
        ("asthama in kings lynn", "asthama", "asthma"),
        ("haemorhoids", "haemorhoids", "piles"),
    ],
)
def test_conditions_carry_their_lexicon_id(extractor, text, condition, concept):
    [found] = [e for e in extractor.entities(text) if e["entity"] == "condition"]
    assert found["value"] == condition
    assert concept in found["concepts"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("my mum has dementia and lives in Leeds", "Leeds"),
        ("what about Manchester", "Manchester"),
        ("crohn's in crewe", "crewe"),
        ("parkinsons stoke on trent", "stoke on trent"),
        ("asthma, live in reading", "reading"),
        ("Bath", "Bath"),
        ("gout, Bexhill", "Bexhill"),
        ("leaking bowel, Huntingdon", "Huntingdon"),
        ("cataracts, Burton on Trent", "Burton on Trent"),
    ],
)
def test_places_are_found(extractor, text, place):
    assert values(extractor, text, "place") == [place]


def test_a_town_spelt_by_ear_has_its_right_name(extractor):
    assert values(extractor, "gout in Luffborough", "place") == ["Loughborough"]


def test_what_somebody_leaves_is_neither_danger_nor_place(extractor):
    text = "I don't want to live in Leeds anymore so try York"
    assert values(extractor, text, "condition") == []
    assert values(extractor, text, "place") == ["York"]


def test_a_month_is_no_town(extractor):
    assert values(extractor, "she had a fall in March", "place") == []
    assert values(extractor, "gout, I live in March", "place") == ["March"]


def test_a_town_that_is_a_word_needs_a_reason(extractor):
    assert values(extractor, "reading is hard, I want a study on dyslexia", "place") == []


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        # What leads up to a name is no part of it; the 's of a name is.
        ("my dad has Alzheimer's, we're in Ely", ["Alzheimer's"]),
        ("she's got MS", ["MS"]),
        ("living with HIV", ["HIV"]),
        ("I'm housebound with ME", ["ME"]),
        # A symptom or a treatment beside an illness is told about it, unless it is put beside it.
        ("prostate cancer, my op was in May", ["prostate cancer"]),
        ("epilepsy, and I can't sleep for worry", ["epilepsy"]),
        ("epilepsy and depression", ["epilepsy", "depression"]),
        ("I can't sleep", ["can't sleep"]),
        # What somebody died of, and what was said by mistake.
        ("my dad died of bowel cancer. I have IBS", ["IBS"]),
        ("my dad died of bowel cancer", ["bowel cancer"]),
        ("gout... no sorry, osteoporosis", ["osteoporosis"]),
        # A part of the body stands for what ails it where it is complained of, and nothing else is named.
        ("it's my kidneys", ["kidneys"]),
        ("he has trouble with his heart", ["heart"]),
        ("lupus, it's my kidneys mostly", ["lupus"]),
        ("put your hand on your heart", []),
        ("the heart of Leeds", []),
        # An English word is itself, whatever has its shape once spelling is made even.
        ("severe", []),
        ("I'd sooner see a face", []),
        # A slip that stands in the lexicon as part of one name is mended in another.
        ("rumatoid arthritus", ["rumatoid arthritus"]),
        ("a pain in her chest", ["pain in her chest"]),
        ("he cannae sleep", ["cannae sleep"]),
        # Two conditions with a joining word are two, even where the lexicon has a name for both together.
        ("depression and anxiety", ["depression", "anxiety"]),
        # Lay words around a name, and what leads up to lay words, are no part of it.
        ("gout in my big toe", ["gout"]),
        ("skin cancer on my nose", ["skin cancer"]),
        ("I'm very overweight", ["overweight"]),
        ("I suffer with my nerves", ["nerves"]),
        ("I am so anxious all the time", ["anxious"]),
        # Short forms with full stops.
        ("M.E. for 20 years", ["M.E."]),
    ],
)
def test_which_conditions_a_message_is_about(extractor, text, conditions):
    assert values(extractor, text, "condition") == conditions


@pytest.mark.parametrize("text", ["I haven't got diabetes", "not diabetes", "no cancer"])
def test_what_is_ruled_out_is_not_found(extractor, text):
    assert values(extractor, text, "condition") == []


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("she's 72", "age", "72"),
        ("my 9 year old", "age", "9"),
        ("6 month old baby", "age", "0.5"),
        ("my little boy of 6", "age", "6"),
        ("a lass of fourteen", "age", "14"),
        ("sorry, 52 not 72", "age", "52"),
        ("not 60, 66", "age", "66"),
        ("my dad died, it's for my mum", "sex", "female"),
        ("within 10 miles", "distance", "10"),
        ("40 km away", "distance", "25"),
        ("the second one", "ordinal", "2"),
        ("number 3", "ordinal", "3"),
        ("the last one", "ordinal", "last"),
        ("ls6 3ab", "postcode", "LS6 3AB"),
        ("asthma, M14", "postcode", "M14"),
        ("my mum", "sex", "female"),
        ("for my husband", "sex", "male"),
        ("only online ones", "setting", "home"),
        ("can healthy people join", "volunteer", "healthy"),
    ],
)
def test_numbers_and_people(extractor, text, entity, value):
    assert values(extractor, text, entity) == [value]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("within 10 miles", "age"),
        ("I'm a mum of two", "age"),
        ("low vitamin B12", "postcode"),
        ("first time asking", "ordinal"),
    ],
)
def test_what_a_number_is_not(extractor, text, entity):
    assert values(extractor, text, entity) == []
