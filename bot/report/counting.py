"""Precision, recall and F1, by label."""

from collections import Counter
from typing import Dict, List, Tuple


def f1(both: int, found: int, gold: int) -> Dict[str, float]:
    """From how many are right, how many were found and how many there are."""
    return {
        "precision": both / max(found, 1),
        "recall": both / max(gold, 1),
        "f1": 2 * both / max(found + gold, 1),
        "of": gold,
    }


def by_label(pairs: List[Tuple[str, str]]) -> Dict[str, Dict[str, float]]:
    """For each label of the pairs (wanted, found): precision, recall, f1, and of how many."""
    gold = Counter(want for want, _ in pairs)
    found = Counter(got for _, got in pairs)
    both = Counter(want for want, got in pairs if want == got)
    return {name: f1(both[name], found[name], gold[name]) for name in sorted({*gold, *found})}
