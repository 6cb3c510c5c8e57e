"""What changed since the last report."""

from typing import Any, Dict, List, Optional

FORMAT = 2
FIGURES = ("intent_accuracy", "out_of_scope_recognised", "real_requests_turned_away")


def figures(result: Dict[str, Any]) -> Dict[str, float]:
    """The headline figures of a report by name."""
    found = {name: float(result[name]) for name in FIGURES}
    found.update({f"{name} F1": float(of["f1"]) for name, of in result["entities"].items()})
    if result.get("cross_validation"):
        found["intent_accuracy in cross-validation"] = result["cross_validation"]["intent_accuracy"]
    return found


def changes(result: Dict[str, Any], last: Optional[Dict[str, Any]]) -> Optional[Dict[str, Any]]:
    """Against the last report: figures [then, now] that moved, and messages now wrong or now right.

    None when there is no last report, or one of another shape.
    """
    if last is None or last.get("format") != FORMAT:
        return None
    then, now = figures(last), figures(result)
    return {
        "since": last["made_at"],
        "figures": {k: [then[k], now[k]] for k in now if k in then and abs(then[k] - now[k]) > 1e-9},
        "now_wrong": _without(result["wrong"], last["wrong"]),
        "now_right": _without(last["wrong"], result["wrong"]),
        "entities_now_wrong": _without(result["entity_mistakes"], last["entity_mistakes"]),
        "entities_now_right": _without(last["entity_mistakes"], result["entity_mistakes"]),
    }


def _without(these: List[List[Any]], those: List[List[Any]]) -> List[List[Any]]:
    """Entries of messages that the other list does not hold (an entry ends with its message)."""
    known = {(entry[0], entry[-1]) for entry in those}
    return [entry for entry in these if (entry[0], entry[-1]) not in known]
