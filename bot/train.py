"""Train the assistant: `python -m bot.train`. Does nothing when nothing has changed.

The trained model is var/rasa/model.tar.gz; its hash stands beside it, since a model archive can hold
code and is loaded only when it is the one trained here.
"""

import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import List

import yaml

from bot import pipeline

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "var" / "rasa"
MODEL = HOME / "model.tar.gz"
EMBEDDING = ROOT / "var" / "models" / "embedding" / "about.json"
TRAINED_FROM = ("nlu", "rules", "stories", "responses")


def sources() -> List[Path]:
    """Every file that the model is made from, but the spaCy pipeline's own."""
    data = [file for name in TRAINED_FROM for file in sorted((ROOT / "data" / name).rglob("*.yml"))]
    code = [file for file in sorted((ROOT / "bot").glob("*.py")) if file.name != "evaluate.py"]
    return [ROOT / "config.yml", ROOT / "domain.yml", *data, *code]


def fingerprint() -> str:
    """Changes when the model would."""
    total = hashlib.sha256(pipeline.version().encode())
    for file in [*sources(), EMBEDDING]:
        total.update(file.read_bytes())
    return total.hexdigest()


def write_config() -> Path:
    """config.yml with the versions of what Rasa's own fingerprint cannot see."""
    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    digest = json.loads(EMBEDDING.read_text("utf-8"))["digest"]
    for component in config["pipeline"]:
        if "pipeline_version" in component:
            component["pipeline_version"] = pipeline.build().name.split("-", 1)[1]
        if "model_digest" in component:
            component["model_digest"] = digest
    HOME.mkdir(parents=True, exist_ok=True)
    file = HOME / "config.yml"
    file.write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    return file


def main() -> int:
    """Train if needed; 0 when there is a model, 1 when training failed."""
    kept = HOME / "trained-from.json"
    now = fingerprint()
    if MODEL.exists() and kept.exists() and json.loads(kept.read_text("utf-8"))["sources"] == now:
        print("The trained model is up to date.")
        return 0
    started = time.monotonic()
    print("Training the assistant (about 2 minutes) ...", flush=True)
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    from rasa.model_training import train

    data = [str(ROOT / "data" / name) for name in TRAINED_FROM]
    result = train(
        domain=str(ROOT / "domain.yml"),
        config=str(write_config()),
        training_files=data,
        output=str(HOME),
        fixed_model_name="model.new",
        force_training=False,
    )
    if result.code != 0 or result.model is None:
        print("Training failed: the message above says where.", file=sys.stderr)
        return 1
    made = Path(result.model)
    made.replace(MODEL)
    digest = hashlib.sha256(MODEL.read_bytes()).hexdigest()
    kept.write_text(json.dumps({"sources": now, "sha256": digest}), "utf-8")
    print(f"Trained in {time.monotonic() - started:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
