"""No body and no query, however strange, brings a 5xx or an empty answer."""

import json
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
FIELDS = st.fixed_dictionaries(
    {}, optional={"id": st.uuids().map(str) | JSON, "text": st.text() | JSON, "choice": JSON}
)


@QUIET
@given(body=st.binary(max_size=300) | FIELDS.map(lambda each: json.dumps(each).encode()))
async def test_no_body_breaks_the_chat(gateway: Any, body: bytes) -> None:
    who = await gateway.open()
    answer = await gateway.http.post("/api/chat/messages", content=body, headers=who)
    assert answer.status_code in (200, 413, 422)
    if answer.status_code == 200:
        assert answer.json()["messages"]
    else:
        assert {"type", "title", "status", "detail"} <= set(answer.json())


@QUIET
@given(text=st.text(min_size=1, max_size=300))
async def test_no_text_breaks_the_chat(gateway: Any, text: str) -> None:
    who = await gateway.open()
    body = json.dumps({"id": str(uuid4()), "text": text})
    answer = await gateway.http.post("/api/chat/messages", content=body, headers=who)
    assert answer.status_code in (200, 422)
    for heard in gateway.rasa.heard:
        assert not heard["message"].startswith("/")


@QUIET
@given(
    query=st.dictionaries(
        st.sampled_from(
            [
                "condition",
                "near",
                "miles",
                "age",
                "sex",
                "healthy",
                "status",
                "limit",
                "offset",
                "other",
            ]
        ),
        st.text(max_size=30) | st.integers().map(str) | st.floats().map(str),
    )
)
async def test_no_query_breaks_a_search(gateway: Any, query: dict[str, str]) -> None:
    for path in ("/api/studies", "/studies"):
        assert (await gateway.http.get(path, params=query)).status_code in (200, 422)
