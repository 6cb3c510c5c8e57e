"""Takes back conditions and places that a message names without looking for anything.

"Is it safe to take part while breastfeeding" is a question, not a search for breastfeeding: in such
intents a named condition or place is nothing that the dialogue may act on.
"""

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT
from rasa.shared.nlu.training_data.message import Message

_ELSEWHERE = frozenset(
    "faq out_of_scope insult_or_joke goodbye thank bot_challenge forget_me human_help".split()
)
_ABOUT_THE_SCREEN = frozenset(
    "who_can_join what_is_involved how_to_join why_shown compare_studies study_details"
    " more_results previous_results other_language".split()
)
NAMED_IN_PASSING = {"condition": _ELSEWHERE | _ABOUT_THE_SCREEN, "place": _ELSEWHERE}
SURE = {"out_of_scope": 0.8, "insult_or_joke": 0.8}
SURE_ENOUGH = 0.5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityFilter(GraphComponent):
    """Runs behind the intent classifier; where the intent is in doubt nothing is taken back."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Nothing to set."""
        return {}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "EntityFilter":
        """Made by Rasa."""
        del config, model_storage, resource, execution_context
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Filter the entities of messages."""
        for message in messages:
            intent = message.get(INTENT) or {}
            name = str(intent.get("name") or "").split("/")[0]
            sure = intent.get("confidence", 0.0) >= SURE.get(name, SURE_ENOUGH)
            entities = message.get(ENTITIES)
            if sure and entities:
                kept = [e for e in entities if name not in NAMED_IN_PASSING.get(e["entity"], frozenset())]
                message.set(ENTITIES, kept, add_to_output=True)
        return messages
