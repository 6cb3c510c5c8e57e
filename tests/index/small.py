"""Small catalogues for tests, from small records."""

import json
from pathlib import Path

from index.catalogue.build import Options, build
from index.catalogue.snapshot import locate
from index.places import Places

ANY = Options("any", "any")


def record(number, title, conditions, **more):
    """A small record of ClinicalTrials.gov."""
    identity = {"nctId": f"NCT{number:08}", "briefTitle": title, **more.pop("identity", {})}
    return {
        "protocolSection": {
            "identificationModule": identity,
            "statusModule": {"overallStatus": "RECRUITING", **more.pop("status", {})},
            "conditionsModule": {"conditions": conditions, **more},
        }
    }


def write(folder: Path, records) -> Path:
    file = folder / "records.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return file


def built(root: Path, records, encoder) -> tuple[Path, list[str]]:
    said: list[str] = []
    root.mkdir(exist_ok=True)
    source = write(root, records)
    build([source], root, encoder, Places.load(None), ANY, said.append)
    return locate(root), said
