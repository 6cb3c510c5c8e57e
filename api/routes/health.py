"""Is it alive, is it ready: JSON for machines, a page for people."""

from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse, Response

from api.deps import PartsDep
from api.templating import render

router = APIRouter(prefix="/health")


@router.get("/live")
async def live() -> dict[str, str]:
    """Tell that the gateway's process answers."""
    return {"status": "live"}


@router.get("/ready")
async def ready(
    request: Request, parts: PartsDep, accept: Annotated[str, Header()] = ""
) -> Response:
    """Every part with its state; 200 when all are up, else 503."""
    seen = await parts.readiness.parts()
    up = all(part.up for part in seen)
    status = 200 if up else 503
    if "text/html" in accept:
        return render(request, "ready.html", {"parts": seen, "up": up}, status)
    body = {
        "status": "ready" if up else "not ready",
        "parts": {part.name: part.model_dump(exclude={"name"}) for part in seen},
    }
    return JSONResponse(body, status)
