"""What can go wrong with an answer, by name. Each fault takes a good answer and gives a bad one."""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

BOMB = (
    '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;">]>'
    '<allTrials xmlns="http://www.67bricks.com/isrctn" totalCount="1"><a>&y;</a></allTrials>'
)
DEEP = 200_000


@dataclass(frozen=True)
class Answer:
    """An HTTP answer; cut: bytes after which the connection is dropped, None for the whole."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    wait_seconds: float = 0.0

    @property
    def is_json(self) -> bool:
        return self.body.lstrip()[:1] in (b"{", b"[")


def _deep(answer: Answer) -> Answer:
    if answer.is_json:
        return replace(answer, body=b"[" * DEEP + b"]" * DEEP)
    root = b'<allTrials xmlns="http://www.67bricks.com/isrctn" totalCount="1">'
    return replace(answer, body=root + b"<a>" * DEEP + b"</a>" * DEEP + b"</allTrials>")


def _bomb(answer: Answer) -> Answer:
    """An entity bomb for XML; for JSON, a body that unpacks to a thousand times its size."""
    if not answer.is_json:
        return replace(answer, body=BOMB.encode())
    return replace(answer, body=_packed_bomb(), headers={"Content-Encoding": "gzip"})


@lru_cache(maxsize=1)
def _packed_bomb() -> bytes:
    return gzip.compress(b'{"studies": [' + b" " * 300_000_000, compresslevel=1)


def _wrong_types(answer: Answer) -> Answer:
    if answer.is_json:
        content = json.loads(answer.body)
        if isinstance(content, dict) and "studies" in content:
            content["studies"] = [7, None, "x", [], {"protocolSection": 3}] * 20
        else:
            content = [content]
        return replace(answer, body=json.dumps(content).encode())
    return replace(answer, body=answer.body.replace(b'totalCount="', b'totalCount="many '))


def _renamed(answer: Answer) -> Answer:
    """The status, or the description, under another name in every record."""
    body = answer.body.replace(b'"overallStatus"', b'"recruitmentState"')
    return replace(answer, body=body.replace(b"trialDescription>", b"description>"))


def _other_id(answer: Answer) -> Answer:
    """Every record under the number of the first one."""
    if not answer.is_json:
        first = answer.body.split(b"<isrctn>", 2)
        number = first[1][:8] if len(first) > 1 else b""
        parts = answer.body.split(b"<isrctn>")
        return replace(answer, body=b"<isrctn>".join([parts[0], *(number + p[8:] for p in parts[1:])]))
    content = json.loads(answer.body)
    studies = content.get("studies", [content])
    for study in studies:
        if "protocolSection" in study:
            study["protocolSection"]["identificationModule"]["nctId"] = "NCT09999999"
    return replace(answer, body=json.dumps(content).encode())


def _repeat_token(answer: Answer) -> Answer:
    if answer.is_json and b'"studies"' in answer.body:
        content = json.loads(answer.body)
        return replace(answer, body=json.dumps(content | {"nextPageToken": "again"}).encode())
    return replace(answer, status=503)


def _lost_token(answer: Answer) -> Answer:
    """The end, said too early."""
    if answer.is_json and b'"studies"' in answer.body:
        content = json.loads(answer.body)
        content.pop("nextPageToken", None)
        return replace(answer, body=json.dumps(content).encode())
    return replace(answer, body=answer.body[: len(answer.body) // 3])


FAULTS: dict[str, Callable[[Answer], Answer]] = {
    "503": lambda answer: replace(answer, status=503, body=b"busy"),
    "429": lambda answer: replace(answer, status=429, body=b"slow", headers={"Retry-After": "1"}),
    "500": lambda answer: replace(answer, status=500, body=b"<html>"),
    "403": lambda answer: replace(answer, status=403, body=b"no"),
    "redirect": lambda answer: replace(
        answer, status=302, headers={"Location": "http://127.0.0.1:9/elsewhere"}
    ),
    "truncated": lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2]),
    "dropped": lambda answer: replace(answer, cut=len(answer.body) // 2),
    "html": lambda answer: replace(answer, body=b"<html><body>Maintenance</body></html>"),
    "empty": lambda answer: replace(answer, body=b""),
    "deep": _deep,
    "bomb": _bomb,
    "wrong-types": _wrong_types,
    "renamed-field": _renamed,
    "other-id": _other_id,
    "repeated-token": _repeat_token,
    "lost-token": _lost_token,
    "clock-skew": lambda answer: replace(
        answer, headers={"Date": "Mon, 01 Jan 2001 00:00:00 GMT"}
    ),
    "no-such": lambda answer: replace(answer, status=404, body=b"not found"),
}
