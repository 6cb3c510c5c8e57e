"""What Prometheus reads."""

from fastapi import APIRouter
from fastapi.responses import Response

from api.deps import PartsDep

router = APIRouter()


@router.get("/metrics")
async def metrics(parts: PartsDep) -> Response:
    """Give counts and times, without any text."""
    return Response(parts.metrics.page(), media_type="text/plain; version=0.0.4")
