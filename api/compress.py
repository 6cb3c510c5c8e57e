"""Compresses the widget's and the pages' files, and nothing else.

An answer that mixes a person's words with secrets must not be compressed: its size would tell of
both (the BREACH attack). These files are the same for everybody.
"""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.middleware import SHARED_FILES


class SmallFiles:
    """Gzip for shared files where the browser takes it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.gzip = GZipMiddleware(app, minimum_size=500)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        shared = scope["type"] == "http" and scope["path"].startswith(SHARED_FILES)
        await (self.gzip if shared else self.app)(scope, receive, send)
