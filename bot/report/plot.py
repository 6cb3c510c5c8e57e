"""The confusion plot, as SVG to stand inside a page."""

import io
import re
from collections import Counter
from typing import Any, Dict


def confusion(result: Dict[str, Any]) -> str:
    """Rows: what people meant; columns: what was understood; each cell the share of its row."""
    import matplotlib

    matplotlib.use("Agg")
    import numpy as np
    from matplotlib import pyplot

    names = sorted(result["by_intent"])
    wrong = Counter((want, got) for want, got, _ in result["wrong"])
    table = np.zeros((len(names), len(names)))
    for row, want in enumerate(names):
        for column, got in enumerate(names):
            table[row, column] = wrong[want, got]
        table[row, row] = result["by_intent"][want]["of"] - table[row].sum()
    shares = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    side = 2.5 + 0.34 * len(names)
    figure, axes = pyplot.subplots(figsize=(side, side))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("understood as")
    axes.set_ylabel("meant")
    for row, column in zip(*np.nonzero(table)):
        colour = "white" if shares[row, column] > 0.5 else "black"
        count = f"{table[row, column]:.0f}"
        axes.text(column, row, count, ha="center", va="center", color=colour, fontsize=8)
    made = io.StringIO()
    figure.savefig(made, format="svg", bbox_inches="tight")
    pyplot.close(figure)
    return re.sub(r"^.*?(?=<svg)", "", made.getvalue(), flags=re.DOTALL)
