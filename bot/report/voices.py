"""The evaluation set, `tests/nlu/voices/`, put to a trained model and counted.

The voices are kept out of the training data by a test.
"""

from collections import Counter
from pathlib import Path
from typing import Any, Dict, List

import yaml

from bot.report.counting import by_label, f1

ROOT = Path(__file__).resolve().parent.parent.parent
VOICES = ROOT / "tests" / "nlu" / "voices"
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


async def parse_all(model: Path, texts: List[str]) -> List[Dict[str, Any]]:
    """What the model makes of each text, as Rasa gives it."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    return [await agent.parse_message(text) for text in texts]


def plain(span: str) -> str:
    """A span without articles: "the Rhondda" and "Rhondda" are one."""
    folded = span.lower().strip()
    for lead in ("the ", "a ", "had a "):
        folded = folded[len(lead) :] if folded.startswith(lead) else folded
    return folded


def score(expected: List[Dict[str, Any]], parsed: List[Dict[str, Any]]) -> Dict[str, Any]:
    """All figures; entities by exact span, over all messages and over searches alone.

    wrong: [intent wanted, intent found, text]; entity_mistakes: [kind, missed, extra, text]
    """
    outside, turned_away = [0, 0], [0, 0]
    counts = {(kind, where): [0, 0, 0] for kind in KINDS for where in ("all", SEARCH)}
    pairs, wrong, mistakes = [], [], []
    for want, got in zip(expected, parsed):
        intent = str((got["intent"]["name"] or "nlu_fallback").split("/")[0])
        pairs.append((want["intent"], intent))
        tally = outside if want["intent"] in OUTSIDE else turned_away
        tally[0] += intent in OUTSIDE
        tally[1] += 1
        if intent != want["intent"]:
            wrong.append([want["intent"], intent, want["text"]])
        for kind, names in KINDS.items():
            gold = Counter(plain(span) for span in want.get(kind) or [])
            found = Counter(
                plain(want["text"][e["start"] : e["end"]])
                for e in got["entities"]
                if e["entity"] in names
            )
            if gold != found:
                mistakes.append([kind, sorted(gold - found), sorted(found - gold), want["text"]])
            places = ["all", SEARCH] if want["intent"] == SEARCH else ["all"]
            for where in places:
                for at, number in enumerate((gold & found, found, gold)):
                    counts[kind, where][at] += sum(number.values())
    return {
        "messages": len(expected),
        "intent_accuracy": sum(want == got for want, got in pairs) / len(pairs),
        "by_intent": by_label(pairs),
        "out_of_scope_recognised": outside[0] / max(outside[1], 1),
        "real_requests_turned_away": turned_away[0] / max(turned_away[1], 1),
        "entities": {f"{kind} ({where})": f1(*n) for (kind, where), n in counts.items()},
        "wrong": wrong,
        "entity_mistakes": mistakes,
    }
