"""A plain Rasa pipeline on the same examples: what our own parts are to be measured against."""

import asyncio
import copy
import json
import tempfile
import time
from pathlib import Path
from typing import Any, Dict

import yaml

from bot.report import voices

ROOT = Path(__file__).resolve().parent.parent.parent
RESULT = ROOT / "var" / "bench" / "nlu-diet.json"
EPOCHS = 15
"""`rasa init` has 100 for some 70 examples; data/nlu has 100 times as many, and the steps are what counts."""
CONFIG = {
    "recipe": "default.v1",
    "language": "en",
    "assistant_id": "plain-diet",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {
            "name": "DIETClassifier",
            "random_seed": 7,
            "constrain_similarities": True,
            "evaluate_on_number_of_examples": 0,
        },
        {"name": "EntitySynonymMapper"},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
}
"""What `rasa init` writes, less its lexical features and its selector of answers."""


def measure(epochs: int) -> Dict[str, Any]:
    """Train the plain pipeline on data/nlu and put the evaluation set to it; minutes, not seconds.

    Raises RuntimeError when Rasa could not train it.
    """
    from rasa.model_training import train_nlu

    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yml"
        content: Dict[str, Any] = copy.deepcopy(CONFIG)
        content["pipeline"][3]["epochs"] = epochs
        config.write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")
        model = train_nlu(str(config), str(ROOT / "data" / "nlu"), folder, fixed_model_name="diet")
        if model is None:
            raise RuntimeError("Rasa could not train the plain pipeline: its message above says why")
        seconds = time.monotonic() - started
        expected = voices.messages()
        parsed = asyncio.run(voices.parse_all(Path(model), [m["text"] for m in expected]))
    result = {**voices.score(expected, parsed), "epochs": epochs, "training_seconds": round(seconds)}
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
    return result
