"""No words of people in the logs."""

import json
from pathlib import Path

from service.logs import KEPT_BYTES, tail, turn_over, without_words


def test_a_line_of_rasa_loses_what_a_person_wrote():
    line = json.dumps(
        {"event": "rest.message.received.failure", "level": "error", "text": "my mum has dementia"}
    )
    kept = json.loads(without_words(line.encode()))
    assert kept == {"event": "rest.message.received.failure", "level": "error"}


def test_a_line_of_the_gateway_still_tells_which_request_it_is_about():
    line = {"at": "2026-01-01T10:00:00.000Z", "says": "request", "request_id": "7f", "route": "/", "ms": 3.1}
    assert json.loads(without_words(json.dumps(line).encode())) == line


def test_other_lines_stay():
    assert without_words(b"Starting\n") == b"Starting\n"
    assert without_words(b"{not json\n") == b"{not json\n"


def test_a_large_log_is_moved_aside(tmp_path: Path):
    log = tmp_path / "logs" / "rasa.log"
    turn_over(log)
    log.write_bytes(b"x" * (KEPT_BYTES + 1))
    turn_over(log)
    assert not log.exists()
    assert (tmp_path / "logs" / "rasa.old.log").exists()


def test_the_tail_is_the_end_of_the_log(tmp_path: Path):
    log = tmp_path / "a.log"
    assert "empty" in tail(log)
    log.write_text("\n".join(str(number) for number in range(100)), encoding="utf-8")
    assert tail(log, 2).split() == ["98", "99"]
