"""The widget's files: small ES modules, served as they lie in `api/widget/`."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

from api.problems import ProblemError

FOLDER = Path(__file__).parents[1] / "widget"
FILES = frozenset(path.name for path in FOLDER.glob("*.js"))
router = APIRouter()


@router.get("/widget.js", include_in_schema=False)
def loader() -> FileResponse:
    """Give the one line that a page includes."""
    return FileResponse(FOLDER / "widget.js", media_type="text/javascript")


@router.get("/widget/{name}", include_in_schema=False)
def module(name: str) -> FileResponse:
    """Give a module that the loader asks for."""
    if name not in FILES:
        raise ProblemError(404, "The widget has no such file.")
    return FileResponse(FOLDER / name, media_type="text/javascript")
