"""The chat as a person meets it: the page opens, words go in, study cards come out."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.talk import CARDS, say

pytestmark = pytest.mark.browser


def test_a_typed_message_brings_study_cards(page: Page, screenshots: Path):
    page.goto("/")
    expect(page.get_by_role("log")).to_contain_text("do not give names")
    say(page, "my mum has dementia and lives in Leeds")
    expect(page.locator(CARDS).first).to_be_visible()
    assert page.locator(CARDS).count() >= 2
    first = page.locator(CARDS).first
    expect(first).to_contain_text("Demonstration")
    expect(first).to_contain_text("mile")
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=screenshots / "chat-1280.png")
    page.locator("section.panel").screenshot(path=screenshots / "chat-panel.png")


def test_buttons_and_the_keyboard_alone_get_there(page: Page):
    page.goto("/")
    page.get_by_role("button", name="Find a study near me").click()
    expect(page.get_by_role("log")).to_contain_text("Which health condition")
    field = page.get_by_label("Your message")
    field.focus()
    page.keyboard.type("asthma")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("tell me a town", ignore_case=True)
    field.focus()
    page.keyboard.type("Bristol")
    page.keyboard.press("Enter")
    expect(page.locator(CARDS).first).to_contain_text("asthma", ignore_case=True)


def test_markup_is_shown_as_words(page: Page):
    page.goto("/")
    say(page, "<img src=x onerror=document.title='broken'> asthma in Leeds")
    expect(page.get_by_role("log")).to_contain_text("<img src=x")
    expect(page.locator(CARDS).first).to_be_visible()
    assert page.title() != "broken"
    assert page.locator("[role=log] img").count() == 0


def test_it_fits_a_small_phone(page: Page, screenshots: Path):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/")
    say(page, "asthma in Bristol")
    expect(page.locator(CARDS).first).to_be_visible()
    page.screenshot(path=screenshots / "chat-320.png")
    widest = page.evaluate("document.documentElement.scrollWidth")
    assert widest <= 320


def test_a_reloaded_page_goes_on_with_the_chat(page: Page):
    page.goto("/")
    say(page, "asthma in Bristol")
    expect(page.locator(CARDS).first).to_be_visible()
    page.reload()
    expect(page.get_by_role("log")).to_contain_text("asthma in Bristol")
    expect(page.locator(CARDS).first).to_be_visible()


def test_a_forgotten_chat_is_gone(page: Page):
    page.goto("/")
    say(page, "eczema near Hull")
    expect(page.locator(CARDS).first).to_be_visible()
    page.get_by_role("button", name="Forget this chat").click()
    expect(page.locator(CARDS)).to_have_count(0)
    page.reload()
    expect(page.get_by_role("log")).to_contain_text("do not give names")
    expect(page.get_by_role("log")).not_to_contain_text("eczema near Hull")


def test_studies_can_be_searched_without_javascript(browser, service, screenshots: Path):
    context = browser.new_context(base_url=service.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Search for studies").first.click()
    page.get_by_label("condition", exact=False).first.fill("dementia")
    page.get_by_role("button", name="Search").first.click()
    expect(page.get_by_role("main")).to_contain_text("dementia", ignore_case=True)
    page.screenshot(path=screenshots / "studies.png")
    context.close()


def test_details_of_a_study_that_was_only_related_do_not_claim_to_be_about_it(page: Page) -> None:
    page.goto("/")
    say(page, "COPD in Barnsley, I am 74")
    expect(page.locator("[role=log] .tag.related").first).to_be_visible()
    say(page, "tell me about the second one")
    details = page.locator("[role=log] .assistant.study")
    expect(details).to_be_visible()
    expect(details.locator(".tag.about, .tag.related")).to_have_count(0)


def test_a_long_chat_leaves_no_blank_page_below(page: Page):
    page.goto("/")
    say(page, "my mum has dementia and lives in Leeds")
    expect(page.locator(CARDS).first).to_be_visible()
    say(page, "show me more")
    expect(page.locator(CARDS)).to_have_count(6)
    below = page.evaluate(
        "document.documentElement.scrollHeight - Math.max(innerHeight,"
        " document.querySelector('footer').getBoundingClientRect().bottom + scrollY)"
    )
    assert below <= 1
