"""No barrier in any state of the chat or the pages: axe, keyboard, small, large, still, named, said."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import has_no_violations
from tests.browser.talk import CARDS, more, open_everything, say, wait_until_quiet
from tests.other_site import OtherSite
from tests.running import Service

pytestmark = pytest.mark.browser
CALLS = "**/api/chat/messages"
LOOKS = {
    "in the page, 1280": ("#here", 1280, 900, {}),
    "corner, 1280, dark": ("", 1280, 900, {"color_scheme": "dark"}),
    "full screen, 320, larger text": ("", 320, 640, {}),
    "in the page, 320, forced colours": ("#here", 320, 640, {"forced_colors": "active"}),
}


@pytest.mark.parametrize("look", LOOKS)
def test_no_state_of_the_chat_has_a_violation(
    look: str, browser: Browser, service: Service, other_site: OtherSite
) -> None:
    into, width, height, media = LOOKS[look]
    context = browser.new_context(viewport={"width": width, "height": height}, **media)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{other_site.allowed}/?home={service.url}&into={into.replace('#', '%23')}")
    if not into:
        has_no_violations(page, "closed")
        page.get_by_role("button", name="Find a health study").click()
    expect(page.get_by_role("log")).to_contain_text("do not give names")
    if "larger" in look:
        more(page, "Larger text")
    has_no_violations(page, "open")

    page.get_by_role("button", name="Send").click()
    expect(page.locator("#fault")).to_be_visible()
    has_no_violations(page, "nothing typed")

    say(page, "asthma in Leeds")
    expect(page.locator(CARDS).first).to_be_visible()
    has_no_violations(page, "cards")
    say(page, "tell me about the first one")
    study = page.locator("[role=log] .assistant.study")
    expect(study).to_be_visible()
    has_no_violations(page, "one study")
    open_everything(page)
    has_no_violations(page, "one study, all of it open")
    study.get_by_role("button", name="Yes").click()
    expect(study).to_have_count(2)
    open_everything(page)
    has_no_violations(page, "an answer that may not fit")
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    say(page, "I want to die")
    expect(page.locator(".crisis")).to_be_visible()
    has_no_violations(page, "danger card")

    waiting: list[Route] = []
    page.route(CALLS, lambda route: waiting.append(route))  # noqa: PLW0108 (it counts parameters)
    say(page, "gout in Leeds")
    expect(page.locator(".typing")).to_be_visible()
    has_no_violations(page, "waiting")
    waiting[0].fulfill(status=500, json={"detail": "Sorry."})
    expect(page.locator(".failure")).to_be_visible()
    has_no_violations(page, "failed")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.unroute(CALLS)

    page.get_by_role("button", name="Forget this chat").click()
    expect(page.get_by_role("log")).to_contain_text("has been deleted")
    has_no_violations(page, "forgotten")
    context.close()


PAGES = {
    "first page": "/",
    "empty form": "/studies",
    "results": "/studies?condition=dementia&near=leeds",
    "nothing found": "/studies?condition=dementia&near=leeds&age=3&miles=1",
    "faults": "/studies?condition=gout&near=newport&age=old",
    "which place": "/studies?condition=gout&near=newport",
    "a study": "/studies/DEMO-0001",
    "a study from a place": "/studies/DEMO-0033?near=LS6",
    "a study from an unclear place": "/studies/DEMO-0033?near=newport",
    "no such study": "/studies/none",
    "readiness": "/health/ready",
}


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_has_a_violation_or_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for name, address in PAGES.items():
        page.goto(address)
        has_no_violations(page, f"{name} at {width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_at_400_percent_everything_can_be_reached(browser: Browser, service: Service) -> None:
    # 1280 by 900 at 400%: the page has 320 by 225 CSS pixels.
    context = browser.new_context(
        base_url=service.url, viewport={"width": 320, "height": 225}, device_scale_factor=4
    )
    page = context.new_page()
    page.goto("/")
    say(page, "asthma in Bristol")
    expect(page.locator(CARDS).first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for name in ("Send", "Start again", "Forget this chat"):
        page.get_by_role("button", name=name).scroll_into_view_if_needed()
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    context.close()


def test_text_spacing_cuts_nothing_off(page: Page) -> None:
    page.goto("/")
    say(page, "asthma in Bristol")
    expect(page.locator(CARDS).first).to_be_visible()
    # The values of WCAG 2.2, 1.4.12, put into the shadow root as a person's own style would be.
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
          word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
        const { shadowRoot } = document.querySelector('[data-study-finder]');
        shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet]; }"""
    )
    cut = page.locator(".panel button, .panel a, .panel h3, .panel dd").evaluate_all(
        "all => all.filter((e) => e.scrollWidth > e.clientWidth + 1"
        " && getComputedStyle(e).overflow === 'hidden').length"
    )
    assert cut == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_nothing_moves_for_those_who_asked_for_stillness(page: Page) -> None:
    for motion, animated in (("reduce", False), ("no-preference", True)):
        page.emulate_media(reduced_motion=motion)
        page.goto("/")
        name = page.locator(".typing").evaluate("box => getComputedStyle(box).animationName")
        assert (name != "none") is animated


def test_the_keyboard_alone_opens_asks_reads_and_leaves(
    browser: Browser, service: Service, other_site: OtherSite
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{other_site.allowed}/?home={service.url}")
    opener = page.get_by_role("button", name="Find a health study")
    opener.wait_for()
    while not opener.evaluate("button => button.getRootNode().activeElement === button"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your message")).to_be_focused()
    page.keyboard.type("asthma in Bristol")
    page.keyboard.press("Enter")
    expect(page.locator(CARDS).first).to_be_visible()
    # Focus stays where the person has it.
    expect(page.get_by_label("Your message")).to_be_focused()
    wait_until_quiet(page)
    reached = set()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        name = page.evaluate(
            "document.activeElement.shadowRoot?.activeElement?.textContent ?? 'outside'"
        )
        reached.add(name)
        if name == "outside":
            break
    else:
        pytest.fail(f"focus never left the chat: {reached}")
    assert "How to take part" in reached
    opener_was = page.get_by_role("region", name="Study Finder")
    page.get_by_label("Your message").focus()
    page.keyboard.press("Escape")
    expect(opener_was).to_be_hidden()
    expect(opener).to_be_focused()
    context.close()


def test_on_a_phone_focus_stays_in_the_chat_until_it_is_closed(
    browser: Browser, service: Service, other_site: OtherSite
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 700})
    page = context.new_page()
    page.goto(f"{other_site.allowed}/?home={service.url}")
    page.get_by_role("button", name="Find a health study").click()
    dialog = page.get_by_role("dialog", name="Study Finder")
    box = dialog.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (360, 700)
    expect(page.get_by_role("log")).to_contain_text("do not give names")
    for key in ["Tab"] * 15 + ["Shift+Tab"] * 15:
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.matches('[data-study-finder]')")
    page.get_by_role("button", name="Close the chat").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Find a health study")).to_be_focused()
    context.close()


def test_the_accessibility_tree_names_everything(page: Page) -> None:
    page.goto("/")
    say(page, "asthma in Bristol")
    expect(page.locator(CARDS).first).to_be_visible()
    tree = page.get_by_role("region", name="Study Finder").aria_snapshot()
    for line in (
        'heading "Study Finder" [level=2]',
        'log "Conversation"',
        "You said:",
        "Study Finder said:",
        'textbox "Your message"',
        'button "Send"',
        'group "Chat options"',
    ):
        assert line in tree, tree
    title = page.locator(f"{CARDS} h3").first.inner_text()
    assert f'heading "{title}" [level=3]' in tree
    assert f'link "How to take part: {title}"' in tree
    described = page.get_by_label("Your message")
    expect(described).to_have_accessible_description(re.compile("For example"))


def test_answers_waits_and_faults_are_announced_once(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("log")).to_contain_text("do not give names")
    page.evaluate(
        """() => { window.said = [];
        const { shadowRoot } = document.querySelector('[data-study-finder]');
        const heard = (all) => all.forEach((one) =>
          one.addedNodes.forEach((node) => window.said.push(node.textContent)));
        new MutationObserver(heard).observe(
          shadowRoot.querySelector('[role=status]'), { childList: true }); }"""
    )
    page.get_by_role("button", name="Send").click()
    page.route(CALLS, lambda route: route.fulfill(status=500, json={"detail": "Sorry, a fault."}))
    say(page, "asthma in Bristol")
    expect(page.locator(".failure")).to_be_visible()
    page.unroute(CALLS)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_label("Your message")).to_be_focused()
    expect(page.locator(CARDS).first).to_be_visible()
    said = page.evaluate("window.said")
    assert said[0].startswith("Type a health condition")
    assert any("did not get through" in each for each in said)
    answers = [each for each in said if "asthma" in each]
    assert len(answers) == 1
    # Read out, then gone: nobody meets it twice.
    expect(page.locator("[role=status] p")).to_have_count(0, timeout=10_000)
    assert page.get_by_role("log").get_attribute("aria-live") == "off"
