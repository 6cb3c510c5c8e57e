"""How well messages are understood: `python -m bot.evaluate` on `tests/nlu/voices/` (`make nlu-report`).

Prints accuracy by intent, entity scores and every message that went wrong, and writes the same as
JSON to var/bench/nlu.json. The voices are kept out of the training data by a test.
"""

import asyncio
import json
import logging
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Dict, List, Tuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
VOICES = ROOT / "tests" / "nlu" / "voices"
MODEL = ROOT / "var" / "rasa" / "model.tar.gz"
RESULT = ROOT / "var" / "bench" / "nlu.json"
OUTSIDE = frozenset(["out_of_scope", "insult_or_joke", "other_language", "nlu_fallback"])
KINDS = {"condition": ("condition",), "place": ("place", "postcode")}
SEARCH = "find_study"


def messages() -> List[Dict[str, Any]]:
    """Every evaluation message with its intent, conditions and places."""
    return [
        message
        for file in sorted(VOICES.glob("*.yml"))
        for message in yaml.safe_load(file.read_text("utf-8"))["messages"]
    ]


async def _parse_all(texts: List[str]) -> List[Dict[str, Any]]:
    from rasa.core.agent import Agent

    agent = Agent.load(str(MODEL))
    return [await agent.parse_message(text) for text in texts]


def plain(span: str) -> str:
    """A span without articles: "the Rhondda" and "Rhondda" are one."""
    folded = span.lower().strip()
    for lead in ("the ", "a ", "had a "):
        folded = folded[len(lead) :] if folded.startswith(lead) else folded
    return folded


def score(expected: List[Dict[str, Any]], parsed: List[Dict[str, Any]]) -> Dict[str, Any]:
    """All figures; entities by exact span, over all messages and over searches alone."""
    right, all_of = Counter(), Counter()  # type: Counter[str], Counter[str]
    outside, turned_away = [0, 0], [0, 0]
    counts = {(kind, where): [0, 0, 0] for kind in KINDS for where in ("all", SEARCH)}
    wrong = []
    for want, got in zip(expected, parsed):
        intent = str((got["intent"]["name"] or "nlu_fallback").split("/")[0])
        all_of[want["intent"]] += 1
        right[want["intent"]] += intent == want["intent"]
        tally = outside if want["intent"] in OUTSIDE else turned_away
        tally[0] += intent in OUTSIDE
        tally[1] += 1
        if intent != want["intent"]:
            wrong.append((want["intent"], intent, want["text"]))
        for kind, names in KINDS.items():
            gold = Counter(plain(span) for span in want.get(kind) or [])
            found = Counter(
                plain(want["text"][e["start"] : e["end"]])
                for e in got["entities"]
                if e["entity"] in names
            )
            places = ["all", SEARCH] if want["intent"] == SEARCH else ["all"]
            for where in places:
                for at, number in enumerate((gold & found, found, gold)):
                    counts[kind, where][at] += sum(number.values())
    return {
        "messages": len(expected),
        "intent_accuracy": sum(right.values()) / len(expected),
        "by_intent": {name: [right[name], all_of[name]] for name in sorted(all_of)},
        "out_of_scope_recognised": outside[0] / max(outside[1], 1),
        "real_requests_turned_away": turned_away[0] / max(turned_away[1], 1),
        "entities": {f"{kind} ({where})": _f1(n) for (kind, where), n in counts.items()},
        "wrong": wrong,
    }


def _f1(counts: List[int]) -> Dict[str, float]:
    both, found, gold = counts
    return {
        "precision": both / max(found, 1),
        "recall": both / max(gold, 1),
        "f1": 2 * both / max(found + gold, 1),
    }


def lines(result: Dict[str, Any]) -> List[str]:
    """The report as text."""
    table = [f"  {name:24}{right:4} of {of}" for name, (right, of) in result["by_intent"].items()]
    entities = [
        f"  {name:24}precision {f['precision']:.3f}  recall {f['recall']:.3f}  F1 {f['f1']:.3f}"
        for name, f in result["entities"].items()
    ]
    wrong: List[Tuple[str, str, str]] = result["wrong"]
    return [
        f"{result['messages']} messages, intent accuracy {result['intent_accuracy']:.3f}",
        *table,
        f"out of scope recognised {result['out_of_scope_recognised']:.3f},"
        f" real requests turned away {result['real_requests_turned_away']:.3f}",
        *entities,
        "",
        *(f"{want} read as {got}: {text}" for want, got, text in wrong),
    ]


def main() -> int:
    """Evaluate the trained model; 1 when there is none."""
    if not MODEL.exists():
        print("There is no trained assistant: run `make train`.", file=sys.stderr)
        return 1
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.disable(logging.WARNING)
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    expected = messages()
    result = score(expected, asyncio.run(_parse_all([m["text"] for m in expected])))
    print("\n".join(lines(result)))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
