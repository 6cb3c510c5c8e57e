"""The danger check: misses nothing that is on the list, and leaves ordinary messages alone."""

import random
import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.danger import DangerCheck
from api.danger.learnt import LearntError
from api.danger.patterns import Marks, Pattern
from api.danger.spelling import Spelling
from api.danger.text import read
from settings import ROOT, settings

HERE = Path(__file__).parent
FOLDER = ROOT / "data" / "safety" / "examples"
DANGEROUS = yaml.safe_load((HERE / "dangerous.yml").read_text("utf-8"))
ORDINARY = [str(line) for line in yaml.safe_load((HERE / "ordinary.yml").read_text())["messages"]]
EXAMPLES = {
    kind: [str(line) for line in yaml.safe_load((FOLDER / f"{kind}.yml").read_text())["messages"]]
    for kind in ("life", "self_harm", "abuse")
}
HELD_OUT = yaml.safe_load((HERE / "held_out.yml").read_text("utf-8"))
ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@pytest.fixture(scope="module")
def check() -> DangerCheck:
    return DangerCheck.load(ROOT / "data", settings().danger_model)


def nlu_lines() -> list[tuple[str, str]]:
    lines = []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for entry in yaml.safe_load(path.read_text("utf-8")).get("nlu", []):
            for line in str(entry.get("examples", "")).splitlines():
                if "intent" in entry:
                    lines.append((entry["intent"], ENTITY.sub(r"\1", line.removeprefix("- "))))
    return lines


def test_there_are_enough_phrasings_to_mean_something() -> None:
    assert sum(len(lines) for lines in DANGEROUS.values()) >= 300
    assert len(ORDINARY) >= 200


@pytest.mark.parametrize("kind", ["life", "self_harm", "abuse"])
def test_no_dangerous_message_is_missed(check: DangerCheck, kind: str) -> None:
    missed = [line for line in DANGEROUS[kind] if check.check(str(line)) is None]
    assert missed == []


@pytest.mark.parametrize("kind", ["life", "self_harm", "abuse"])
def test_nearly_every_message_gets_the_card_of_its_own_kind(check: DangerCheck, kind: str) -> None:
    other = [
        line
        for line in DANGEROUS[kind]
        if (danger := check.check(str(line))) and kind not in danger.kinds
    ]
    assert len(other) <= len(DANGEROUS[kind]) // 50, other


def test_no_message_of_the_ordinary_set_brings_a_card(check: DangerCheck) -> None:
    assert [line for line in ORDINARY if check.check(line)] == []


def test_at_most_one_in_a_hundred_ordinary_messages_brings_a_card(check: DangerCheck) -> None:
    ordinary = ORDINARY + [
        line for intent, line in nlu_lines() if intent != "emergency_or_distress"
    ]
    wrong = [line for line in ordinary if check.check(line)]
    assert len(ordinary) >= 1000
    assert len(wrong) <= len(ordinary) // 100, wrong


def test_the_classifier_examples_of_distress_are_found_too(check: DangerCheck) -> None:
    distress = [line for intent, line in nlu_lines() if intent == "emergency_or_distress"]
    missed = [line for line in distress if check.check(line) is None]
    assert len(missed) <= len(distress) // 50, missed


@pytest.mark.parametrize(
    "text",
    [
        "my mum has dementia and lives in Leeds and likes dancing " * 17,
        "not chest " * 100,
        "in 2019 not want die " * 47,
        "x" * 1000,
        "((((" * 250,
        " ".join(random.Random(7).choices("abcdefghij", k=500)),
    ],
)
def test_no_text_makes_the_check_go_astray(check: DangerCheck, text: str) -> None:
    """A pattern that backtracks would take minutes; how long it really takes is for the benchmark."""
    start = time.perf_counter()
    check.check(text[:1000])
    assert time.perf_counter() - start < 2


def test_what_was_learnt_is_needed_for_what_no_pattern_names(check: DangerCheck) -> None:
    patterns = DangerCheck.of_patterns(ROOT / "data")
    found_by_patterns = sum(patterns.check(line) is not None for line in EXAMPLES["self_harm"])
    assert found_by_patterns < len(EXAMPLES["self_harm"]) * 0.9
    assert [line for line in EXAMPLES["self_harm"] if check.check(line) is None] == []


def test_an_idiom_is_no_danger_though_a_pattern_names_it(check: DangerCheck) -> None:
    assert DangerCheck.of_patterns(ROOT / "data").check("I'm dying for a cuppa") is not None
    assert check.check("I'm dying for a cuppa") is None


@pytest.mark.parametrize(
    "text",
    [
        "I want to die, asthma study in Leeds",
        "i've taken too many tablets, copd studies in Hull",
        "Are there any studies about COPD near Hull? I cannot stop thinking about ending my life",
        "he hits me most nights. is there a diabetes trial in York for my mum",
    ],
)
def test_a_request_beside_a_cry_for_help_does_not_hide_it(check: DangerCheck, text: str) -> None:
    assert check.check(text)


@pytest.mark.parametrize("kind", ["life", "self_harm", "abuse"])
def test_most_phrasings_left_out_of_the_training_are_found(
    check: DangerCheck, kind: str
) -> None:
    """The exact shares are for the benchmark; a check that no longer generalises fails here."""
    found = sum(check.check(line) is not None for line in HELD_OUT[kind])
    assert found >= 0.85 * len(HELD_OUT[kind])


def test_a_missing_model_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(LearntError, match="make danger"):
        DangerCheck.load(ROOT / "data", tmp_path / "danger.npz")


def test_a_study_word_is_noticed(check: DangerCheck) -> None:
    asked = check.check("is there a study about suicide prevention")
    assert asked is not None
    assert asked.asks_for_studies
    plain = check.check("I want to die")
    assert plain is not None
    assert not plain.asks_for_studies


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I want to die, I live in Glasgow", ["111"]),
        ("suicidal, Cardiff", ["press 2"]),
        ("suicidal in Belfast", ["Lifeline", "0808 808 8000"]),
        ("suicidal", ["Scotland", "Wales", "Northern Ireland", "116 123", "85258", "999"]),
        ("my husband hits me", ["0808 2000 247", "0800 1111", "999"]),
        ("I can't breathe", ["Call 999 or go to A&E now"]),
    ],
)
def test_cards_carry_the_numbers_of_the_nation(
    check: DangerCheck, text: str, words: list[str]
) -> None:
    danger = check.check(text)
    assert danger is not None
    shown = "\n".join(card.text for card in check.cards(danger))
    for word in words:
        assert word in shown


def test_the_card_for_life_at_risk_has_no_links(check: DangerCheck) -> None:
    danger = check.check("he is not breathing")
    assert danger is not None
    card = check.cards(danger)[0]
    assert not card.links
    assert "http" not in card.text


def test_two_dangers_bring_two_cards_the_most_urgent_first(check: DangerCheck) -> None:
    danger = check.check("I've taken an overdose because my husband hits me")
    assert danger is not None
    assert danger.kinds == ("life", "abuse")


@pytest.mark.parametrize(
    ("pattern", "text", "there"),
    [
        ("want die", "i want to die", True),
        ("want die", "i do not want to die", False),
        ("want die", "die i want", False),
        ("chest & pain", "pain here in my chest", True),
        ("chest & pain", "no pain in my chest", False),
        ("end it_all", "end it all", True),
        ("end it_all", "end it now all", False),
        ("not breathe", "he is not able to breathe", True),
    ],
)
def test_patterns_mean_what_editors_are_told(pattern: str, text: str, there: bool) -> None:
    fillers: dict[str, list[str]] = {"to": [], "do": [], "is": []}
    words = read(text, fillers, {}).words
    marks = Marks(frozenset({word}) for word in words)
    found = [span for each in Pattern.parse(pattern, fillers) for span in each.find(marks)]
    assert bool(found) is there


def test_misspellings_are_mended_and_ordinary_words_are_not() -> None:
    spelling = Spelling(frozenset({"choking", "overdose", "paracetamol"}), frozenset({"joking"}))
    mended: dict[str, Any] = {
        word: spelling.mend(word) for word in ("chokin", "overdsoe", "paracetmaol", "joking", "cat")
    }
    assert mended == {
        "chokin": "choking",
        "overdsoe": "overdose",
        "paracetmaol": "paracetamol",
        "joking": "joking",
        "cat": "cat",
    }
