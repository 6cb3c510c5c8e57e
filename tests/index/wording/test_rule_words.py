"""Rules said to the person: only where the rule is about the person, and no fact of it changes."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from index.catalogue.build import DEMO
from index.models import Study
from index.plain_english.facts import facts
from index.registries.files import read_sources
from index.wording.criteria import criteria
from index.wording.rule_words import _simplifier, plain_rule

TRAPS = yaml.safe_load((Path(__file__).parent / "rule_traps.yml").read_text(encoding="utf-8"))
VERIFIER = _simplifier().verifier


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("Patients with gout", "You have gout."),
        ("Patients with a history of stroke", "You have, or have had, stroke."),
        ("Participants with asthma that is not controlled", "You have asthma that is not controlled."),
        ("No prior chemotherapy", "You have had no chemotherapy."),
        ("No prior or active angina", "You have had no earlier or active angina."),
        (
            "Surgery: At least 3 weeks since prior surgery and recovered",
            "Surgery: It is at least 3 weeks since you had surgery and recovered.",
        ),
        ("Other: Not pregnant or nursing", "You are not pregnant or breastfeeding."),
        ("Cardiovascular: No angina", "Heart and blood vessels: You have no angina."),
        ("Patients must not smoke", "You must not smoke."),
        ("Able to walk 100 metres", "You are able to walk 100 metres."),
        (
            "Fertile patients must use effective contraception",
            "If you could have children, you must use effective birth control.",
        ),
        ("Patients must have: NO dementia.", "You must have: NO dementia."),
    ],
)
def test_a_rule_is_said_to_the_person(rule: str, said: str) -> None:
    assert plain_rule(rule).text == said


@pytest.mark.parametrize(
    "rule",
    [
        # Somebody else, or something else, has, must or takes it.
        "Must be at least 2 cm in one dimension",
        "Patients with gout are not eligible",
        "Patients with a partner who smokes",
        "Patients whose mother has diabetes",
        "Family history of stroke",
        "Partners must use contraception",
        "Donors must be aged 18 or over",
        "Patients must tell their doctor",
        "Patients must sign that they agree",
        "No patients with gout",
        "No pregnant women",
        "No family member with gout who is untreated",
        # Each of these people has one of them, and may not have both.
        "Patients with urticaria, blistering diseases and skin cancer",
        "Subjects taking phenytoin and carbamazepine",
        "History of asthma and eczema",
        "No pregnant or nursing",
        # An amount or a limit, not something that people have.
        "No more than 2 earlier operations",
        "No less than 3 months since surgery",
        "No limitation on weight",
        "No age restriction",
        "No chemotherapy allowed",
        # Where the words at the end would lean on the wrong ones.
        "No concurrent steroids except inhalers",
        "No concurrent condition that would prevent surgery",
        "No concurrent use, or use within the past 2 weeks, of aspirin",
        "No concurrent illness likely to prevent surgery",
    ],
)
def test_a_rule_about_somebody_or_something_else_is_not(rule: str) -> None:
    said = plain_rule(rule).text
    assert not said.startswith(("You", "If you"))


@pytest.mark.parametrize("kind", TRAPS)
def test_a_changed_rule_is_refused(kind: str) -> None:
    assert [pair for pair in TRAPS[kind] if not VERIFIER.faults(*pair)] == []


def test_no_rule_of_the_demonstration_gains_or_loses_a_fact() -> None:
    """Counted without the verifier: numbers, units, medicines and "not" are those of the record."""
    studies = [study for study in read_sources([DEMO]) if isinstance(study, Study)]
    said = 0
    for rule in {rule.text for study in studies for rule in criteria(study)}:
        plain = plain_rule(rule)
        if not plain.text.startswith("You "):
            continue
        said += 1
        kinds = {"number", "medicine", "date"}
        before = {fact for fact in facts(rule) if fact[0] in kinds}
        assert before <= {fact for fact in facts(plain.text) if fact[0] in kinds}, (rule, plain.text)
        denials = [Counter(kind for kind, _ in facts(text))["negation"] for text in (rule, plain.text)]
        assert denials[1] >= denials[0], (rule, plain.text)
    assert said > 30
