"""Sentence embeddings as Rasa features, by the ONNX model that the app environment exported."""

import json
from pathlib import Path
from typing import Any, Dict, Iterable, List, Text

import numpy as np
import onnxruntime
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer as RasaTokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tokenizers import Tokenizer

from bot.masking import mask

MODEL = Path(__file__).resolve().parent.parent / "var" / "models" / "embedding"
BATCH = 32
SCALE = 14.0
"""Unit vectors of this size have parts near 0.05; networks behind learn from parts near 1."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """One unit vector a message, shape (1, size), of its text and of what it was found to hold."""

    @classmethod
    def required_components(cls) -> List[type]:
        """DIET and ResponseSelector want tokens too."""
        return [RasaTokenizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`model_digest` is set by bot.train, so that another model means a new training."""
        return {**DenseFeaturizer.get_default_config(), "model_digest": "", "masked": True}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceFeaturizer":
        """Load the exported model; raises when `make model` was not run or another model is there."""
        del model_storage, resource
        about = json.loads((MODEL / "about.json").read_text("utf-8"))
        if config["model_digest"] not in ("", about["digest"]):
            raise ValueError("The embedding model changed since the training: run `make train`.")
        return cls(execution_context.node_name, config)

    def __init__(self, name: Text, config: Dict[Text, Any]):
        super().__init__(name, config)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        # Threads that wait by spinning take the cores from the other parts of the service.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = onnxruntime.InferenceSession(
            str(MODEL / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
        # The file may ask for padding to a fixed length; batches here are padded and masked below.
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(128)

    @staticmethod
    def validate_config(config: Dict[Text, Any]) -> None:
        """Nothing can be wrong in it."""

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the sentence feature (and the same one to each token, for DIET) to messages."""
        texts = [message for message in messages if message.get(TEXT)]
        wanted = {text for m in texts for text in (m.get(TEXT), mask(m))}
        vectors = self._encode_all(wanted)
        for message in texts:
            both = np.concatenate([vectors[message.get(TEXT)], vectors[mask(message)]])
            self._set(message, SCALE * both[None, :])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Featurize every training example."""
        self.process(training_data.training_examples)
        return training_data

    def _encode_all(self, texts: Iterable[Text]) -> Dict[Text, np.ndarray]:
        """Text -> vector; like lengths together, since a batch is as slow as its longest text."""
        ordered = sorted(texts, key=len)
        found: Dict[Text, np.ndarray] = {}
        for start in range(0, len(ordered), BATCH):
            batch = ordered[start : start + BATCH]
            found.update(zip(batch, self._encode(batch)))
        return found

    def _encode(self, texts: List[Text]) -> np.ndarray:
        encoded = self.tokenizer.encode_batch(texts)
        length = max(len(item.ids) for item in encoded)
        ids = np.zeros((len(encoded), length), dtype=np.int64)
        attention = np.zeros_like(ids)
        for row, item in enumerate(encoded):
            ids[row, : len(item.ids)] = item.ids
            attention[row, : len(item.ids)] = 1
        inputs = {
            "input_ids": ids,
            "attention_mask": attention,
            "token_type_ids": np.zeros_like(ids),
        }
        return self.session.run(None, inputs)[0]

    def _set(self, message: Message, sentence: np.ndarray) -> None:
        count = max(len(message.get("text_tokens") or []), 1)
        for kind, features in (
            (FEATURE_TYPE_SENTENCE, sentence),
            (FEATURE_TYPE_SEQUENCE, np.repeat(sentence, count, axis=0)),
        ):
            message.add_features(Features(features, kind, TEXT, self._identifier))
