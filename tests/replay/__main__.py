"""`python -m tests.replay`: both registries on this machine, with what goes wrong chosen by name.

Then, in another terminal, set STUDY_FINDER_CTGOV_URL and STUDY_FINDER_ISRCTN_URL to the address it
prints, and run `python -m index sync --once`.
"""

import argparse
import random
import time
from pathlib import Path

from tests.replay.faults import FAULTS
from tests.replay.records import ctgov_record, isrctn_record, read_folder
from tests.replay.server import Replay


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.replay", description=__doc__)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--records", type=Path, help="folder of registry files; else made-up ones")
    parser.add_argument("--count", type=int, default=300, help="made-up records of each registry")
    parser.add_argument("--fault", choices=sorted(FAULTS), action="append", default=[])
    parser.add_argument("--chance", type=float, default=0.2, help="of a fault, for each answer")
    parser.add_argument("--empty-every", type=int, default=3, help="an empty page after so many")
    asked = parser.parse_args()
    studies, trials = (
        read_folder(asked.records)
        if asked.records
        else (
            [ctgov_record(number) for number in range(1, asked.count + 1)],
            [isrctn_record(number) for number in range(1, asked.count + 1)],
        )
    )

    def fault(number: int, path: str) -> str:
        chosen = random.choice(asked.fault) if asked.fault and random.random() < asked.chance else ""
        print(f"{number:5} {chosen or 'ok':15} {path}", flush=True)
        return chosen

    with Replay(studies, trials, fault, asked.empty_every, port=asked.port) as replay:
        print(f"{len(studies)} and {len(trials)} records at {replay.url}   (Ctrl-C stops it)")
        print(f"  STUDY_FINDER_CTGOV_URL={replay.url} STUDY_FINDER_ISRCTN_URL={replay.url}", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
