"""How far a download has come: a bar with counts and time left on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Callable

from tqdm import tqdm

Say = Callable[[str], None]
LINE_EVERY_SECONDS = 15.0


class Progress:
    """One long step: `with Progress("ISRCTN", total, say) as progress: progress.advance(50)`."""

    def __init__(self, title: str, total: int | None, say: Say) -> None:
        self.title = title
        self.total = total
        self.done = 0
        self._say = say
        self._started = self._last = time.monotonic()
        terminal = sys.stderr.isatty()
        self._bar = tqdm(total=total, desc=title, unit=" records") if terminal else None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def expect(self, total: int) -> None:
        """Say how many there will be, once that is known."""
        self.total = total
        if self._bar is not None:
            self._bar.total = total
            self._bar.refresh()

    def advance(self, count: int) -> None:
        """So many more are done."""
        self.done += count
        if self._bar is not None:
            self._bar.update(count)
        elif time.monotonic() - self._last >= LINE_EVERY_SECONDS:
            self._last = time.monotonic()
            self._say(self.line())

    def line(self) -> str:
        """Where it stands, in words."""
        of = f" of {self.total:,}" if self.total else ""
        return f"{self.title}: {self.done:,}{of} records{self._left()}"

    def _left(self) -> str:
        if not self.total or not 0 < self.done < self.total:
            return ""
        seconds = (time.monotonic() - self._started) / self.done * (self.total - self.done)
        return f", about {seconds / 60:.0f} minutes left" if seconds >= 90 else ", about a minute left"
