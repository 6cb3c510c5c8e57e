"""`python -m bot.rasa run ...`: Rasa's own command line without work that costs time and changes nothing.

Rasa 3.6.21 looks over each answer of the action server by a JSON schema, and over the schema itself
each time: two thirds of what a turn cost (docs/understanding.md). Here the schema is looked over once.
"""

from typing import Any, Dict

from jsonschema import validators
from jsonschema.exceptions import best_match
from rasa.__main__ import main
from rasa.core.actions.action import RemoteAction


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


if __name__ == "__main__":
    look_over_answers_once()
    main()
