"""A site of somebody else, on loopback, that puts the chat on its pages by one line.

It answers under two names: `localhost`, which the service's settings allow, and `127.0.0.1`, which they
do not. Its own styles and policy are as unkind as those of real sites.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.running import free_ports

PAGE = """<!doctype html><html lang="cy"><head><meta charset="utf-8"><title>Another site</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/unkind.css"></head><body><main><h1>Another site</h1>
<p><a href="{next}">Another page of it</a></p><div id="here"></div></main>
<script src="{home}/widget.js" {how} defer></script></body></html>"""
UNKIND = """html { font-size: 62.5%; } body, h1, a { color: #212b32; background: #fff; }
button, textarea, h2, article { display: none !important; color: red !important; }
p { margin: 0; font-size: 16px; }
.panel, .message { position: static !important; }"""
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src {home}; connect-src {home}"


class Handler(BaseHTTPRequestHandler):
    """Any path with ?home=ADDRESS&into=SELECTOR is a page with the chat."""

    def do_GET(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        home, into = asked.get("home", ""), asked.get("into", "")
        self.send_response(200)
        if self.path == "/unkind.css":
            body, kind = UNKIND, "text/css"
        else:
            how = f'data-into="{into}"' if into else ""
            body = PAGE.format(home=home, how=how, next=f"/next?{urlsplit(self.path).query}")
            kind = "text/html; charset=utf-8"
            self.send_header("Content-Security-Policy", POLICY.format(home=home))
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class OtherSite:
    port: int

    @property
    def allowed(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def not_allowed(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def run_other_site() -> Iterator[OtherSite]:
    """The site, until the end of the block."""
    site = OtherSite(free_ports(1)[0])
    server = ThreadingHTTPServer(("127.0.0.1", site.port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
