"""Cross-validation of the intent classifier on data/nlu, without Rasa's graph.

The project's own extractor, featurizer and classifier are called as Rasa calls them, once over all examples,
since none of their vectors depends on the other examples; only the letter groups and the linear model are
fitted anew for each fold, by the classifier's own code. `rasa test nlu --cross-validation` would run the
whole pipeline once a fold, the selector of answers too. Two things differ from the trained assistant: the
fallback's threshold is left out, and near copies of an example in the other folds make the figure kinder
than life. The evaluation set is the one to go by.
"""

from typing import Any, Dict, List

import numpy as np
import spacy
import yaml

from bot import pipeline
from bot.classifier import CalibratedClassifier, _features, _joined
from bot.extractor import StudyEntityExtractor
from bot.featurizer import SentenceFeaturizer
from bot.masking import FOUND
from bot.report.counting import by_label
from bot.report.voices import ROOT

FOLDS = 5


def cross_validate() -> Dict[str, Any]:
    """Accuracy, figures by intent, and the examples read wrong when they were held out."""
    from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
    from rasa.shared.nlu.training_data.loading import load_data
    from rasa.shared.nlu.training_data.message import Message
    from sklearn.model_selection import StratifiedKFold

    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    own = next(c for c in config["pipeline"] if c["name"].endswith(CalibratedClassifier.__name__))
    data = load_data(str(ROOT / "data" / "nlu"))
    examples = [message for message in data.intent_examples if message.get(TEXT)]
    extractor = StudyEntityExtractor(spacy.load(pipeline.build()))
    extractor.process_training_data(data)
    featurizer = SentenceFeaturizer("cross-validation", SentenceFeaturizer.get_default_config())
    featurizer.process(examples)
    vectors = np.stack([_features(message) for message in examples])

    # A message that is asked has no editor's marks: held out, an example must do without them too.
    unmarked = {
        at: Message({TEXT: message.get(TEXT)})
        for at, message in enumerate(examples)
        if message.get(ENTITIES) and not message.get(FOUND)
    }
    featurizer.process(list(unmarked.values()))
    asked = vectors.copy()
    for at, message in unmarked.items():
        asked[at] = _features(message)

    texts = np.array([message.get(TEXT) for message in examples])
    intents = np.array([message.get(INTENT) for message in examples])
    found = np.empty(len(texts), dtype=object)
    classifier = CalibratedClassifier({**CalibratedClassifier.get_default_config(), **own}, None, None)
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(vectors, intents):
        letters, model = classifier._fit(texts[train], vectors[train], intents[train])
        found[test] = model.predict(_joined(letters, texts[test], asked[test]))
    pairs = [(str(want), str(got)) for want, got in zip(intents, found)]
    wrong: List[List[str]] = [[*pair, str(text)] for pair, text in zip(pairs, texts) if pair[0] != pair[1]]
    return {
        "folds": FOLDS,
        "examples": len(texts),
        "intent_accuracy": sum(want == got for want, got in pairs) / len(pairs),
        "by_intent": by_label(pairs),
        "wrong": wrong,
    }
