"""`python -m api` serves the gateway on the host and port of the settings."""

import uvicorn

from api.main import create_app
from json_logs import write_json_logs
from settings import settings


def main() -> None:
    """Serve until stopped. uvicorn's own access log stays off: it writes query strings."""
    write_json_logs()
    chosen = settings()
    uvicorn.run(
        create_app(chosen),
        host=chosen.host,
        port=chosen.port,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=10,
    )


if __name__ == "__main__":
    main()
