"""From a stream of records to the studies of a catalogue, in memory that the rest does not fill.

What may not go in is dropped as it passes. Only a study's other registry record is wanted all the
same, since it may say more, or say otherwise: those few are read in a second pass.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from index.models import Study
from index.registries.files import Skipped
from index.registries.merge import merge, names_a_study

Read = Callable[[], Iterator[Study | Skipped]]
"""Starts reading from the beginning each time it is called."""


@dataclass
class Gathered:
    """studies: tied and let in; read: how many records could be read."""

    studies: list[Study]
    read: int
    skipped: list[Skipped] = field(default_factory=list)


def gather(read: Read, let_in: Callable[[Study], Study | None]) -> Gathered:
    """The studies that `let_in` gives back, each tied with its record in another registry."""
    kept: list[Study] = []
    outside: dict[str, list[str]] = {}
    skipped: list[Skipped] = []
    count = 0
    for found in read():
        if isinstance(found, Skipped):
            skipped.append(found)
            continue
        count += 1
        study = let_in(found)
        if study:
            kept.append(study)
        elif refs := [other for other in found.other_ids if names_a_study(other)]:
            outside[found.id] = refs
    partners = _partners(kept, outside)
    if partners:
        kept += [s for s in read() if isinstance(s, Study) and s.id in partners]
    tied = merge(kept)
    studies = [study for one in tied if (study := let_in(one))]
    return Gathered(studies, count, skipped)


def _partners(kept: list[Study], outside: dict[str, list[str]]) -> set[str]:
    """Ids of records that were not let in, and may be another record of a study that was."""
    ids = {study.id for study in kept}
    named = {other for study in kept for other in study.other_ids if names_a_study(other)}
    pointing = {one for one, refs in outside.items() if not (ids | named).isdisjoint(refs)}
    return (pointing | {one for one in named if not one.startswith("IRAS")}) - ids
