"""What is checked before anything is started."""

import hashlib
import json
import socket
from pathlib import Path

import pytest

from service.parts import parts_of
from service.preflight import PreflightError, check_catalogue, check_model, check_port
from settings import Settings
from tests.running import demo_catalogue


def test_a_port_that_is_taken_is_named_with_its_setting(tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings = Settings(_env_file=None, var=tmp_path, port=other.getsockname()[1])
        gateway = parts_of(settings)[-1]
        with pytest.raises(PreflightError, match=f"{gateway.port}.*STUDY_FINDER_PORT"):
            check_port(gateway, "127.0.0.1")
    check_port(gateway, "127.0.0.1")


def test_a_model_that_was_not_trained_here_is_refused(tmp_path: Path):
    model = tmp_path / "model.tar.gz"
    with pytest.raises(PreflightError, match="make train"):
        check_model(model)
    model.write_bytes(b"trained")
    digest = hashlib.sha256(b"trained").hexdigest()
    (tmp_path / "trained-from.json").write_text(json.dumps({"sha256": digest}), encoding="utf-8")
    check_model(model)
    model.write_bytes(b"from somewhere else")
    with pytest.raises(PreflightError, match="not the model that was trained here"):
        check_model(model)


def test_only_the_gateway_can_be_reached_from_outside(tmp_path: Path):
    actions, rasa, gateway = parts_of(Settings(_env_file=None, var=tmp_path, host="0.0.0.0"))
    assert [part.name for part in (actions, rasa, gateway)] == ["action server", "rasa", "gateway"]
    command = list(rasa.command)
    assert command[command.index("--interface") + 1] == "127.0.0.1"
    assert "--enable-api" not in command
    assert "--cors" not in command
    assert actions.health.startswith("http://127.0.0.1:")


def test_a_catalogue_of_another_export_is_refused_before_anything_starts(tmp_path: Path):
    embedding = tmp_path / "embedding"
    with pytest.raises(PreflightError, match="make model"):
        check_catalogue(demo_catalogue(), embedding)
    embedding.mkdir()
    (embedding / "about.json").write_text('{"digest": "another"}', encoding="utf-8")
    with pytest.raises(PreflightError, match="make catalogue"):
        check_catalogue(demo_catalogue(), embedding)
    with pytest.raises(PreflightError, match="index build"):
        check_catalogue(tmp_path / "none", embedding)
