"""Train the learnt half of the danger check: `python -m api.danger.train` writes var/danger.npz.

Learns from `data/safety/examples/` and, as ordinary messages, from all training data of the
assistant. Takes about ten seconds.
"""

import random
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from api.danger.check import DangerCheck
from api.danger.learnt import FEATURES, KINDS, Learnt, counts, features
from index.lexicon import read_concepts
from settings import settings

ORDINARY = "ordinary"
INVERSE_REGULARISATION = 20.0
ALARM, DOUBT = -0.7, -3.0
"""By measurement on phrasings left out: see docs/safety.md."""
MADE_UP = 6000
LONGEST_NAME = 35
_GRAVE = re.compile(
    r"suicid|self.?harm|harm|overdos|poison|abus|viol|rape|assault|beaten|battered|kill|die|dying|dead"
    r"|chok|not breath|can't breathe|stopped|attack|bleed|anaphyl|mening|sepsis|stroke|unconscious"
    r"|collapse|drown|burn|stab|strangl|traffick|neglect|cutting|hopeless|scared|afraid|threat|hit",
    re.IGNORECASE,
)
_MARK = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def examples(data: Path) -> tuple[list[str], list[str]]:
    """(messages, kind of each): life, self_harm, abuse or ordinary.

    Raises ValueError naming the file that is not a list of messages.
    """
    texts: list[str] = []
    kinds: list[str] = []
    for kind in (*KINDS, ORDINARY):
        file = data / "safety" / "examples" / f"{kind}.yml"
        content = yaml.safe_load(file.read_text("utf-8"))
        if not isinstance(content, dict) or not isinstance(content.get("messages"), list):
            raise ValueError(f"{file}: it must hold a list named 'messages'")
        texts += [str(message) for message in content["messages"]]
        kinds += [kind] * len(content["messages"])
    ordinary = [*assistant_examples(data), *made_up(data)]
    return texts + ordinary, kinds + [ORDINARY] * len(ordinary)


def assistant_examples(data: Path) -> list[str]:
    """All training messages of the assistant but those of somebody in danger."""
    found = []
    for file in sorted((data / "nlu").glob("*.yml")):
        for entry in yaml.safe_load(file.read_text("utf-8")).get("nlu", []):
            if entry.get("intent") not in (None, "emergency_or_distress"):
                lines = str(entry["examples"]).splitlines()
                found += [_MARK.sub(r"\1", line.removeprefix("- ")) for line in lines]
    return found


def made_up(data: Path) -> list[str]:
    """Ordinary messages from `ordinary_templates.yml`, the same at every training.

    Conditions that a danger is made of (self-harm, overdose, abuse, emergencies) are left out.
    """
    chance = random.Random(0)  # noqa: S311 (no secret: the same messages every time)
    kept = yaml.safe_load(
        (data / "safety" / "examples" / "ordinary_templates.yml").read_text("utf-8")
    )
    names = [
        name
        for file in sorted((data / "lexicon").glob("*.yml"))
        for concept in read_concepts(file)
        for name in (concept.name, *concept.lay[:2])
        if len(name) < LONGEST_NAME and not _GRAVE.search(name)
    ]
    found = []
    for _ in range(MADE_UP):
        he = chance.choice(["he", "she"])
        found.append(
            chance.choice(kept["templates"]).format(
                relative=chance.choice(kept["relatives"][he]),
                he=he,
                age=chance.randint(2, 90),
                condition=chance.choice(names),
                place=chance.choice(kept["places"]),
            )
        )
    return found


def fit(texts: list[str], kinds: list[str], mended: list[str]) -> Learnt:
    """A model of these messages; `mended` as in `counts`."""
    matrices = counts(texts, mended)
    idf = np.concatenate([_idf(matrix) for matrix in matrices])
    rows = features(matrices, idf)
    truth = np.array(kinds)
    weights = np.zeros((3 * FEATURES, 1 + len(KINDS)), dtype=np.float32)
    intercepts = np.zeros(1 + len(KINDS))
    targets = [truth != ORDINARY, *(truth == kind for kind in KINDS)]
    for at, target in enumerate(targets):
        model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=3000)
        model.fit(rows, target)
        weights[:, at] = model.coef_[0]
        intercepts[at] = model.intercept_[0]
    return Learnt(weights, idf, intercepts, ALARM, DOUBT)


def _idf(matrix: Any) -> NDArray[np.float32]:
    """Smoothed inverse document frequency of each column."""
    count = matrix.shape[0]
    held = np.bincount(matrix.indices, minlength=FEATURES)
    result: NDArray[np.float32] = (np.log((1 + count) / (1 + held)) + 1).astype(np.float32)
    return result


def main() -> int:
    """Train and save; 1 when an editor's file is wrong, which is said."""
    data = settings().data
    try:
        check = DangerCheck.of_patterns(data)
        texts, kinds = examples(data)
    except (OSError, ValueError, yaml.YAMLError) as error:
        print(f"The danger check cannot be trained: {error}", file=sys.stderr)
        return 1
    fit(texts, kinds, [check.mended(text) for text in texts]).save(settings().danger_model)
    print(f"The danger check has learnt from {len(texts)} messages.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
