"""The parts of the service, in the order in which they start: each is one process."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

from settings import ROOT, Settings

RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
MODEL = ROOT / "var" / "rasa" / "model.tar.gz"


@dataclass(frozen=True)
class Part:
    """One process of the service.

    command: run in the project's folder, with `environment` added to this process's own
    health: the address that answers 200 when the part is ready
    patience_seconds: how long it may take to get ready
    """

    name: str
    command: tuple[str, ...]
    port: int
    port_setting: str
    health: str
    log: Path
    patience_seconds: float = 60.0
    environment: dict[str, str] = field(default_factory=dict)


def parts_of(settings: Settings) -> list[Part]:
    """Action server, Rasa and gateway, each after what it needs."""
    logs = settings.var / "logs"
    gateway_host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104 (read, not bound)
    return [
        Part(
            "action server",
            (sys.executable, "-m", "actions"),
            settings.actions_port,
            "STUDY_FINDER_ACTIONS_PORT",
            f"{settings.actions_url}/health",
            logs / "actions.log",
        ),
        Part(
            "rasa",
            _rasa_command(settings.rasa_port),
            settings.rasa_port,
            "STUDY_FINDER_RASA_PORT",
            f"{settings.rasa_url}/webhooks/rest/",
            logs / "rasa.log",
            # A cold disk makes TensorFlow slow to load.
            patience_seconds=180.0,
            environment=_rasa_environment(settings),
        ),
        Part(
            "gateway",
            (sys.executable, "-m", "api"),
            settings.port,
            "STUDY_FINDER_PORT",
            f"http://{gateway_host}:{settings.port}/health/live",
            logs / "gateway.log",
        ),
    ]


def _rasa_command(port: int) -> tuple[str, ...]:
    options = {
        "--model": str(MODEL),
        "--endpoints": "endpoints.yml",
        "--credentials": "credentials.yml",
        "--interface": "127.0.0.1",
        "--port": str(port),
    }
    flat = [word for option in options.items() for word in option]
    return (str(RASA_PYTHON), "-m", "bot.rasa", "run", *flat)


def _rasa_environment(settings: Settings) -> dict[str, str]:
    """What endpoints.yml fills in, and Rasa's own switches."""
    return {
        "ACTIONS_URL": f"{settings.actions_url}/webhook",
        "TRACKER_DATABASE": str(settings.var / "rasa" / "tracker.sqlite"),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "LOG_LEVEL": "WARNING",
        # One JSON object a line, so that what people wrote can be taken out: see service.logs.
        "FORCE_JSON_LOGGING": "true",
        "SANIC_WORKERS": "1",
        # Rasa's SQLAlchemy warns at every start of a version that it does not use.
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
