"""A long step with a plain progress line; what it prints goes to a log.

    python -m service.quietly "Training the assistant" var/logs/train.log COMMAND ...

When the step fails, the end of its log is shown and its exit code is given on.
"""

import subprocess
import sys
import time
from pathlib import Path

from service.logs import tail

TERMINAL_SECONDS, PLAIN_SECONDS = 1.0, 15.0
"""How often the line is renewed on a terminal, and how often a new one comes elsewhere."""


def run(title: str, log: Path, command: list[str]) -> int:
    """The command's exit code; its output is in `log`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    terminal = sys.stdout.isatty()
    again = "\r" if terminal else ""
    started = time.monotonic()
    with log.open("wb") as output:
        step = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)  # noqa: S603 (the Makefile's own)
        try:
            print(f"{title} ...", end="" if terminal else "\n", flush=True)
            while True:
                try:
                    code = step.wait(TERMINAL_SECONDS if terminal else PLAIN_SECONDS)
                    break
                except subprocess.TimeoutExpired:
                    seconds = time.monotonic() - started
                    line = f"{title} ... {seconds:.0f} s"
                    print(f"{again}{line}", end="" if terminal else "\n", flush=True)
        except KeyboardInterrupt:
            step.terminate()
            step.wait()
            return 130
    seconds = time.monotonic() - started
    print(f"{again}{title}: {'done' if code == 0 else 'failed'} in {seconds:.0f} s")
    if code:
        print(f"The end of {log}:\n{tail(log, 25)}", file=sys.stderr, flush=True)
    # Ended by a signal: what a shell would say.
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(run(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))
