"""From registry records to the entries of a snapshot: read, tie duplicates, let in, place, annotate.

Records pass through one by one; what is known from the last build is not worked out again.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tqdm import tqdm

from index.catalogue.entry import Entry
from index.catalogue.memo import Memo, Ticket
from index.models import Study
from index.registries.files import Raw, Skipped
from index.registries.merge import merge

Say = Callable[[str], None]
Enter = Callable[[Study], Entry | None]
"""Makes a study's entry; None where the study does not belong into the catalogue."""


@dataclass
class Gathered:
    """records, skipped, studies: counts; digests: of every record that was read."""

    records: int = 0
    skipped: int = 0
    studies: int = 0
    digests: set[bytes] = field(default_factory=set)


def gather(records: Iterable[Raw | Skipped], memo: Memo, enter: Enter, say: Say) -> Gathered:
    """Fill the memo with the entries wanted, in the order in which the studies first came."""
    gathered = Gathered()
    tickets = _read(records, memo, gathered, say)
    gathered.digests = {ticket.digest for ticket in tickets}
    gathered.records = len(tickets)
    groups = tied(tickets)
    for group in tqdm(groups, desc="Reading conditions", unit="study", disable=None):
        for key, let_in in _entered(group, memo, enter):
            if let_in:
                memo.want(gathered.studies, key)
                gathered.studies += 1
    return gathered


def _read(
    records: Iterable[Raw | Skipped], memo: Memo, gathered: Gathered, say: Say
) -> list[Ticket]:
    tickets = []
    for raw in tqdm(records, desc="Reading", unit="record", disable=None):
        ticket = memo.ticket(raw.digest) if isinstance(raw, Raw) else None
        if ticket is None:
            found = raw.read() if isinstance(raw, Raw) else raw
            if isinstance(found, Skipped) or isinstance(raw, Skipped):
                gathered.skipped += 1
                say(str(found))
                continue
            ticket = memo.keep_read(raw.digest, found)
        tickets.append(ticket)
    return tickets


def tied(tickets: list[Ticket]) -> list[list[Ticket]]:
    """Tickets that share an id, together, in the order in which each group first came."""
    parent = list(range(len(tickets)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    bearer: dict[str, int] = {}
    for at, ticket in enumerate(tickets):
        for one in ticket.ids:
            older, newer = sorted((root(bearer.setdefault(one, at)), root(at)))
            parent[newer] = older
    groups: dict[int, list[Ticket]] = {}
    for at, ticket in enumerate(tickets):
        groups.setdefault(root(at), []).append(ticket)
    return list(groups.values())


def _entered(group: list[Ticket], memo: Memo, enter: Enter) -> Iterator[tuple[bytes, bool]]:
    """(key of the entry, whether it is let in) of each study that a group of records makes."""
    first = group[0].digest
    if len(group) > 1:
        first = hashlib.blake2b(b"".join(t.digest for t in group), digest_size=16).digest()
    known = memo.known(entry_key(first, 0))
    if known is None:
        studies = [memo.study(ticket.digest) for ticket in group]
        for at, study in enumerate(merge(studies) if len(group) > 1 else studies):
            entry = enter(study)
            memo.keep_entry(entry_key(first, at), entry)
            yield entry_key(first, at), entry is not None
        return
    at = 0
    while known is not None:
        yield entry_key(first, at), known
        at += 1
        known = memo.known(entry_key(first, at)) if len(group) > 1 else None


def entry_key(first: bytes, at: int) -> bytes:
    """Records that share an id may still be several studies: each has a key of its own."""
    return first + at.to_bytes(4)
