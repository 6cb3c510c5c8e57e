"""Pages, JSON, health and headers, as browsers and machines meet them."""

import re
from typing import Any

import pytest

from api.safe_links import is_safe_link, safe_links
from index import CatalogueError
from index.models import Source, Status
from index.queries import Links, RegistryLink
from tests.api import fakes

PAGES = [
    "/",
    "/studies",
    "/studies?condition=dementia&near=leeds",
    "/studies?near=newport",
    "/studies/DEMO-0001",
    "/studies/none",
    "/health/ready",
]


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_has_its_frame_and_no_inline_script(gateway: Any, path: str) -> None:
    page = await gateway.http.get(path, headers={"Accept": "text/html"})
    assert page.status_code < 500
    assert '<html lang="en-GB">' in page.text
    assert len(re.findall("<h1", page.text)) == 1
    assert "Records were last updated" in page.text
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|<style|style=", page.text)
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors" in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cache-control"] == "no-store"


async def test_a_search_page_shows_matches_left_out_and_wider(gateway: Any) -> None:
    page = (await gateway.http.get("/studies?condition=dementia&near=leeds&age=")).text
    for text in (
        "3 studies found",
        "Dance classes",
        "Demonstration",
        "2 too far away",
        "Within 60 miles",
        "within 30 miles of Leeds",
    ):
        assert text in page


async def test_what_was_left_out_has_a_link_that_brings_it_back(gateway: Any) -> None:
    page = (await gateway.http.get("/studies?condition=dementia&near=leeds&age=60")).text
    assert "miles=1000" in page
    assert "30 miles further" in page


async def test_pages_of_results_lead_on_and_back(gateway: Any) -> None:
    first = (await gateway.http.get("/studies?condition=dementia&limit=2")).text
    assert "offset=2" in first
    second = (await gateway.http.get("/studies?condition=dementia&limit=2&offset=2")).text
    assert "Previous studies" in second
    assert "More studies" not in second


async def test_an_ambiguous_place_offers_the_ones_it_may_be(gateway: Any) -> None:
    page = await gateway.http.get("/studies?condition=gout&near=newport")
    assert page.status_code == 422
    assert "near=Newport%2C+Wales" in page.text


async def test_wrong_fields_are_named_beside_them(gateway: Any) -> None:
    page = await gateway.http.get("/studies?condition=gout&age=old&miles=0")
    assert page.status_code == 422
    assert 'id="age-fault"' in page.text
    assert 'id="miles-fault"' in page.text


async def test_markup_is_shown_as_text(gateway: Any) -> None:
    page = await gateway.http.get("/studies?condition=<script>alert(1)</script>&near=%22><b>")
    assert "<script>alert" not in page.text
    assert "<b>" not in page.text


async def test_a_study_page_prints_the_whole_record(gateway: Any) -> None:
    page = (await gateway.http.get("/studies/DEMO-0001")).text
    for text in (
        "made up to show",
        "You are 50 or over",
        "Town hall, Leeds, England",
        'id="take-part"',
        "12 visits",
        "A randomised trial of dance",
    ):
        assert text in page


async def test_a_closed_study_asks_nobody_to_take_part(
    gateway: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = Links(
        take_part="https://bepartofresearch.example/9",
        registries=[],
        page="/studies/ISRCTN00000009",
    )
    shown = {"source": Source.ISRCTN, "links": elsewhere}
    for status, asks in ((Status.OPEN, True), (Status.CLOSED, False)):
        study = fakes.page(**shown, status=status)
        monkeypatch.setattr(gateway.studies, "study", lambda *_, study=study: study)
        told = (await gateway.http.get("/studies/ISRCTN00000009")).text
        assert ("Ask about taking part" in told) is asks
        assert ("nobody new can join" in told) is not asks


async def test_json_finds_and_refuses(gateway: Any) -> None:
    found = await gateway.http.get("/api/studies?condition=dementia&near=LS6&sex=F&age=60")
    assert found.json()["total"] == 3
    asked = gateway.studies.asked[-1]
    assert (asked.sex, asked.age, asked.miles) == ("female", 60, 30)
    for query, word in (
        ("near=newport", "Shropshire"),
        ("near=paris", "outside the UK"),
        ("near=qqq", "do not know"),
    ):
        refused = await gateway.http.get(f"/api/studies?{query}")
        assert refused.status_code == 422
        assert word in refused.json()["detail"]
    for query in ("age=-1", "age=x", "limit=1000", "status=none", "miles=nan", "offset=1e9"):
        refused = await gateway.http.get(f"/api/studies?{query}")
        assert refused.status_code == 422
        assert refused.headers["content-type"] == "application/problem+json"
    assert (await gateway.http.get("/api/studies/DEMO-0001")).json()["id"] == "DEMO-0001"
    assert (await gateway.http.get("/api/studies/none")).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/none", 404), ("POST", "/studies", 405)]
)
async def test_every_error_is_a_problem(gateway: Any, method: str, path: str, status: int) -> None:
    answer = await gateway.http.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


async def test_an_unexpected_error_is_a_plain_problem_and_tells_nothing(
    gateway: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the person wrote secretword")

    monkeypatch.setattr(gateway.studies, "search", broken)
    answer = await gateway.http.get("/api/studies?condition=x")
    assert answer.status_code == 500
    assert "secretword" not in answer.text
    assert "content-security-policy" in answer.headers
    assert "RuntimeError" in str([vars(record) for record in caplog.records])
    assert "secretword" not in str([vars(record) for record in caplog.records])


async def test_logs_hold_neither_text_nor_addresses(
    gateway: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    who = await gateway.open()
    await gateway.say(who, "canaryword in Leeds")
    await gateway.http.get("/studies?condition=canaryword")
    await gateway.http.get("/studies/canaryword")
    ours = [vars(record) for record in caplog.records if record.name.startswith("api")]
    assert {entry["route"] for entry in ours} >= {"/api/chat/messages", "/studies/{study_id}"}
    assert "canaryword" not in str(ours)


async def test_readiness_names_the_part_that_is_down(gateway: Any) -> None:
    ready = await gateway.http.get("/health/ready")
    assert ready.status_code == 200
    assert set(ready.json()["parts"]) == {"gateway", "rasa", "actions", "catalogue"}
    gateway.rasa.replies, gateway.rasa.actions_code = "down", 500
    down = await gateway.http.get("/health/ready")
    assert down.status_code == 503
    assert down.json()["parts"]["rasa"]["up"] is False
    assert "make run" in down.json()["parts"]["rasa"]["todo"]
    assert down.json()["parts"]["actions"]["state"] == "answers with status 500"
    gateway.rasa.replies, gateway.rasa.status_code = None, 409
    assert "make train" in (await gateway.http.get("/health/ready")).text


async def test_without_a_catalogue_the_rest_goes_on(gateway: Any) -> None:
    def missing() -> None:
        raise CatalogueError("There is no catalogue. Run `make run`.")

    gateway.parts.catalogue._open = missing
    gateway.parts.catalogue._studies = None
    assert (await gateway.http.get("/api/studies?condition=x")).status_code == 503
    assert (await gateway.http.get("/studies?condition=x")).status_code == 503
    assert (await gateway.http.get("/")).status_code == 200
    assert "Run `make run`" in (await gateway.http.get("/health/ready")).text


async def test_metrics_count_without_text(gateway: Any) -> None:
    who = await gateway.open()
    await gateway.say(who, "I want to die")
    gateway.rasa.replies = "down"
    await gateway.say(who, "canaryword")
    await gateway.http.get("/api/studies?condition=nothing")
    text = (await gateway.http.get("/metrics")).text
    for line in (
        'study_finder_danger_cards_total{kind="self_harm"} 1.0',
        'study_finder_apologies_total{why="down"} 1.0',
        'study_finder_searches_total{found="nothing",where="json"} 1.0',
        'study_finder_turns_total{outcome="crisis"} 1.0',
    ):
        assert line in text
    assert "canaryword" not in text


async def test_only_allowed_sites_may_use_the_chat(make_gateway: Any) -> None:
    gateway = await make_gateway(allowed_origins=["https://good.example"])
    for origin, allowed in (("https://good.example", True), ("https://bad.example", False)):
        answer = await gateway.http.get("/api/studies", headers={"Origin": origin})
        assert ("access-control-allow-origin" in answer.headers) is allowed
        page = await gateway.http.get("/studies", headers={"Origin": origin})
        assert "access-control-allow-origin" not in page.headers
    script = await gateway.http.get("/widget.js", headers={"Origin": "https://good.example"})
    assert script.headers["access-control-allow-origin"] == "https://good.example"


async def test_hsts_is_for_production(make_gateway: Any) -> None:
    local, live = (
        await make_gateway(),
        await make_gateway(environment="production", secret="x" * 40),
    )
    assert "strict-transport-security" not in (await local.http.get("/")).headers
    assert "strict-transport-security" in (await live.http.get("/")).headers


async def test_the_widget_serves_its_own_files_and_no_others(gateway: Any) -> None:
    main = (await gateway.http.get("/widget/main.js")).text
    for name in re.findall(r'from "\./([\w.]+)"', main):
        assert (await gateway.http.get(f"/widget/{name}")).status_code == 200
    for name in ("..%2Fmain.py", "none.js", "%2e%2e/settings.py"):
        assert (await gateway.http.get(f"/widget/{name}")).status_code == 404


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.org/x", True),
        ("http://a.org", True),
        ("/studies/1#take-part", True),
        ("javascript:alert(1)", False),
        ("//evil.org", False),
        ("/\\evil.org", False),
        ("data:text/html,x", False),
        ("https://user@evil.org", False),
        ("java\nscript:x", False),
        ("", False),
        ("https://", False),
        ("http://[", False),
    ],
)
def test_only_web_links_and_own_paths_are_links(url: str, safe: bool) -> None:
    assert is_safe_link(url) is safe


def test_a_bad_way_to_take_part_becomes_the_studys_own_page() -> None:
    links = Links(
        take_part="javascript:x",
        page="/studies/A",
        registries=[
            RegistryLink(name="x", url="ftp://x"),
            RegistryLink(name="y", url="https://y.z"),
        ],
    )
    assert safe_links(links) == Links(
        take_part="/studies/A",
        page="/studies/A",
        registries=[RegistryLink(name="y", url="https://y.z")],
    )


def test_the_fakes_have_the_catalogues_shapes() -> None:
    assert fakes.page().id == fakes.card().id
