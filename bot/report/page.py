"""One HTML page that needs nothing else."""

from collections import defaultdict
from pathlib import Path
from typing import Any, Dict, List, Optional

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.report.changes import figures
from bot.report.plot import confusion

HERE = Path(__file__).resolve().parent


def page(result: Dict[str, Any], diet: Optional[Dict[str, Any]]) -> str:
    """The report as HTML; `diet` is the plain pipeline's result, if it was measured."""
    environment = Environment(
        loader=FileSystemLoader(str(HERE)), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("page.html").render(
        report=result,
        figures=figures(result),
        diet=diet,
        diet_figures=figures(diet) if diet else {},
        plot=confusion(result),
        confusions=_grouped(result["wrong"]),
        crossed=_grouped((result["cross_validation"] or {}).get("wrong", [])),
    )


def _grouped(wrong: List[List[str]]) -> List[Any]:
    """((meant, understood), sentences), the most frequent confusion first."""
    found = defaultdict(list)
    for want, got, text in wrong:
        found[want, got].append(text)
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
