"""Rasa's view of the gazetteer and the patterns: one component that finds every entity."""

from typing import Any, Dict, List, Text, Tuple

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot import pipeline
from bot.entities import choosing, gazetteer, patterns
from bot.entities.negation import negated
from bot.masking import FOUND

__all__ = ["StudyEntityExtractor", "gazetteer"]
NAME = "StudyEntityExtractor"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class StudyEntityExtractor(GraphComponent):
    """Sets condition, place, postcode, age, distance, ordinal, sex, setting and volunteer."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`pipeline_version` is set by bot.train, so that Rasa sees when the gazetteer changed."""
        return {"pipeline_version": ""}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "StudyEntityExtractor":
        """Load the pipeline that the model was trained with; raises OSError if it is gone."""
        del model_storage, resource, execution_context
        version = config["pipeline_version"]
        folder = pipeline.HOME / f"pipeline-{version}" if version else pipeline.build()
        return cls(spacy.load(folder))

    def __init__(self, nlp: Any):
        self.nlp = nlp

    def process(self, messages: List[Message]) -> List[Message]:
        """Add entities to messages."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                message.set(ENTITIES, self.entities(text), add_to_output=True)
        return messages

    def process_training_data(self, training_data: Any) -> Any:
        """Leave beside each example what would be found in it: the featurizer masks with that."""
        for message in training_data.training_examples:
            if message.get(TEXT):
                message.set(FOUND, self.entities(message.get(TEXT)))
        return training_data

    def entities(self, text: Text) -> List[Dict[Text, Any]]:
        """Entities in Rasa's form; a condition that is ruled out ("not diabetes") is left out."""
        found = [
            {
                "entity": f.entity,
                "start": f.start,
                "end": f.end,
                "value": f.value,
                "extractor": NAME,
            }
            for f in patterns.find(text)
        ]
        taken = [(f["start"], f["end"]) for f in found if f["entity"] == "postcode"]
        doc = self.nlp(text.replace("-", " ").replace("/", " "))
        for span in choosing.meant(self._spans(doc, text, taken), text):
            start, end = span.start_char, span.end_char
            entity = {
                "entity": span.label_,
                "start": start,
                "end": end,
                "value": span._.means or text[start:end],
                "extractor": NAME,
            }
            if span.label_ == "condition":
                entity["concepts"] = list(span._.concepts)
            found.append(entity)
        return sorted(found, key=lambda entity: entity["start"])

    @staticmethod
    def _spans(doc: Any, text: Text, taken: List[Tuple[int, int]]) -> List[Any]:
        """Conditions and places that are not ruled out; a part of the body where no condition is named."""

        def free(span: Any) -> bool:
            start, end = span.start_char, span.end_char
            return not any(start < other_end and other_start < end for other_start, other_end in taken)

        kept = [span for span in doc.ents if free(span) and not negated(text, span.start_char)]
        if not any(span.label_ == "condition" for span in kept):
            parts = [span for span in doc._.parts if not negated(text, span.start_char)]
            kept = sorted([*kept, *parts], key=lambda span: span.start)
        return kept
