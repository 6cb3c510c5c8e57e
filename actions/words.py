"""The actions' wording, which editors keep in data/responses/actions.yml."""

from functools import lru_cache

import yaml

from settings import settings


@lru_cache(maxsize=1)
def _content() -> dict[str, str]:
    file = settings().data / "responses" / "actions.yml"
    content: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))["actions"]
    return content


def say(name: str, **values: object) -> str:
    """The text of this name with its {values} filled in. Raises KeyError for an unknown name."""
    text = _content()[name].strip()
    # Plain replacement: what a person typed may hold braces, and format would choke on them.
    for key, value in values.items():
        text = text.replace("{" + key + "}", str(value))
    return text
