"""The widget on any site and over any connection: one line, one message once, nothing left behind."""

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.talk import CARDS, more, say
from tests.other_site import OtherSite
from tests.running import Service

pytestmark = pytest.mark.browser
CALLS = "**/api/chat/messages"


def test_one_line_puts_it_on_another_site_and_it_goes_with_the_person(
    browser: Browser, service: Service, other_site: OtherSite, screenshots: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{other_site.allowed}/?home={service.url}")
    page.get_by_role("button", name="Find a health study").click()
    say(page, "asthma in Bristol")
    expect(page.locator(CARDS).first).to_be_visible()
    # The site's styles stay outside: it sets 10 px and hides every button.
    size = page.get_by_label("Your message").evaluate("box => getComputedStyle(box).fontSize")
    assert size == "16px"
    page.screenshot(path=screenshots / "widget-other-site.png")
    page.get_by_role("link", name="Another page of it").click()
    expect(page).to_have_url(re.compile("/next"))
    expect(page.get_by_role("log")).to_contain_text("asthma in Bristol")
    expect(page.locator(CARDS).first).to_be_visible()
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "asthma" not in kept
    assert "study-finder-session" in kept
    assert errors == []
    context.close()


def test_a_site_that_is_not_allowed_gets_no_chat(
    browser: Browser, service: Service, other_site: OtherSite
) -> None:
    page = browser.new_page()
    page.goto(f"{other_site.not_allowed}/?home={service.url}")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Find a health study")).to_have_count(0)
    expect(page.get_by_role("heading", name="Another site")).to_be_visible()
    page.close()


def test_all_its_files_are_small() -> None:
    files = sorted(Path("api/widget").glob("*.js"))
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 30 * 1024


def test_a_broken_connection_loses_and_doubles_nothing(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("log")).to_contain_text("do not give names")
    ids: list[str] = []

    def breaks(route: Route) -> None:
        ids.append(route.request.post_data_json["id"])
        if len(ids) == 1:
            route.abort("connectionreset")  # never arrived
        elif len(ids) == 2:
            route.fetch()  # arrived, and its answer was lost
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(CALLS, breaks)
    say(page, "asthma in Bristol")
    expect(page.locator(CARDS).first).to_be_visible()
    assert len(ids) == 3
    assert len(set(ids)) == 1
    page.unroute(CALLS)
    page.reload()
    expect(page.locator(CARDS).first).to_be_visible()
    expect(page.locator(".message.person")).to_have_count(1)
    expect(page.locator(".assistant.studies")).to_have_count(1)


def test_without_a_connection_it_says_so_and_the_same_message_is_sent_later(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("log")).to_contain_text("do not give names")
    page.context.set_offline(True)
    say(page, "asthma in Bristol")
    failure = page.locator(".failure")
    expect(failure).to_contain_text("did not get through")
    expect(failure).to_contain_text("999")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(CARDS).first).to_be_visible()
    expect(failure).to_have_count(0)
    expect(page.locator(".message.person")).to_have_count(1)


@pytest.mark.parametrize("chosen", [False, True])
def test_leaving_the_page_before_the_answer_comes_brings_it_on_the_next(
    page: Page, chosen: bool
) -> None:
    page.goto("/")
    expect(page.get_by_role("log")).to_contain_text("do not give names")
    arrived: list[int] = []

    def late(route: Route) -> None:
        if route.request.method == "POST":
            arrived.append(route.fetch().status)
        else:
            route.continue_()

    page.route(CALLS, late)
    if chosen:
        page.get_by_role("button", name="Find a study near me").click()
    else:
        say(page, "asthma in Bristol")
    page.wait_for_function("() => true", timeout=1000)
    while not arrived:
        page.wait_for_timeout(50)
    page.unroute(CALLS)
    page.reload()
    expected = "Which health condition" if chosen else "asthma"
    expect(page.locator(".message.assistant").last).to_contain_text(expected)
    expect(page.locator(".message.person")).to_have_count(1)


def test_a_message_without_its_answer_is_sent_again_after_a_reload(page: Page) -> None:
    """The history ends with a message of the person: its own id, and its choice, go out again."""
    page.goto("/")
    expect(page.get_by_role("log")).to_contain_text("do not give names")
    told = page.evaluate(
        """() => fetch('/api/chat/messages', { headers: { Authorization:
        'Bearer ' + sessionStorage.getItem('study-finder-session') } }).then((answer) => answer.json())"""
    )
    value = told["messages"][-1]["choices"][0]["value"]
    lost = {"from": "person", "id": "5f0c3a44-9f2c-4f0e-9a1e-0d5c5d3c0b11", "choice": value}
    told["messages"].append(lost | {"kind": "text", "text": "Find a study near me", "choices": []})
    sent: list[object] = []

    def history(route: Route) -> None:
        if route.request.method == "GET":
            route.fulfill(json=told)
        else:
            sent.append(route.request.post_data_json)
            route.continue_()

    page.route(CALLS, history)
    page.reload()
    expect(page.locator(".message.assistant").last).to_contain_text("Which health condition")
    assert sent == [{"id": lost["id"], "choice": value}]


def test_a_chat_that_has_ended_begins_anew_with_the_same_message(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("log")).to_contain_text("do not give names")
    page.evaluate(
        """() => fetch('/api/chat/sessions', { method: 'DELETE', headers: { Authorization:
        'Bearer ' + sessionStorage.getItem('study-finder-session') } })"""
    )
    say(page, "asthma in Bristol")
    expect(page.get_by_role("log")).to_contain_text("this is a new one")
    expect(page.locator(CARDS).first).to_be_visible()


def test_the_chat_can_be_saved_and_emailed(page: Page) -> None:
    page.goto("/")
    say(page, "asthma in Bristol")
    expect(page.locator(CARDS).first).to_be_visible()
    title = page.locator(f"{CARDS} h3").first.inner_text()
    with page.expect_download() as saved:
        more(page, "Save this chat as a file")
    assert saved.value.suggested_filename == "study-finder-chat.txt"
    text = Path(saved.value.path()).read_text("utf-8")
    assert "You said:\nasthma in Bristol" in text
    assert title in text
    assert "/studies/DEMO-" in text
    page.evaluate(
        """() => { HTMLAnchorElement.prototype.click = function () { window.mail = this.href; } }"""
    )
    more(page, "Email this chat")
    mail = page.evaluate("window.mail")
    assert mail.startswith("mailto:?subject=My%20chat")
    assert len(mail) <= 1800


def test_larger_text_lasts_from_page_to_page(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("log")).to_contain_text("do not give names")

    def size() -> str:
        return page.locator(".message p").first.evaluate("box => getComputedStyle(box).fontSize")

    assert size() == "16px"
    more(page, "Larger text")
    assert size() == "20px"
    page.reload()
    expect(page.get_by_role("log")).to_contain_text("do not give names")
    assert size() == "20px"
    more(page, "Larger text")
    assert size() == "16px"


def test_start_again_begins_an_empty_chat(page: Page) -> None:
    page.goto("/")
    say(page, "eczema near Hull")
    expect(page.locator(CARDS).first).to_be_visible()
    page.get_by_role("button", name="Start again", exact=True).last.click()
    expect(page.locator(CARDS)).to_have_count(0)
    expect(page.get_by_role("log")).to_contain_text("do not give names")
