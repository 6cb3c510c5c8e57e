"""The verifier: no changed fact passes, and plain wording that changes none does."""

from pathlib import Path

import pytest
import yaml

from index.plain_english import Simplifier

HERE = Path(__file__).parent
TRAPS = yaml.safe_load((HERE / "traps.yml").read_text(encoding="utf-8"))
SAFE = yaml.safe_load((HERE / "safe.yml").read_text(encoding="utf-8"))["pairs"]
VERIFIER = Simplifier.load().verifier


def test_there_are_three_hundred_traps_of_every_kind() -> None:
    assert sum(map(len, TRAPS.values())) >= 300
    assert {"number", "unit", "date", "age", "negation", "comparison", "medicine", "order"} <= set(TRAPS)
    assert len({tuple(pair) for pairs in TRAPS.values() for pair in pairs}) == sum(map(len, TRAPS.values()))


@pytest.mark.parametrize("kind", TRAPS)
def test_a_changed_fact_is_refused(kind: str) -> None:
    passed = [pair for pair in TRAPS[kind] if not VERIFIER.faults(*pair)]
    assert passed == []


@pytest.mark.parametrize("kind", ["number", "unit", "negation", "order"])
def test_most_faults_are_called_by_their_kind(kind: str) -> None:
    named = [any(fault.kind == kind for fault in VERIFIER.faults(*pair)) for pair in TRAPS[kind]]
    assert sum(named) >= 0.8 * len(named)


@pytest.mark.parametrize(("source", "plain"), SAFE)
def test_plain_words_that_change_nothing_pass(source: str, plain: str) -> None:
    assert VERIFIER.faults(source, plain) == []


@pytest.mark.parametrize("source", [source for pairs in TRAPS.values() for source, _ in pairs][::3])
def test_a_sentence_agrees_with_itself(source: str) -> None:
    assert VERIFIER.faults(source, source) == []
