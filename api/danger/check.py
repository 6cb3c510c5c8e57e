"""x"""
from dataclasses import dataclass
from pathlib import Path
from api.shapes import Reply

@dataclass(frozen=True)
class Danger:
    kinds: tuple[str, ...]
    asks_for_studies: bool
    nation: str = ""

class DangerCheck:
    @classmethod
    def load(cls, data: Path) -> "DangerCheck":
        return cls()
    def check(self, text: str) -> Danger | None:
        return None
    def cards(self, danger: Danger) -> list[Reply]:
        return []
