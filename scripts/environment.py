"""Make one of the project's two Python environments; needs nothing but Python 3.8 and pip.

python3 scripts/environment.py app     .venv       (Python 3.11: service, search, tests)
python3 scripts/environment.py rasa    .venv-rasa  (Python 3.10: Rasa 3.6)
python3 scripts/environment.py lock    write requirements/{app,rasa}.txt anew
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
PYTHON = {"app": "3.11", "rasa": "3.10"}
FOLDER = {"app": ROOT / ".venv", "rasa": ROOT / ".venv-rasa"}


def say(text):
    print(text, flush=True)


def run(*command):
    try:
        subprocess.run([str(part) for part in command], check=True, cwd=ROOT)
    except subprocess.CalledProcessError as error:
        sys.exit(
            "This step of the set-up failed: "
            + " ".join(str(part) for part in command)
            + "\nIts own message is above. When it is mended, run the same make command again:"
            + " what is already installed is kept."
            + f" (exit {error.returncode})"
        )


def find_uv():
    """Uv from PATH, else from the project's own folder, installing it there with pip."""
    known = shutil.which("uv")
    if known:
        return known
    home = ROOT / ".uv"
    uv = home / "bin" / "uv"
    if not uv.exists():
        say("uv is missing: installing it into .uv")
        run(sys.executable, "-m", "pip", "install", "--quiet", "--target", home, "uv>=0.9")
    return str(uv)


def find_python(version, uv):
    """A Python of this version: from the machine, from pyenv's versions folder, else by uv."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"

    def patch(path):
        return [int(number) for number in re.findall(r"\d+", path.name)]

    candidates = [shutil.which(f"python{version}")]
    candidates += [
        str(folder / "bin" / "python")
        for folder in sorted(pyenv.glob(f"{version}.*"), key=patch, reverse=True)
    ]
    for candidate in candidates:
        # A pyenv shim is on PATH even where its version is not switched on: ask it.
        if candidate and works(candidate, version):
            return candidate
    say(f"Python {version} is not on this machine: uv fetches it")
    run(uv, "python", "install", version)
    return version


def works(python, version):
    probe = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-c", probe], capture_output=True, text=True, timeout=60)
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.strip() == version


def torch_options():
    """Where torch's CPU build comes from: a wheel folder that holds it, else uv's CPU index.

    Without either, torch arrives with gigabytes of CUDA.
    """
    for folder in os.environ.get("PIP_FIND_LINKS", "").split():
        if list(Path(folder).glob("torch-*.whl")):
            return ["--find-links", folder]
    return ["--torch-backend", "cpu"]


def make(name):
    uv = find_uv()
    folder = FOLDER[name]
    python = folder / "bin" / "python"
    if not works(str(python), PYTHON[name]):
        say(f"Making {folder.name} with Python {PYTHON[name]}")
        run(uv, "venv", "--quiet", "--clear", "--python", find_python(PYTHON[name], uv), folder)
    install = [uv, "pip", "install", "--python", python, "--no-deps"]
    say(f"Installing what {folder.name} needs")
    run(*install, "--require-hashes", "-r", REQUIREMENTS / f"{name}.txt")
    if name == "app":
        run(*install, *torch_options(), "-r", REQUIREMENTS / "torch.txt")


def lock():
    """Pin both environments anew, with hashes and without index addresses."""
    uv = find_uv()
    compile_ = [uv, "pip", "compile", "--quiet", "--upgrade", "--generate-hashes", "--no-header"]
    options = {
        "app": ["requirements/dev.in", "--override", "requirements/no-torch.txt"],
        "rasa": ["requirements/rasa.in"],
    }
    for name, arguments in options.items():
        target = f"requirements/{name}.txt"
        run(*compile_, "--python-version", PYTHON[name], *arguments, "-o", target)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("app", "rasa", "lock"):
        sys.exit(__doc__)
    if sys.argv[1] == "lock":
        lock()
    else:
        make(sys.argv[1])
