"""How well messages are understood: `python -m bot.evaluate` (`make nlu-report`).

Puts `tests/nlu/voices/` to the trained model and cross-validates the intent classifier on `data/nlu/`. Prints
the figures, and writes var/bench/nlu.html (with the confusions and what changed) and nlu.json.
"""

import argparse
import asyncio
import json
import logging
import os
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Dict, List, Optional

from bot.report import diet
from bot.report.changes import FORMAT, changes
from bot.report.voices import ROOT, messages, parse_all, score

MODEL = ROOT / "var" / "rasa" / "model.tar.gz"
RESULT = ROOT / "var" / "bench" / "nlu.json"


def lines(result: Dict[str, Any]) -> List[str]:
    """The figures as text."""
    intents = [
        f"  {name:24}recall {f['recall']:.2f} of {f['of']}" for name, f in result["by_intent"].items()
    ]
    entities = [
        f"  {name:24}precision {f['precision']:.3f}  recall {f['recall']:.3f}  F1 {f['f1']:.3f}"
        for name, f in result["entities"].items()
    ]
    return [
        f"{result['messages']} messages, intent accuracy {result['intent_accuracy']:.3f}",
        *intents,
        f"out of scope recognised {result['out_of_scope_recognised']:.3f},"
        f" real requests turned away {result['real_requests_turned_away']:.3f}",
        *entities,
    ]


def understood(text: str, got: Dict[str, Any]) -> List[str]:
    """What one message was read as."""
    intents = [f"{i['name']} ({i['confidence']:.2f})" for i in got.get("intent_ranking", [])[:3]]
    found = [f"  {e['entity']}: {text[e['start'] : e['end']]}" for e in got["entities"]]
    return [text, f"  {got['intent']['name']}, from {', '.join(intents)}", *found]


def measure(*, crossed: bool) -> Dict[str, Any]:
    """Evaluate the trained model, and compare with the last report."""
    from bot.report.crossing import cross_validate

    expected = messages()
    parsed = asyncio.run(parse_all(MODEL, [m["text"] for m in expected]))
    trained = datetime.fromtimestamp(MODEL.stat().st_mtime, timezone.utc)
    result = {
        "format": FORMAT,
        "made_at": f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC",
        "model_made_at": f"{trained:%Y-%m-%d %H:%M} UTC",
        **score(expected, parsed),
        "cross_validation": cross_validate() if crossed else None,
    }
    result["changed"] = changes(result, read(RESULT))
    return result


def read(file: Path) -> Optional[Dict[str, Any]]:
    """A kept result, if there is one."""
    return json.loads(file.read_text("utf-8")) if file.exists() else None


def write(result: Dict[str, Any]) -> Path:
    """Keep the result as JSON and as a page; gives back the page's file."""
    from bot.report.page import page

    RESULT.parent.mkdir(parents=True, exist_ok=True)
    html = RESULT.with_suffix(".html")
    html.write_text(page(result, read(diet.RESULT)), "utf-8")
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
    return html


def main(arguments: List[str]) -> int:
    """Evaluate the trained model; 1 when there is none."""
    parser = argparse.ArgumentParser(prog="python -m bot.evaluate", description=__doc__)
    parser.add_argument(
        "--diet",
        type=int,
        nargs="?",
        const=diet.EPOCHS,
        metavar="EPOCHS",
        help=f"first train plain DIET beside it (minutes; default: {diet.EPOCHS} epochs)",
    )
    parser.add_argument("--say", metavar="MESSAGE", nargs="+", help="only tell how these are understood")
    parser.add_argument("--quick", action="store_true", help="without cross-validation")
    options = parser.parse_args(arguments)
    if not MODEL.exists():
        print("There is no trained assistant: run `make train`.", file=sys.stderr)
        return 1
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.disable(logging.WARNING)
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    if options.say:
        for text, got in zip(options.say, asyncio.run(parse_all(MODEL, options.say))):
            print("\n".join(understood(text, got)))
        return 0
    if options.diet:
        print("Training plain DIET ...", flush=True)
        print("\n".join(["Plain DIET:", *lines(diet.measure(options.diet)), "", "Ours:"]), flush=True)
    result = measure(crossed=not options.quick)
    print("\n".join(lines(result)))
    if result["cross_validation"]:
        crossed = result["cross_validation"]
        print(f"cross-validation on {crossed['examples']} examples: {crossed['intent_accuracy']:.3f}")
    print(f"The confusions with their sentences, and what changed: {write(result)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
