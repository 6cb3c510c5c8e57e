"""A server on loopback that answers as the two registries do, and badly when told to."""

import gzip
import json
import re
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.replay.faults import FAULTS, Answer
from tests.replay.records import (
    NAMESPACE,
    Json,
    countries_of,
    edited_of,
    nct_of,
    number_of,
    status_of,
    updated_of,
)

Choose = Callable[[int, str], str]
"""(number of the request, its path) -> the name of a fault, "" for a good answer."""
_COUNTRY = re.compile(r"AREA\[LocationCountry\](.+)")
_RANGE = re.compile(r"AREA\[LastUpdatePostDate\]RANGE\[([^,]+),([^\]]+)\]")
_EDITED = re.compile(r"lastEdited GE (\S+) AND lastEdited LT (\S+)")


class Replay:
    """`with Replay(studies, trials) as replay:` then `replay.url` is the address of both registries.

    fault: decides for each request what goes wrong with it
    empty_every: after so many pages of ClinicalTrials.gov comes an empty one that has a token
    """

    def __init__(
        self,
        studies: Iterable[Json] = (),
        trials: Iterable[ET.Element] = (),
        fault: Choose | None = None,
        empty_every: int = 0,
        data_timestamp: str = "2026-01-01T09:00:00",
        port: int = 0,
    ) -> None:
        self.studies = {nct_of(study): study for study in studies}
        self.trials = {number_of(trial): trial for trial in trials}
        self.fault = fault or _no_fault
        self.empty_every = empty_every
        self.data_timestamp = data_timestamp
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self._tokens: dict[str, tuple[int, Json, bool]] = {}
        self._lock = threading.Lock()
        replay = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1

            def do_GET(self) -> None:
                replay.serve(self)

            def log_message(self, *_: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "Replay":
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def put(self, *records: Json | ET.Element) -> None:
        """Add records, or replace those of the same number."""
        for record in records:
            if isinstance(record, ET.Element):
                self.trials[number_of(record)] = record
            else:
                self.studies[nct_of(record)] = record

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        with self._lock:
            self.asked.append(request.path)
            self.agents.add(request.headers.get("User-Agent", ""))
            fault = self.fault(len(self.asked), request.path)
            answer = self._answer(request.path)
        if fault:
            answer = FAULTS[fault](answer)
        time.sleep(answer.wait_seconds)
        try:
            self._send(request, answer)
        except (BrokenPipeError, ConnectionResetError):
            return

    def _send(self, request: BaseHTTPRequestHandler, answer: Answer) -> None:
        body, headers = answer.body, dict(answer.headers)
        packs = "gzip" in request.headers.get("Accept-Encoding", "")
        if packs and "Content-Encoding" not in headers and answer.cut is None:
            body = gzip.compress(body, compresslevel=1)
            headers["Content-Encoding"] = "gzip"
        request.send_response_only(answer.status)
        for name, value in ({"Date": request.date_time_string()} | headers).items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body if answer.cut is None else body[: answer.cut])
        if answer.cut is not None:
            request.close_connection = True

    def _answer(self, target: str) -> Answer:
        parts = urlsplit(target)
        asked = dict(parse_qsl(parts.query))
        if parts.path == "/api/v2/version":
            return _json({"apiVersion": "2.0.3", "dataTimestamp": self.data_timestamp})
        if parts.path == "/api/v2/studies":
            return self._page(asked)
        if found := re.fullmatch(r"/api/v2/studies/(NCT\d{8})", parts.path):
            study = self.studies.get(found[1])
            return _json(study) if study else Answer(404, b"not found")
        if parts.path == "/api/query/format/default":
            return self._slice(asked)
        if found := re.fullmatch(r"/api/trial/ISRCTN(\d{8})/format/default", parts.path):
            trial = self.trials.get(found[1])
            return _xml([trial], 1) if trial is not None else Answer(404, b"not found")
        return Answer(404, b"no such page")

    def _page(self, asked: dict[str, str]) -> Answer:
        size = min(int(asked.get("pageSize", "10")), 1000)
        filters = {key: value for key, value in asked.items() if key.startswith(("query", "filter"))}
        known = set(filters) | {"format", "pageSize", "countTotal", "pageToken"}
        if set(asked) - known:
            return Answer(400, f"unknown parameter {sorted(set(asked) - known)[0]}".encode())
        start, after_empty = 0, False
        if token := asked.get("pageToken"):
            if self._tokens.get(token, (0, None, False))[1] != filters:
                return Answer(400, b"pageToken does not fit these filters")
            start, _, after_empty = self._tokens[token]
        found = [study for study in self.studies.values() if _matches(study, filters)]
        number = len(self._tokens) + 1
        empty = bool(self.empty_every and number % self.empty_every == 0 and not after_empty)
        shown = [] if empty else found[start : start + size]
        page: Json = {"studies": shown}
        if asked.get("countTotal") == "true" and not token:
            page["totalCount"] = len(found)
        if start + len(shown) < len(found):
            following = f"token{number}"
            self._tokens[following] = (start + len(shown), filters, empty)
            page["nextPageToken"] = following
        return _json(page)

    def _slice(self, asked: dict[str, str]) -> Answer:
        span = _EDITED.fullmatch(asked.get("q", ""))
        if not span:
            return Answer(400, b"the query is not understood")
        found = [t for t in self.trials.values() if span[1] <= edited_of(t) < span[2]]
        return _xml(found[: int(asked.get("limit", "10"))], len(found))


def _no_fault(_number: int, _path: str) -> str:
    return ""


def _matches(study: Json, filters: dict[str, str]) -> bool:
    country = _COUNTRY.fullmatch(filters.get("query.locn", ""))
    if country and country[1] not in countries_of(study):
        return False
    statuses = filters.get("filter.overallStatus", "")
    if statuses and status_of(study) not in statuses.split("|"):
        return False
    span = _RANGE.fullmatch(filters.get("filter.advanced", ""))
    if span is None:
        return True
    last = "9999" if span[2] == "MAX" else span[2]
    return span[1] <= updated_of(study) <= last


def _json(content: Any) -> Answer:
    return Answer(body=json.dumps(content).encode(), headers={"Content-Type": "application/json"})


def _xml(trials: list[ET.Element], total: int) -> Answer:
    root = ET.Element(f"{{{NAMESPACE}}}allTrials", {"totalCount": str(total)})
    root.extend(trials)
    return Answer(body=ET.tostring(root, encoding="utf-8"), headers={"Content-Type": "text/xml"})
