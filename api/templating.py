"""HTML by Jinja2 templates, always escaped."""

from pathlib import Path
from typing import Any, cast

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from api.parts import Parts

ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def plain_number(value: float) -> str:
    """Give a number as people write it: 3 rather than 3.0, at most one decimal."""
    return f"{value:,.1f}".removesuffix(".0")


ENVIRONMENT.filters["plain"] = plain_number


def render(request: Request, name: str, values: dict[str, Any], status: int = 200) -> HTMLResponse:
    """Give the page. Every page gets `freshness`, the footer's sentence on the catalogue."""
    parts = cast(Parts, request.app.state.parts)
    common = {"freshness": parts.catalogue.freshness(), "chat_on": parts.settings.chat_enabled}
    return HTMLResponse(ENVIRONMENT.get_template(name).render(common | values), status)
