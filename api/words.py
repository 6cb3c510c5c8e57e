"""The gateway's own sentences, from `data/responses/gateway.yml`, which editors change."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from api.shapes import Reply


class Words(BaseModel):
    """Every sentence that the gateway itself says."""

    model_config = ConfigDict(extra="forbid")

    welcome: list[Reply]
    only_signs: Reply
    nothing_after_slash: Reply
    sorry: Reply
    sorry_slow: Reply
    too_long_but_danger: Reply

    @classmethod
    def load(cls, data: Path) -> "Words":
        """Read the file. Raises FileNotFoundError, yaml.YAMLError or ValidationError, naming it."""
        path = data / "responses" / "gateway.yml"
        return cls.model_validate(yaml.safe_load(path.read_text("utf-8")))
