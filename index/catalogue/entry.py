"""What a snapshot needs of one study: made once, kept until the study or what it is read with changes."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from index.catalogue import annotate, fulltext
from index.catalogue.annotate import OwnName, Weights
from index.catalogue.columns import Point, Properties, points, properties
from index.catalogue.doubts import doubt_bits
from index.concepts import Concepts
from index.files import digest_text
from index.models import Status, Study
from index.places import Places
from index.places.sites import place_by_address, unplaced_site
from index.registries.british import british_part, joinable
from index.registries.merge import names_a_study
from index.wording.plainly import with_plain


@dataclass(frozen=True)
class Entry:
    """One study, ready to be written.

    study: its JSON; embedded: what its vector is made from; parts: JSON of what each part names
    unplaced: its sites without a known place, as the record gives them
    own: names that the lexicon lacks; head, body: the words of its full text
    points: (latitude, longitude) of the sites that distance is measured to
    doubts: bits of the answers that stand against joining, see `doubt_bits`
    """

    study: str
    id: str
    ids: list[str]
    source: str
    updated: date | None
    open: bool
    sites: int
    unplaced: list[dict[str, str]]
    embedded: str
    properties: Properties
    points: list[Point]
    doubts: int
    parts: str
    weights: Weights
    own: dict[str, OwnName]
    head: list[str]
    body: list[str]

    @property
    def digest(self) -> str:
        """Of the embedded text."""
        return digest_text(self.embedded)

    def dump(self) -> tuple[str, str]:
        """(study, everything else) as JSON."""
        rest = {
            **{name: getattr(self, name) for name in _PLAIN},
            "updated": self.updated.isoformat() if self.updated else None,
            "weights": [[concept, weight, about] for concept, (weight, about) in self.weights.items()],
            "own": [[name_id, one.name, list(one.above.items())] for name_id, one in self.own.items()],
            "head": " ".join(self.head),
            "body": " ".join(self.body),
        }
        return self.study, json.dumps(rest, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def load(cls, study: str, rest: str) -> "Entry":
        """From what `dump` gave."""
        found: dict[str, Any] = json.loads(rest)
        return cls(
            study=study,
            **{name: found[name] for name in _PLAIN if name != "properties"},
            properties=Properties(*found["properties"]),
            updated=date.fromisoformat(found["updated"]) if found["updated"] else None,
            weights={concept: (weight, about) for concept, weight, about in found["weights"]},
            own={name_id: OwnName(name, dict(above)) for name_id, name, above in found["own"]},
            head=found["head"].split(" "),
            body=found["body"].split(" "),
        )


_PLAIN = (
    "id", "ids", "source", "open", "sites", "unplaced", "embedded", "properties", "points", "doubts", "parts"
)


def embedded_text(study: Study) -> str:
    """What a study's vector is made from."""
    return f"{study.title}. {'; '.join(study.conditions[:6])}"


def let_in(study: Study, country: str, status: str) -> Study | None:
    """The study with the sites that belong into the catalogue; None where it does not itself.

    country: "GB" or "any"; status: "open" (or opening) or "any"
    """
    if status == "open" and not joinable(study):
        return None
    return study if country == "any" else british_part(study)


def make(study: Study, places: Places, concepts: Concepts) -> Entry:
    """Place a study's sites, annotate it and take its words.

    concepts: those of the lexicon alone
    """
    unplaced = [unplaced_site(study, site) for site in study.sites if not place_by_address(site, places)]
    own = annotate.own_names(study, concepts)
    parts = annotate.named(study, own, concepts)
    same = concepts.equivalents
    return Entry(
        study=with_plain(study).model_dump_json(exclude_defaults=True),
        id=study.id,
        ids=sorted({study.id, *(record.id for record in study.records)}),
        source=str(study.source),
        updated=study.updated,
        open=study.status == Status.OPEN,
        sites=len(study.sites),
        unplaced=unplaced,
        embedded=embedded_text(study),
        properties=properties(study),
        points=points(study),
        doubts=doubt_bits(study),
        parts=json.dumps(parts, ensure_ascii=False, separators=(",", ":")),
        weights=annotate.weigh(study, parts, own, concepts),
        own=own,
        head=fulltext.tokens(fulltext.head_of(study), same),
        body=fulltext.tokens(fulltext.body_of(study), same),
    )


def tie_ids(study: Study) -> list[str]:
    """The ids by which another registry's record may be tied to this one."""
    return [one for one in dict.fromkeys((study.id, *study.other_ids)) if names_a_study(one)]
