"""What the search form says of a person judges the rules on a study's page, and stands in no cache."""

from typing import Any

import pytest

from index.wording.judge import NOBODY, Person

ASKED = {"condition": "dementia", "near": "LS6 3AB", "age": "60", "sex": "F", "healthy": "true"}


async def test_results_hand_on_what_was_said(gateway: Any) -> None:
    results = (await gateway.http.get("/studies", params=ASKED)).text
    assert "/studies/DEMO-0001?near=LS6&amp;age=60&amp;sex=female&amp;healthy=true" in results
    without = (await gateway.http.get("/studies", params={"condition": "dementia"})).text
    assert 'href="/studies/DEMO-0001"' in without


async def test_the_page_judges_its_rules_and_can_leave_it_out(gateway: Any) -> None:
    page = await gateway.http.get("/studies/DEMO-0001?near=Leeds&age=60&sex=female")
    assert gateway.studies.judged_for[-1] == Person(age=60, sex="female")
    assert "You said: aged 60, female." in page.text
    assert 'class="print" href="/studies/DEMO-0001?near=Leeds">Show the rules without this' in page.text
    # Another place keeps what was said.
    assert '<input type="hidden" name="age" value="60">' in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_a_whole_postcode_is_cut_and_what_was_said_is_kept(gateway: Any) -> None:
    page = await gateway.http.get("/studies/DEMO-0001?near=LS6+3AB&age=7.5")
    assert page.headers["location"] == "/studies/DEMO-0001?near=LS6&age=7.5"


@pytest.mark.parametrize("wrong", ["age=old", "age=-3", "age=900", "sex=%3Cb%3E", "age=", "healthy=perhaps"])
async def test_what_cannot_be_read_counts_as_not_said(gateway: Any, wrong: str) -> None:
    page = await gateway.http.get(f"/studies/DEMO-0001?{wrong}")
    assert page.status_code == 200
    assert gateway.studies.judged_for[-1] == NOBODY
    assert "You said" not in page.text


async def test_one_wrong_thing_does_not_lose_the_others(gateway: Any) -> None:
    await gateway.http.get("/studies/DEMO-0001?age=old&sex=male")
    assert gateway.studies.judged_for[-1] == Person(sex="male")
