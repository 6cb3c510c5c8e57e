"""The steps that `make` runs."""

import json
import sys
from pathlib import Path

from service import demo_catalogue
from service.quietly import run


def test_a_step_that_fails_shows_the_end_of_its_log(tmp_path: Path, capfd):
    log = tmp_path / "logs" / "step.log"
    code = run("Training", log, [sys.executable, "-c", "print('no rules'); raise SystemExit(3)"])
    assert code == 3
    told = capfd.readouterr()
    assert "Training: failed" in told.out
    assert "no rules" in told.err


def test_a_step_that_works_says_how_long_it_took(tmp_path: Path, capfd):
    assert run("Training", tmp_path / "step.log", [sys.executable, "-c", "print('epoch 1')"]) == 0
    told = capfd.readouterr()
    assert "Training: done in" in told.out
    assert "epoch" not in told.out


def test_a_step_that_is_killed_counts_as_failed(tmp_path: Path):
    killed = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert run("Training", tmp_path / "step.log", [sys.executable, "-c", killed]) == 143


def _catalogue(root: Path, manifest: str) -> Path:
    current = root / "current"
    current.mkdir(parents=True)
    (current / "manifest.json").write_text(manifest, encoding="utf-8")
    return root


def test_a_catalogue_of_real_registries_is_never_replaced(tmp_path: Path, monkeypatch):
    sources = {"sources": [{"name": "ISRCTN"}, {"name": "demo"}]}
    root = _catalogue(tmp_path, json.dumps(sources))
    assert demo_catalogue.real_sources(root) == ["ISRCTN"]
    monkeypatch.setattr(
        demo_catalogue, "settings", type("Fixed", (), {"catalogue": root}), raising=True
    )
    built: list[list[str]] = []
    monkeypatch.setattr(demo_catalogue, "index_command", lambda words: built.append(words) or 0)
    assert demo_catalogue.main() == 0
    assert built == []


def test_a_demonstration_catalogue_or_none_is_built(tmp_path: Path):
    assert demo_catalogue.real_sources(tmp_path / "none") == []
    root = _catalogue(tmp_path / "demo", json.dumps({"sources": [{"name": "demo"}]}))
    assert demo_catalogue.real_sources(root) == []


def test_a_damaged_catalogue_is_left_alone(tmp_path: Path):
    assert demo_catalogue.real_sources(_catalogue(tmp_path, "{")) != []
