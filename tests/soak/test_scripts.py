"""Scripts written into messages, addresses and registry records are shown as text and never run.

The browser is told to ignore the Content-Security-Policy, so that only escaping stands in their way.
"""

import json
import shutil
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from index.cli import main as index_command
from tests.running import Chat, demo_catalogue
from tests.soak.gateway import run_gateway
from tests.soak.size import size
from tests.soak.strings import strings

pytestmark = pytest.mark.browser
COUNT = size(40, 300)
FIELDS = 12
HIT = "window.hits = 0; window.hit = () => { window.hits += 1; }; window.alert = window.hit;"


def record(number: int, texts: list[str]) -> dict[str, object]:
    """A ClinicalTrials.gov record with a script in every field that is shown."""
    (title, summary, details, condition, keyword, rule, sponsor, name, email, site, town, treatment) = texts
    return {
        "protocolSection": {
            "identificationModule": {"nctId": f"NCT{number:08}", "briefTitle": f"Asthma {title}"},
            "descriptionModule": {"briefSummary": summary, "detailedDescription": details},
            "statusModule": {"overallStatus": "RECRUITING"},
            "conditionsModule": {"conditions": ["Asthma", condition], "keywords": [keyword]},
            "eligibilityModule": {"eligibilityCriteria": f"Inclusion Criteria:\n* {rule}"},
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": sponsor}},
            "armsInterventionsModule": {"interventions": [{"type": "DRUG", "name": treatment}]},
            "contactsLocationsModule": {
                "centralContacts": [{"name": name, "phone": "1", "email": email}],
                "locations": [{"facility": site, "city": town, "country": "United Kingdom"}],
            },
        }
    }


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A gateway over a registry whose every field holds a script."""
    folder = tmp_path_factory.mktemp("scripts")
    texts = strings(COUNT + FIELDS)
    records = [
        record(number, texts[at : at + FIELDS])
        for number, at in enumerate(range(0, COUNT, FIELDS), start=1)
    ]
    source = folder / "records.jsonl"
    source.write_text("\n".join(map(json.dumps, records)), "utf-8")
    out = folder / "catalogue"
    # Over another catalogue only what is new is embedded: seconds instead of a minute.
    shutil.copytree(demo_catalogue(), out, symlinks=True)
    assert index_command(["build", str(source), "--status", "any", "--out", str(out)]) == 0
    with run_gateway(folder / "var", out) as address:
        yield address


@pytest.fixture
def bare(browser: Browser, url: str) -> Iterator[Page]:
    """A page on which a script that got in would run, and be counted."""
    context = browser.new_context(base_url=url, bypass_csp=True)
    context.add_init_script(HIT)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    yield page
    context.close()


def nothing_ran(page: Page) -> None:
    page.wait_for_timeout(50)
    assert page.evaluate("window.hits") == 0, page.url
    for name in ("iframe", "object", "svg", "video", "img"):
        assert page.locator(f"main {name}").count() == 0, f"{name} at {page.url}"
    wrong = "all => all.filter((a) => !/^(https?|mailto|tel):/.test(a.href)).map((a) => a.href)"
    assert page.locator("a[href]").evaluate_all(wrong) == []


def test_the_net_catches_a_script_that_runs(bare: Page) -> None:
    bare.goto("/")
    bare.evaluate("document.body.innerHTML += '<img src=x onerror=hit()>'")
    bare.wait_for_function("window.hits === 1")


def test_scripts_in_records_do_not_run_on_pages(bare: Page, url: str) -> None:
    found = httpx.get(f"{url}/api/studies?status=any&limit=100", timeout=60, trust_env=False).json()
    assert found["total"] >= COUNT // FIELDS
    bare.goto("/studies?condition=asthma&status=any&limit=100")
    nothing_ran(bare)
    for card in found["results"]:
        bare.goto(card["links"]["page"])
        expect(bare.locator("h1")).to_be_visible()
        nothing_ran(bare)


def test_scripts_in_records_do_not_run_in_the_chat(bare: Page, url: str) -> None:
    found = httpx.get(f"{url}/api/studies?status=any&limit=100", timeout=60, trust_env=False).json()
    pages = [
        httpx.get(f"{url}/api/studies/{card['id']}", timeout=60, trust_env=False).json()
        for card in found["results"]
    ]
    messages = [{"kind": "studies", "text": "Here.", "choices": [], "search": found}]
    messages += [{"kind": "study", "text": p["title"], "choices": [], "study": p} for p in pages]
    messages += [
        {"kind": kind, "text": text, "choices": [{"label": text, "value": text}], "links": [link]}
        for kind in ("text", "notice", "crisis")
        for text in strings(COUNT)[:30]
        for link in [{"label": text, "url": text}]
    ]
    bare.route("**/api/chat/messages", lambda route: route.fulfill(json={"messages": messages}))
    bare.goto("/")
    bare.get_by_label("Your message").fill("asthma")
    bare.get_by_role("button", name="Send").click()
    expect(bare.locator("[role=log] article.study").first).to_be_visible()
    expect(bare.locator("[role=log] .crisis").last).to_be_attached()
    nothing_ran(bare)


def test_scripts_of_a_person_do_not_run(bare: Page, url: str) -> None:
    chat = Chat(url)
    for text in strings(COUNT):
        assert chat.post({"id": str(uuid4()), "text": text}).status_code == 200
    bare.goto("/")
    token = chat.headers["Authorization"].split()[1]
    bare.evaluate("token => sessionStorage.setItem('study-finder-session', token)", token)
    bare.reload()
    expect(bare.locator(".message.person")).to_have_count(COUNT)
    nothing_ran(bare)
    for text in strings(COUNT)[:: size(8, 3)]:
        for field in ("condition", "near", "age"):
            bare.goto(str(httpx.URL("/studies", params={field: text})))
            nothing_ran(bare)
