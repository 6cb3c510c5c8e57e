"""What the two environments are made of, and whether any of it is known to be unsafe.

python scripts/supply_chain.py sbom     var/sbom/{app,rasa}.cdx.json (CycloneDX), from requirements/*.txt
python scripts/supply_chain.py audit    pip-audit over the same files, where the network allows
"""

import json
import re
import subprocess
import sys
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("app", "rasa")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def requirements(name: str) -> Path:
    """The pinned requirements of an environment."""
    return ROOT / "requirements" / f"{name}.txt"


def components(text: str) -> list[Component]:
    """Every pinned package with its hashes, as a CycloneDX component."""
    found: list[Component] = []
    for line in text.splitlines():
        if pin := PIN.match(line):
            name, version = pin[1], pin[2]
            url = PackageURL("pypi", name=name, version=version)
            found.append(
                Component(
                    name=name, version=version, type=ComponentType.LIBRARY, purl=url, bom_ref=str(url)
                )
            )
        if found and (digest := HASH.search(line)):
            found[-1].hashes.add(HashType(alg=HashAlgorithm.SHA_256, content=digest[1]))
    return found


def write_sboms() -> int:
    """Write both; the exit code."""
    folder = ROOT / "var" / "sbom"
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        parts = components(requirements(name).read_text(encoding="utf-8"))
        file = folder / f"{name}.cdx.json"
        file.write_text(JsonV1Dot6(Bom(components=parts)).output_as_string(indent=1), "utf-8")
        print(f"{file.relative_to(ROOT)}: {len(parts)} packages")
    return 0


def audit(name: str) -> int:
    """Ask for known faults; the exit code: 1 when there are any, 0 when none or nobody could be asked."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(requirements(name))]
    command += ["--no-deps", "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
    done = subprocess.run(  # noqa: S603 (our own words only)
        [*command, "--format", "json"], capture_output=True, text=True, check=False
    )
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"{name}: NOT AUDITED, since nobody could be asked: {done.stderr.strip()[-200:]}")
        return 0
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    faults = [(each, fault) for each in packages for fault in each.get("vulns", [])]
    for each, fault in faults:
        fixed = ", ".join(fault["fix_versions"]) or "no version yet"
        print(f"{name}: {each['name']} {each['version']}: {fault['id']}, mended in {fixed}")
    if skipped:
        print(f"{name}: NOT AUDITED: {len(skipped)} of {len(packages)} packages, which the service asked does"
              " not know. Run this where the network reaches the registry itself.")
    print(f"{name}: {len(packages) - len(skipped)} packages audited, {len(faults)} known faults")
    return 1 if faults else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["sbom"]:
        sys.exit(write_sboms())
    if sys.argv[1:] == ["audit"]:
        # Rasa 3.6 pins old libraries; its faults are told, and judged in docs/threat-model.md.
        audit("rasa")
        sys.exit(audit("app"))
    sys.exit(__doc__)
