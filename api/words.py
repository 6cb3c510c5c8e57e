"""The gateway's own sentences, from `data/responses/gateway.yml`, which editors change."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from api.shapes import Reply


class Words(BaseModel):
    """Every sentence that the gateway itself says."""

    model_config = ConfigDict(extra="forbid")

    welcome: list[Reply]
    privacy_with_copy: str
    only_signs: Reply
    nothing_after_slash: Reply
    sorry: Reply
    sorry_slow: Reply
    too_long_but_danger: Reply

    @classmethod
    def load(cls, data: Path, editors_days: int = 0) -> "Words":
        """Read the file. Raises FileNotFoundError, yaml.YAMLError or ValidationError, naming it.

        editors_days: how long editors keep what was not understood; the first message says so
        """
        path = data / "responses" / "gateway.yml"
        words = cls.model_validate(yaml.safe_load(path.read_text("utf-8")))
        if editors_days:
            words.welcome[0].text = words.privacy_with_copy.format(days=editors_days)
        return words

    @property
    def privacy(self) -> str:
        """What is said of privacy before the first message."""
        return self.welcome[0].text
