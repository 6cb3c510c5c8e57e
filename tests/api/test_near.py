"""A study's page opened from results measures from the same place, and no address holds a whole postcode."""

from typing import Any

import pytest

from tests.api.fakes import LEEDS


async def test_results_hand_their_place_on_to_the_studys_page(gateway: Any) -> None:
    results = (await gateway.http.get("/studies?condition=dementia&near=leeds")).text
    assert 'href="/studies/DEMO-0001?near=Leeds"' in results
    shown = (await gateway.http.get("/studies/DEMO-0001?near=Leeds")).text
    assert gateway.studies.measured_from[-1] == LEEDS
    assert "The places nearest to Leeds come first." in shown
    without = (await gateway.http.get("/studies?condition=dementia")).text
    assert 'href="/studies/DEMO-0001"' in without


@pytest.mark.parametrize("written", ["LS6 3AB", "ls63ab", "  ls6 3ab "])
async def test_a_whole_postcode_is_cut_before_it_stands_in_an_address(gateway: Any, written: str) -> None:
    results = (await gateway.http.get("/studies", params={"condition": "gout", "near": "LS6 3AB"})).text
    links = [part.split('"')[0] for part in results.split('href="')[1:]]
    assert "/studies/DEMO-0001?near=LS6" in links
    page = await gateway.http.get("/studies/DEMO-0001", params={"near": written})
    assert page.status_code == 303
    assert page.headers["location"] == "/studies/DEMO-0001?near=LS6"


@pytest.mark.parametrize(
    ("near", "said"), [("paris", "outside the UK"), ("newport", "Newport, Wales"), ("x" * 500, "do not know")]
)
async def test_a_place_that_is_not_clear_is_said_beside_its_field_and_the_study_shown(
    gateway: Any, near: str, said: str
) -> None:
    page = await gateway.http.get("/studies/DEMO-0001", params={"near": near})
    assert page.status_code == 200
    assert 'id="near-fault"' in page.text
    assert said in page.text
    assert "Town hall, Leeds" in page.text


async def test_markup_in_the_place_is_text(gateway: Any) -> None:
    page = await gateway.http.get("/studies/DEMO-0001", params={"near": '"><b>here'})
    assert "<b>here" not in page.text


async def test_json_measures_too_and_refuses_an_unclear_place(gateway: Any) -> None:
    assert (await gateway.http.get("/api/studies/DEMO-0001?near=leeds")).status_code == 200
    assert gateway.studies.measured_from[-1] == LEEDS
    refused = await gateway.http.get("/api/studies/DEMO-0001?near=newport")
    assert refused.status_code == 422
    assert refused.json()["candidates"] == ["Newport, Wales", "Newport, Shropshire"]
