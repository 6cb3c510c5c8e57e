"""Rasa with its schema looked over once refuses what it refused before."""

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot.rasa import look_over_answers_once

SOUND = [
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "place", "value": None}], "responses": [{"custom": {}}]},
]
UNSOUND = [[], {"events": [{"name": "place"}], "responses": []}, {"events": [], "responses": ["words"]}]


@pytest.fixture(params=["as Rasa comes", "looked over once"])
def action(request, monkeypatch):
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    if request.param == "looked over once":
        look_over_answers_once()
    return RemoteAction("action_greet", None)


@pytest.mark.parametrize("answer", SOUND)
def test_a_sound_answer_is_taken(action, answer):
    assert action._validate_action_result(answer)


@pytest.mark.parametrize("answer", UNSOUND)
def test_an_unsound_answer_is_refused(action, answer):
    with pytest.raises(ValidationError):
        action._validate_action_result(answer)
