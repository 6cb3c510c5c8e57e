"""What the browser tests do as a person would: type, wait, look."""

from playwright.sync_api import Page, expect

CARDS = "[role=log] article.study"


def say(page: Page, words: str) -> None:
    """Type words and send them."""
    page.get_by_label("Your message").fill(words)
    page.get_by_role("button", name="Send").click()


def wait_until_quiet(page: Page) -> None:
    """Wait until the last message is answered."""
    expect(page.locator(".typing")).to_be_hidden()


def more(page: Page, name: str) -> None:
    """Press a button of the menu's second half."""
    if not page.locator(".menu details").evaluate("box => box.open"):
        page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name=name).click()


def open_everything(page: Page) -> None:
    """Unfold all that is folded in the conversation."""
    page.locator("[role=log] details").evaluate_all("all => all.forEach((box) => { box.open = true; })")
