"""The list of parts holds every pinned package with its hashes."""

import sys

from settings import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
from supply_chain import components, requirements


def test_every_pin_is_a_component_with_its_hashes() -> None:
    for name in ("app", "rasa"):
        text = requirements(name).read_text("utf-8")
        found = components(text)
        assert len(found) == sum(1 for line in text.splitlines() if "==" in line and line[0].isalnum())
        assert all(each.hashes and each.version for each in found)
    assert "pkg:pypi/rasa@3.6.21" in {str(each.purl) for each in found}
