"""Every setting of the service, in one class.

Each may be given as an environment variable `STUDY_FINDER_<NAME>` or in a file `.env` beside
this one (`.env.example` lists them all). What is secret has a default that serves on one's own
machine only: anywhere else it is refused.
"""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent
LOCAL_SECRET = "only-for-my-own-machine"  # noqa: S105 (refused anywhere else)


class Settings(BaseSettings):
    """The service's settings; sizes and times carry their unit in the name."""

    model_config = SettingsConfigDict(
        env_prefix="STUDY_FINDER_", env_file=ROOT / ".env", extra="forbid"
    )

    environment: Literal["local", "production"] = "local"
    secret: SecretStr = SecretStr(LOCAL_SECRET)

    # Where each part listens. Rasa and the action server trust their caller: loopback only.
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    rasa_port: int = Field(default=5005, ge=1, le=65535)
    actions_port: int = Field(default=5055, ge=1, le=65535)

    # Where things lie.
    var: Path = ROOT / "var"
    catalogue: Path = ROOT / "var" / "catalogue"
    models: Path = ROOT / "var" / "models"
    postcodes: Path | None = None
    data: Path = ROOT / "data"

    # Any sentence-transformers model: a folder or a name. Empty means the packaged MiniLM.
    embedding_model: str = ""

    # The registries. The list is renewed by itself once real studies are in it; 0 switches that off.
    sync_every_minutes: float = Field(default=60, ge=0)
    sync_pause_seconds: float = Field(default=1.25, ge=0)
    ctgov_url: str = "https://clinicaltrials.gov"
    isrctn_url: str = "https://www.isrctn.com"

    # The chat.
    chat_enabled: bool = True
    session_hours: float = Field(default=24, gt=0)
    # 0: nothing is kept for editors. More: messages that were not understood, or found nothing.
    editors_copy_days: int = Field(default=0, ge=0, le=30)
    message_max_characters: int = Field(default=1000, ge=1)
    sessions_per_address_per_hour: int = Field(default=60, ge=1)
    messages_per_session_per_minute: int = Field(default=30, ge=1)
    requests_per_address_per_minute: int = Field(default=300, ge=1)
    rasa_timeout_seconds: float = Field(default=20, gt=0)
    allowed_origins: list[str] = []
    trusted_proxies: list[str] = []

    # What a person gets when nothing is said.
    default_miles: int = Field(default=30, ge=1)
    results_per_message: int = Field(default=3, ge=1, le=10)

    @property
    def rasa_url(self) -> str:
        """Rasa's address, always loopback."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """The action server's address, always loopback."""
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def chat_database(self) -> Path:
        """The gateway's own SQLite file: sessions and what was said in them."""
        return self.var / "chat.sqlite"

    @property
    def editors_copy(self) -> Path:
        """De-identified messages that editors may learn from, if they are kept at all."""
        return self.var / "editors.sqlite"

    @property
    def danger_model(self) -> Path:
        """What the danger check has learnt from its examples."""
        return self.models / "danger.npz"

    @property
    def loaded_postcodes(self) -> Path:
        """Where `make places` puts what it reads from an operator's postcode file."""
        return self.var / "places" / "postcodes.sqlite"

    @property
    def postcode_table(self) -> Path | None:
        """The postcode file that is named, else the one that was loaded, else none."""
        loaded = self.loaded_postcodes
        return self.postcodes or (loaded if loaded.exists() else None)

    @property
    def sync_room(self) -> Path:
        """Where the registries' records are kept."""
        return self.var / "registries"

    @model_validator(mode="after")
    def refuse_the_local_secret_elsewhere(self) -> "Settings":
        """Raises ValueError when production runs with the secret everybody can read."""
        if self.environment != "local" and self.secret.get_secret_value() == LOCAL_SECRET:
            raise ValueError(
                "STUDY_FINDER_SECRET still has its local default. Set it to a long random text,"
                " for example from: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
            )
        return self


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
