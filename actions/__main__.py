"""Start the action server: `python -m actions`."""

import uvicorn

from actions.server import create_app
from json_logs import write_json_logs
from settings import settings


def main() -> None:
    """Serve on loopback until stopped; the access log is off, since it says nothing useful."""
    write_json_logs()
    uvicorn.run(
        create_app(),
        host="127.0.0.1",
        port=settings().actions_port,
        access_log=False,
        log_level="warning",
        log_config=None,
    )


if __name__ == "__main__":
    main()
