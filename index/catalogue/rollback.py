"""Going back to the snapshot before the one in use, in one step."""

import os
from pathlib import Path

from index.catalogue.snapshot import CURRENT, CatalogueError, check, switch
from index.sync.progress import Say
from index.sync.state import read_state, write_state


def rollback(root: Path, say: Say, wanted: str = "") -> str:
    """Switch to the newest older snapshot that passes its check, or to `wanted`; its name.

    Raises CatalogueError, with `current` as it was, when there is none.
    """
    current = root / CURRENT
    in_use = Path(os.readlink(current)).name if current.is_symlink() else ""
    kept = sorted((f.name for f in root.glob("snapshot-*") if f.is_dir()), reverse=True)
    if wanted and wanted not in kept:
        raise CatalogueError(f"there is no {wanted} in {root}: it holds {', '.join(kept) or 'none'}")
    for name in [wanted] if wanted else [name for name in kept if name < in_use]:
        try:
            manifest = check(root / name)
        except CatalogueError as error:
            say(f"passed over: {error}")
            continue
        switch(root, root / name)
        state = read_state(root)
        state.rolled_back = in_use
        write_state(root, state)
        built = f"{manifest.built_at:%d %B %Y %H:%M} UTC"
        say(
            f"{name} is in use again ({manifest.studies} studies, built {built}), in the place of"
            f" {in_use or 'none'}. Servers follow within seconds."
        )
        return name
    raise CatalogueError(
        f"there is no older snapshot to go back to in {root}: {in_use or 'nothing'} stays in use"
    )
