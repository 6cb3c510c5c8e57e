"""What is secret has a default for one's own machine only."""

import pytest
from pydantic import ValidationError

from settings import Settings


def test_the_local_secret_is_refused_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STUDY_FINDER_SECRET", raising=False)
    assert Settings(_env_file=None).environment == "local"
    with pytest.raises(ValidationError, match="STUDY_FINDER_SECRET still has its local default"):
        Settings(_env_file=None, environment="production")
    Settings(_env_file=None, environment="production", secret="x" * 40)


def test_a_setting_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="chat_enable"):
        Settings(_env_file=None, chat_enable=False)
