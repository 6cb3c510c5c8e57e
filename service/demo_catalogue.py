"""`python -m service.demo_catalogue` builds the demonstration catalogue.

A catalogue of real registries is left as it is.
"""

import json
import sys
from pathlib import Path

from index.catalogue.manifest import NAME
from index.catalogue.snapshot import CURRENT
from index.cli import main as index_command
from settings import settings


def real_sources(catalogue: Path) -> list[str]:
    """The registries that the catalogue in use holds, without the demonstration's own.

    Read plainly, so that a catalogue of another version counts as well.
    """
    try:
        manifest = json.loads((catalogue / CURRENT / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        # Damaged, so nobody can tell what it held: leave it to whoever built it.
        return ["records that cannot be told, since its manifest is damaged"]
    sources = manifest.get("sources", []) if isinstance(manifest, dict) else []
    return [source["name"] for source in sources if source.get("name") != "demo"]


def main() -> int:
    """0 when there is a catalogue afterwards."""
    catalogue = settings().catalogue
    if real := real_sources(catalogue):
        print(
            f"The catalogue in {catalogue} holds {', '.join(real)}: it stays as it is. When the"
            " lexicon has changed, renew it with `make sync`, or `python -m index build FILES...`."
        )
        return 0
    print("Building the demonstration catalogue", flush=True)
    return index_command(["build", "demo", "--status", "any", "--out", str(catalogue)])


if __name__ == "__main__":
    sys.exit(main())
