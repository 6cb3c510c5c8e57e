"""What must be there before anything is started, each checked with its remedy."""

import hashlib
import json
import socket
from pathlib import Path

from index.catalogue.follow import default_model
from index.catalogue.snapshot import CatalogueError, locate, read_manifest
from service.parts import MODEL, Part
from settings import Settings


class PreflightError(RuntimeError):
    """Something that the service needs is not there; the message says what to do."""


def check(settings: Settings, parts: list[Part]) -> None:
    """Raises PreflightError for the first thing that is missing."""
    check_model(MODEL)
    check_catalogue(settings.catalogue, default_model())
    if len({part.port for part in parts}) < len(parts):
        raise PreflightError("two parts have the same port: give each its own in the settings")
    for part in parts:
        host = settings.host if part.name == "gateway" else "127.0.0.1"
        check_port(part, host)


def check_model(model: Path) -> None:
    """A model archive may hold code: only the one that was trained here is loaded."""
    if not model.exists():
        raise PreflightError(f"there is no trained assistant ({model.name}): run `make train`")
    kept = model.with_name("trained-from.json")
    known = json.loads(kept.read_text(encoding="utf-8"))["sha256"] if kept.exists() else None
    with model.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != known:
        raise PreflightError(
            f"{model} is not the model that was trained here (its hash differs from"
            f" {kept.name}). Remove it and run `make train`."
        )


def check_catalogue(catalogue: Path, embedding: Path) -> None:
    """A catalogue is there, and its vectors were made by the exported embedding model."""
    about = embedding / "about.json"
    if not about.exists():
        raise PreflightError("the embedding model was not exported yet: run `make model`")
    try:
        manifest = read_manifest(locate(catalogue))
    except CatalogueError as error:
        raise PreflightError(str(error)) from error
    if manifest.model.digest != json.loads(about.read_text(encoding="utf-8"))["digest"]:
        raise PreflightError(
            f"the catalogue in {catalogue} was built with another embedding model or export. Run"
            " `make catalogue`, or renew one of real registries with `make sync` or `python -m index build`."
        )


def check_port(part: Part, host: str) -> None:
    """Whether the part can listen on its port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # A port just left by a stopped part is free, as it is for the part itself.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, part.port))
        except OSError as error:
            raise PreflightError(
                f"port {part.port} of the {part.name} cannot be used ({error.strerror}). Stop the"
                f" program that has it, or set {part.port_setting} to another port."
            ) from error
