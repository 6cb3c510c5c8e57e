"""The supervisor with small programs in the parts' places."""

import asyncio
import os
import signal
import socket
import sys
import textwrap
from pathlib import Path

import httpx
import pytest

from service.parts import Part
from service.supervisor import Supervisor

# Answers 200 until told to stop; dies at once where the file `die` exists; has a child of its own.
SERVER = """
import http.server, os, pathlib, subprocess, sys
port, home, name = int(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
print(name, "starts", flush=True)
with (home / "order").open("a") as order:
    order.write(name + "\\n")
if (home / "die").exists():
    sys.exit("no disk left")
child = subprocess.Popen(["sleep", "600"])
(home / f"{name}.pids").write_text(f"{os.getpid()} {child.pid}")
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health" else 503)
        self.end_headers()
    def log_message(self, *_):
        pass
http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def make_part(tmp_path: Path):
    program = tmp_path / "server.py"
    program.write_text(textwrap.dedent(SERVER), encoding="utf-8")

    def make(name: str, path: str = "/health", patience: float = 10.0) -> Part:
        port = free_port()
        return Part(
            name,
            (sys.executable, str(program), str(port), str(tmp_path), name),
            port,
            "STUDY_FINDER_PORT",
            f"http://127.0.0.1:{port}{path}",
            tmp_path / f"{name}.log",
            patience,
        )

    return make


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A child that nobody has waited for yet is dead all the same.
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def pids(home: Path, name: str) -> list[int]:
    return [int(pid) for pid in (home / f"{name}.pids").read_text().split()]


async def until(condition, seconds: float = 15.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 (no event to wait for)
            await asyncio.sleep(0.05)


class Told(list[str]):
    def has(self, words: str) -> bool:
        return any(words in line for line in self)


async def test_parts_start_in_order_and_all_end_when_told(make_part, tmp_path: Path):
    told = Told()
    supervisor = Supervisor([make_part("one"), make_part("two")], told.append)
    running = asyncio.create_task(supervisor.run("all is ready"))
    await until(lambda: told.has("all is ready"))
    assert (tmp_path / "order").read_text().split() == ["one", "two"]
    started = [*pids(tmp_path, "one"), *pids(tmp_path, "two")]
    assert all(alive(pid) for pid in started)
    supervisor.stop()
    assert await running == 0
    await until(lambda: not any(alive(pid) for pid in started))
    assert [line.split()[0] for line in told[:2]] == ["one", "two"]


async def test_ctrl_c_stops_as_well(make_part, tmp_path: Path):
    told = Told()
    running = asyncio.create_task(Supervisor([make_part("one")], told.append).run("ready"))
    await until(lambda: told.has("ready"))
    os.kill(os.getpid(), signal.SIGINT)
    assert await running == 0
    assert told[-1] == "Stopped."
    assert not any(alive(pid) for pid in pids(tmp_path, "one"))


async def test_a_part_that_dies_is_started_again(make_part, tmp_path: Path):
    told, part = Told(), make_part("one")
    supervisor = Supervisor([part, make_part("two")], told.append, first_wait_seconds=0.05)
    running = asyncio.create_task(supervisor.run("all is ready"))
    await until(lambda: told.has("all is ready"))
    before, child = pids(tmp_path, "one")
    os.kill(before, signal.SIGKILL)
    await until(lambda: told.has("killed by SIGKILL") and pids(tmp_path, "one")[0] != before)
    await until(lambda: sum("one  ready" in line for line in told) == 2)
    assert not alive(child)
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(part.health)).status_code == 200
    supervisor.stop()
    assert await running == 0


async def test_a_part_that_keeps_dying_is_given_up_with_the_end_of_its_log(
    make_part, tmp_path: Path
):
    told = Told()
    supervisor = Supervisor([make_part("one"), make_part("two")], told.append, 0.01)
    running = asyncio.create_task(supervisor.run("all is ready"))
    await until(lambda: told.has("all is ready"))
    other = pids(tmp_path, "two")
    (tmp_path / "die").touch()
    os.kill(pids(tmp_path, "one")[0], signal.SIGKILL)
    assert await running == 1
    assert told.has("died 5 times in a row")
    assert told.has("no disk left")
    assert not any(alive(pid) for pid in other)


async def test_a_part_that_never_gets_ready_fails_the_start(make_part):
    told = Told()
    parts = [make_part("one"), make_part("slow", path="/nowhere", patience=1.0)]
    assert await Supervisor(parts, told.append).run("all is ready") == 1
    assert told.has("slow was not ready after 1 s")
    assert not told.has("all is ready")


async def test_a_part_that_ends_while_starting_fails_the_start(make_part, tmp_path: Path):
    told = Told()
    (tmp_path / "die").touch()
    assert await Supervisor([make_part("one")], told.append).run() == 1
    assert told.has("one ended while starting (exit 1)")
    assert told.has("no disk left")


async def test_a_program_that_is_missing_names_the_remedy(tmp_path: Path):
    told = Told()
    log = tmp_path / "one.log"
    part = Part("one", ("/nowhere/python",), free_port(), "X", "http://127.0.0.1:1/", log)
    assert await Supervisor([part], told.append).run() == 1
    assert told.has("make setup")
