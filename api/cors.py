"""Which other sites may use the chat from their pages: only those of the settings."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

OPEN_TO_OTHERS = ("/api/", "/widget")


class AllowedOrigins:
    """CORS for the API and the widget's files; the pages have none."""

    def __init__(self, app: ASGIApp, origins: list[str]) -> None:
        self.app = app
        self.cors = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "X-Request-ID"],
            expose_headers=[
                "Retry-After",
                "RateLimit-Limit",
                "RateLimit-Remaining",
                "RateLimit-Reset",
                "X-Request-ID",
            ],
            max_age=600,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        open_here = scope["type"] == "http" and scope["path"].startswith(OPEN_TO_OTHERS)
        await (self.cors if open_here else self.app)(scope, receive, send)
