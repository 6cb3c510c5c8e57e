"""An action never ends in silence, and never logs what was written."""

import logging

import pytest

from actions.action_find_studies import FindStudies
from tests.actions.trackers import EXECUTOR, Talk, labels

SECRET = "my secret illness"


def test_a_failure_is_said_and_only_its_type_logged(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(FindStudies, "act", fail)
    monkeypatch.setitem(EXECUTOR.actions, "action_find_studies", FindStudies().run)
    with caplog.at_level(logging.DEBUG):
        [message] = talk.hear(SECRET, "find_study").run("action_find_studies")
    assert message["kind"] == "notice"
    assert "/studies" in message["text"]
    assert talk.followup == "action_listen"
    assert "RuntimeError" in caplog.text
    assert SECRET not in caplog.text


def test_an_action_in_the_middle_of_the_form_goes_back_to_it(talk: Talk) -> None:
    talk.asked("place").hear("delete it", "why_shown").run("action_why_shown")
    assert talk.followup == "study_form"


def test_starting_again_empties_everything(talk: Talk) -> None:
    talk.search("asthma", "Leeds")
    [message] = talk.asked("place").hear("start again", "start_again").run("action_start_again")
    assert "start again" in message["text"]
    assert not talk.slots.get("condition")
    assert talk.active_loop == {}
    assert talk.followup == "study_form"


def test_starting_again_with_a_whole_search_searches(talk: Talk) -> None:
    talk.search("asthma", "Leeds")
    text = "start again, eczema in York"
    talk.hear(text, "start_again", condition="eczema", place="York")
    talk.fill(condition="eczema", place="York")
    [message] = talk.run("action_start_again")
    assert message["search"]["understood"]["place"]["label"] == "York"


def test_forgetting_names_the_button_and_empties_the_slots(talk: Talk) -> None:
    talk.search("asthma", "Leeds")
    [message] = talk.hear("forget me", "forget_me").run("action_forget_me")
    assert "Forget this chat" in message["text"]
    assert talk.slots == {}


def test_not_understood_twice_brings_other_ways(talk: Talk) -> None:
    [first] = talk.hear("wibble", "nlu_fallback").run("action_fallback")
    [second] = talk.hear("wobble", "nlu_fallback").run("action_fallback")
    assert labels(first)
    assert "bepartofresearch" not in first["text"]
    assert "bepartofresearch" in second["text"]


def test_yes_takes_up_the_offer_of_a_search(talk: Talk) -> None:
    talk.hear("yes please", "affirm").run("action_affirm")
    assert talk.followup == "study_form"


def test_small_talk_that_names_a_condition_is_a_search(talk: Talk) -> None:
    talk.hear("hello, I have asthma", "greet", condition="asthma").fill(condition="asthma")
    assert talk.run("action_greet") == []
    assert talk.followup == "study_form"
