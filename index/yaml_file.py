"""Reading the YAML that editors write, with libyaml where it is there: ten times as fast."""

from pathlib import Path
from typing import IO, Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(source: Path | IO[bytes]) -> Any:
    """A file's content as plain values; raises yaml.YAMLError when it is not valid."""
    stream = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    return yaml.load(stream, Loader=_LOADER)  # noqa: S506 (both loaders are the safe ones)
