"""What holds for every sentence, made up or real: rewording changes no fact, and mutations are refused."""

import re
from collections import Counter
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalogue.build import DEMO
from index.models import Study
from index.plain_english import Simplifier, reading_age, shown
from index.plain_english.sentences import sentences
from index.registries.files import read_sources
from index.wording.criteria import criteria

SIMPLIFIER = Simplifier.load()
VERIFIER = SIMPLIFIER.verifier
PEOPLE = ["people", "patients", "women", "children", "adults", "men over 50"]
CONDITIONS = ["asthma", "hypertension", "a myocardial infarction", "type 2 diabetes mellitus", "gout", "COPD"]
MEDICINES = ["metformin", "rituximab", "AZD0530", "placebo", "letrozole", "insulin glargine"]
UNITS = ["mg", "weeks", "months", "days", "ml", "years"]


@cache
def real_sentences() -> list[str]:
    """Sentences and rules of the demonstration records."""
    studies = [study for study in read_sources([DEMO]) if isinstance(study, Study)]
    texts = [
        text for study in studies for text in (study.scientific_title, *study.inclusion, *study.exclusion)
    ]
    texts += [text for study in studies for text in study.sections.values()]
    found = dict.fromkeys(sentence for text in texts for sentence in sentences(text))
    return [sentence for sentence in found if 4 <= len(sentence.split()) <= 40]


real = st.sampled_from(real_sentences())


@st.composite
def made_up(draw: st.DrawFn) -> str:
    """A sentence of a record with a number, a unit, a negation, a comparison and a medicine."""
    number = draw(st.integers(2, 400))
    parts = [
        draw(st.sampled_from(["No", "At least", "More than", "Fewer than", "Up to", "Not more than"])),
        str(number),
        draw(st.sampled_from(UNITS)),
        draw(st.sampled_from(["of", "before", "after", "without", "since"])),
        draw(st.sampled_from(MEDICINES)),
        draw(st.sampled_from(["in", "for", "among"])),
        draw(st.sampled_from(PEOPLE)),
        draw(st.sampled_from(["with", "without", "who never had", "with a history of"])),
        draw(st.sampled_from(CONDITIONS)) + ".",
    ]
    return " ".join(parts)


def in_terms(source: str) -> set[str]:
    """The words that belong to a term of the glossary: "mellitus" may go with "diabetes mellitus"."""
    return {
        key for _, form in SIMPLIFIER.glossary.find(source) for key in (key.lstrip("-") for key in form.keys)
    }


any_sentence = st.one_of(real, made_up())
NEGATIONS = re.compile(r"\b(?:not|no|never|without|cannot|none|nor|neither|unable)\b|n[’']t\b", re.IGNORECASE)


def digits(text: str) -> Counter[str]:
    """The numbers of a text, counted without the verifier's help."""
    words = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8"}
    words |= {"nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14"}
    words |= {"fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19"}
    words |= {"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "eighty": "80"}
    found = re.findall(r"\d+(?:[.,]\d+)*|[a-z]+", text.lower())
    return Counter(words.get(one, one) for one in found if one in words or one[0].isdigit())


@settings(max_examples=120, deadline=None)
@given(any_sentence)
def test_rewording_keeps_numbers_and_negations(source: str) -> None:
    plain = SIMPLIFIER.sentence(source)
    unbracketed = digits(plain.text)
    assert set(unbracketed) == set(digits(source))
    assert len(NEGATIONS.findall(plain.text)) >= len(NEGATIONS.findall(source)) - source.count("non-")
    assert not plain.refused or plain.own


@settings(max_examples=120, deadline=None)
@given(any_sentence, st.integers(0, 200), st.integers(1, 9))
def test_a_number_that_is_changed_is_refused(source: str, which: int, by: int) -> None:
    numbers = list(re.finditer(r"\d+", source))
    if not numbers:
        return
    one = numbers[which % len(numbers)]
    changed = source[: one.start()] + str(int(one[0]) + by) + source[one.end() :]
    assert VERIFIER.faults(source, changed)


@settings(max_examples=120, deadline=None)
@given(any_sentence, st.integers(0, 200))
def test_a_word_that_is_dropped_is_refused(source: str, which: int) -> None:
    words = source.split()
    gone = words[which % len(words)]
    if (
        not re.search(r"\w", gone)
        or gone.lower().strip("(),.") in ("a", "an", "and")
        or re.match(r"\([A-Z]", gone)
    ):
        return
    if gone.strip("(),.").lower() in in_terms(source):
        return
    changed = " ".join(words[: which % len(words)] + words[which % len(words) + 1 :])
    assert VERIFIER.faults(source, changed)


@settings(max_examples=120, deadline=None)
@given(
    any_sentence,
    st.integers(0, 200),
    st.sampled_from(["not", "severe", "never", "3", "only", "without", "metformin"]),
)
def test_a_word_that_is_added_is_refused(source: str, which: int, word: str) -> None:
    words = source.split()
    at = which % (len(words) + 1)
    assert VERIFIER.faults(source, " ".join([*words[:at], word, *words[at:]]))


@settings(max_examples=120, deadline=None)
@given(any_sentence, st.integers(0, 200), st.integers(1, 200))
def test_two_words_that_change_places_are_refused(source: str, first: int, step: int) -> None:
    words = source.split()
    i, j = first % len(words), (first + step) % len(words)
    a, b = (re.sub(r"[^\w-]", "", words[at]).lower() for at in (i, j))
    if not a or not b:
        return
    words[i], words[j] = words[j], words[i]
    changed = " ".join(words)
    same = [re.sub(r"\W", "", word).lower() for word in changed.split()] == [
        re.sub(r"\W", "", word).lower() for word in source.split()
    ]
    assert same or VERIFIER.faults(source, changed)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=400))
def test_nothing_breaks_it(text: str) -> None:
    found = list(SIMPLIFIER.sentences(text))
    shown(found)
    assert reading_age(text) == reading_age(text)
    study = Study.model_validate(
        {"id": "X", "records": [{"source": "ISRCTN", "id": "X", "url": "x"}], "inclusion": text.split("\n")}
    )
    criteria(study)


@settings(max_examples=80, deadline=None)
@given(st.lists(real, min_size=1, max_size=6))
def test_every_sentence_of_a_text_comes_back(chosen: list[str]) -> None:
    found = list(SIMPLIFIER.sentences("\n\n".join(chosen)))
    assert [one.source for one in found] == [" ".join(sentence.split()) for sentence in chosen]
