"""The gateway's app: this file only wires."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api.compress import SmallFiles
from api.cors import AllowedOrigins
from api.middleware import RequestIds, SecurityHeaders
from api.parts import Parts
from api.problems import LastNet, answer_with_problems
from api.routes import chat, health, metrics, pages, studies, widget
from settings import Settings

HERE = Path(__file__).parent


def create_app(settings: Settings, parts: Parts | None = None) -> FastAPI:
    """Give the app. Raises what `Parts.of` raises."""
    made = parts or Parts.of(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        sweeping = asyncio.create_task(made.retention.keep_sweeping())
        yield
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
        await made.close()

    app = FastAPI(
        title="Study Finder",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.parts = made
    answer_with_problems(app)
    for part in (chat, studies, health, metrics, widget, pages):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")

    # Each wraps those above it: the request id is made first and seen by all.
    app.add_middleware(LastNet)
    app.add_middleware(SmallFiles)
    app.add_middleware(AllowedOrigins, origins=settings.allowed_origins)
    app.add_middleware(SecurityHeaders, hsts=settings.environment == "production")
    app.add_middleware(RequestIds, metrics=made.metrics)
    return app
