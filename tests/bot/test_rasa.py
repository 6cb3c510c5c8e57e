"""Rasa with its schema looked over once refuses what it refused before, and ends without a model."""

import asyncio

import pytest
import rasa.core.run
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent

from bot.rasa import end_without_a_model, look_over_answers_once

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


def test_without_a_model_it_ends(monkeypatch):
    async def load(*_):
        return Agent()

    monkeypatch.setattr(rasa.core.run, "load_agent_on_start", load)
    end_without_a_model()
    with pytest.raises(RuntimeError, match="make train"):
        asyncio.run(rasa.core.run.load_agent_on_start())
