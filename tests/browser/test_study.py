"""A study opened in the chat: what it would take, the rules beside what was said, questions to skip."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.talk import open_everything, say, wait_until_quiet

pytestmark = pytest.mark.browser
STUDY = "[role=log] .assistant.study"


@pytest.fixture
def study(page: Page) -> Locator:
    """The first study about asthma near Leeds; its rules speak of pregnancy."""
    page.goto("/")
    say(page, "asthma in Leeds, I am 30")
    wait_until_quiet(page)
    say(page, "tell me about the first one")
    opened = page.locator(STUDY)
    expect(opened).to_be_visible()
    return opened


def test_what_it_would_take_is_told_with_the_records_words_and_its_silence(
    page: Page, study: Locator, screenshots: Path
) -> None:
    part = study.locator("section.part", has=page.get_by_role("heading", name="What it would take"))
    told = part.get_by_role("term").all_inner_texts()
    assert "Visits" in told
    expect(part).to_contain_text("10 visits with breathing tests")
    silent = part.get_by_text("The record does not say anything about:").inner_text().lower()
    assert "scans" in silent
    assert not any(name.lower() in silent for name in told)
    study.locator(".folded, .part").first.scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "chat-study.png")


def test_each_rule_is_met_not_met_or_not_known_beside_its_source(page: Page, study: Locator) -> None:
    part = study.locator("section.part", has=page.get_by_role("heading", name="Could I take part?"))
    expect(part).to_contain_text("The study team decides.")
    expect(part).to_contain_text(re.compile(r"1 rule fits what you said, \d+ rules are not known yet"))
    fits = part.locator("h5", has_text="Fits what you said").locator("xpath=following-sibling::ul[1]")
    expect(fits).to_contain_text("You said 30.")
    open_everything(page)
    expect(part).to_contain_text("You cannot take part if: Pregnancy or breastfeeding")
    expect(fits).to_contain_text("From the record’s field for ages.")
    expect(part).not_to_contain_text("keep you out")
    expect(part).not_to_contain_text(re.compile("you are eligible|you can take part", re.IGNORECASE))


def test_a_question_is_answered_by_keyboard_says_why_and_hides_nothing(
    page: Page, study: Locator
) -> None:
    question = study.get_by_role("group", name=re.compile("Question 1, and you can skip it: .*pregnant"))
    yes = question.get_by_role("button", name="Yes")
    yes.focus()
    page.keyboard.press("Enter")
    answered = page.locator(STUDY).nth(1)
    expect(answered).to_contain_text("You cannot take part if: Pregnancy or breastfeeding. You said yes")
    expect(answered).to_contain_text("does not rule the study out")
    expect(answered).to_contain_text("further down in your list")
    # Focus stays where the person has it, and the taken answer stays readable.
    expect(yes).to_be_focused()
    expect(yes).to_have_class("taken")
    wait_until_quiet(page)
    title = study.first.locator("h3").inner_text()
    page.get_by_role("button", name="Show my list again").click()
    expect(page.locator("[role=log] .assistant.studies")).to_have_count(2)
    wait_until_quiet(page)
    again = page.locator("[role=log] .assistant.studies").nth(1).locator("article")
    titles = again.locator("h3").all_inner_texts()
    if title in titles:
        assert titles.index(title) > 0
        expect(again.nth(titles.index(title))).to_contain_text("May not fit you. You said yes")
    else:
        # Moved to a later page of the same list: it says how many there are, and none is left out for it.
        expect(page.get_by_role("button", name="Show more").last).to_be_visible()


def test_a_question_can_be_skipped_and_is_not_asked_again(page: Page, study: Locator) -> None:
    study.get_by_role("button", name="Skip this question").click()
    answered = page.locator(STUDY).nth(1)
    expect(answered).to_contain_text("Nothing you told me stands against this study")
    expect(answered).not_to_contain_text("pregnant")


def test_a_rule_that_keeps_nobody_out_is_not_read_the_other_way_round(page: Page) -> None:
    page.goto("/")
    say(page, "my dad is 60 and has asthma, he lives in Leeds")
    wait_until_quiet(page)
    say(page, "tell me about the first one")
    part = page.locator(STUDY).locator("section.part").nth(1)
    expect(part).to_contain_text("This does not keep you out: Pregnancy or breastfeeding")
    expect(part).to_contain_text("You said male.")
    expect(page.get_by_role("group", name=re.compile("Question 1.*pregnant"))).to_have_count(0)
