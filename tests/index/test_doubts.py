"""Which answers stand against which studies, as a snapshot keeps it."""

from pathlib import Path

import numpy as np

from index.catalogue.doubts import TOPICS, Doubts, doubt_bits, save
from tests.index.wording.records import study

ROWS = np.arange(3, dtype=np.int64)
STUDIES = [
    study(eligibility="Exclusion Criteria:\n* Pregnant or nursing\n* Current smoker"),
    study(eligibility="Inclusion Criteria:\n* Current smoker"),
    study(eligibility="Inclusion Criteria:\n* Adults"),
]


def test_answers_are_counted_against_the_studies_that_they_stand_against(tmp_path: Path) -> None:
    save(tmp_path, map(doubt_bits, STUDIES))
    kept = Doubts(tmp_path)
    assert kept.count({}, ROWS).tolist() == [0, 0, 0]
    assert kept.count({"smoker": True}, ROWS).tolist() == [1, 0, 0]
    assert kept.count({"smoker": False}, ROWS).tolist() == [0, 1, 0]
    assert kept.count({"smoker": True, "pregnant": True}, ROWS).tolist() == [2, 0, 0]
    assert kept.count({"smoker": True}, ROWS[::-1]).tolist() == [0, 0, 1]


def test_a_topic_that_the_snapshot_does_not_know_by_name_moves_nothing(tmp_path: Path) -> None:
    save(tmp_path, map(doubt_bits, STUDIES))
    file = tmp_path / TOPICS
    file.write_text(file.read_text("utf-8").replace('"smoker"', '"renamed"'), encoding="utf-8")
    assert Doubts(tmp_path).count({"smoker": True}, ROWS).tolist() == [0, 0, 0]


def test_a_snapshot_from_before_there_were_answers_moves_nothing(tmp_path: Path) -> None:
    assert Doubts(tmp_path).count({"smoker": True}, ROWS).tolist() == [0, 0, 0]
