"""One table on the screen, one small JSON file, one plot."""

import json
import math
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import matplotlib as mpl

from bench.absent import Absent
from bench.building import Build
from bench.memory import Memory
from bench.plain import Plain
from bench.plain import lines as plain_lines
from bench.quality import Quality
from bench.scale import Scale, line
from bench.speed import Speed
from bench.turns import Turns

mpl.use("Agg")
from matplotlib import pyplot as plt


@dataclass
class Report:
    """Everything that was measured; quality by the name of the query set."""

    quality: dict[str, list[Quality]] = field(default_factory=dict)
    absent: Absent | None = None
    speed: list[Speed] = field(default_factory=list)
    build: Build | None = None
    scale: list[Scale] = field(default_factory=list)
    memory: list[Memory] = field(default_factory=list)
    danger: dict[str, tuple[int, int]] = field(default_factory=dict)
    plain: Plain | None = None
    turns: list[Turns] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The table, a line each."""
        found: list[str] = []
        for name, methods in self.quality.items():
            first = methods[0]
            found += ["", f"{name}: {first.queries} queries, {first.gap_queries} of them gap"]
            found.append(f"  {'':22}nDCG@10    gap   seen  top 3   about right  about wrong")
            found += [
                f"  {q.method:20}{_number(q.ndcg)} {_number(q.ndcg_gap)} {_number(q.ndcg_seen)}"
                f" {_number(q.top3)}  {_number(q.about_right)}      {_number(q.about_wrong)}"
                for q in methods
            ]
        if a := self.absent:
            found += [
                "",
                f"Conditions that none of {a.studies:,} records is tagged with ({a.queries:,} lay names):"
                f" `about` in {a.answers_about:.3f} of the answers, of {a.results_about:.3f} of the results",
            ]
        if self.speed:
            found += ["", f"  {'':34}studies      p50      p95"]
            found += [
                f"  {s.what:34}{s.studies:7,}  {s.p50:6.2f} ms {s.p95:6.2f} ms" for s in self.speed
            ]
        if self.build:
            b = self.build
            found += [
                "",
                f"Building {b.studies:,} studies: {b.from_nothing:.0f} s from nothing,"
                f" {b.one_percent_changed:.0f} s with 1% changed"
                f" ({b.from_nothing / b.one_percent_changed:.1f} times faster)",
            ]
        found += [line(one) for one in self.scale]
        found += [
            f"Building {m.studies:,} studies, {m.what}: {m.megabytes:,} MB at the peak, {m.seconds:.0f} s"
            for m in self.memory
        ]
        if self.danger:
            shares = ", ".join(f"{name} {a} of {b}" for name, (a, b) in self.danger.items())
            found += ["", f"Danger check, phrasings never met, cards shown: {shares}"]
        if self.plain:
            found += plain_lines(self.plain)
        if self.turns:
            found += ["", f"  {'':34}  turns      p50      p95   Rasa's memory"]
            found += [
                f"  {t.what:34}{t.turns:7}  {t.p50:6.1f} ms {t.p95:6.1f} ms  {t.rasa_megabytes:6.0f} MB"
                for t in self.turns
            ]
            found.append(f"  the first is {self.turns[0].p50 / self.turns[1].p50:.2f} times the second")
        return found

    def save(self, folder: Path) -> None:
        """results.json and, where quality was measured, quality.png."""
        folder.mkdir(parents=True, exist_ok=True)
        content = {"measured_at": datetime.now(UTC).isoformat(timespec="seconds")} | asdict(self)
        (folder / "results.json").write_text(json.dumps(content, indent=1), encoding="utf-8")
        if self.quality:
            _plot(self.quality, folder / "quality.png")


def _number(value: float | None) -> str:
    return "      -" if value is None or math.isnan(value) else f"{value:7.3f}"


def _plot(quality: dict[str, list[Quality]], file: Path) -> None:
    figure, axes = plt.subplots(figsize=(8, 4))
    methods = [q.method for q in next(iter(quality.values()))]
    width = 0.8 / len(methods)
    for at, method in enumerate(methods):
        heights = [q.ndcg for group in quality.values() for q in group if q.method == method]
        axes.bar([x + at * width for x in range(len(heights))], heights, width, label=method)
    axes.set_xticks([x + 0.4 - width / 2 for x in range(len(quality))], list(quality))
    axes.set_ylabel("nDCG@10")
    axes.set_ylim(0, 1)
    axes.legend()
    figure.tight_layout()
    figure.savefig(file, dpi=120)
    plt.close(figure)
