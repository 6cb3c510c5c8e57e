"""`python -m bot.rasa run ...`: Rasa's own command line, with two of its habits put right.

Rasa 3.6.21 looks over each answer of the action server by a JSON schema, and over the schema itself
each time: two thirds of what a turn cost (docs/understanding.md). Here the schema is looked over once.

It starts without a model when none can be loaded, and then answers every message with nothing, which
looks like health from outside. Here it ends.
"""

from typing import Any, Dict

import rasa.core.run
from jsonschema import validators
from jsonschema.exceptions import best_match
from rasa.__main__ import main
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent


def look_over_answers_once() -> None:
    """Rasa refuses the same answers as before, with ValidationError."""
    schema = RemoteAction.action_response_format_spec()
    kind = validators.validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def validate(self: RemoteAction, result: Dict[str, Any]) -> bool:
        del self
        error = best_match(validator.iter_errors(result))
        if error is not None:
            error.message += ". The action server's answer is not what Rasa can read."
            raise error
        return True

    RemoteAction._validate_action_result = validate


def end_without_a_model() -> None:
    """The server raises RuntimeError while it starts, instead of serving without a model."""
    load = rasa.core.run.load_agent_on_start

    async def load_or_end(*args: Any) -> Agent:
        agent = await load(*args)
        if not agent.is_ready():
            raise RuntimeError("no model could be loaded: run `make train`, and see the lines above")
        return agent

    rasa.core.run.load_agent_on_start = load_or_end


if __name__ == "__main__":
    look_over_answers_once()
    end_without_a_model()
    main()
