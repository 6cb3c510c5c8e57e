"""Links that leave the gateway: http and https, or a path of our own. Registries write anything."""

from urllib.parse import urlsplit

from index.queries import Links, StudyCard, StudyPage


def is_safe_link(url: str) -> bool:
    """Whether a browser may be given this link."""
    if any(ord(character) <= 32 for character in url) or "\\" in url:
        return False
    if url.startswith("/"):
        return not url.startswith("//")
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def safe_links(links: Links) -> Links:
    """Drop bad links; a bad way to take part becomes the study's own page."""
    page = links.page if links.page.startswith("/") and is_safe_link(links.page) else "/studies"
    take_part = links.take_part if is_safe_link(links.take_part) else page
    registries = [each for each in links.registries if is_safe_link(each.url)]
    return Links(take_part=take_part, registries=registries, page=page)


def safe_card(card: StudyCard) -> StudyCard:
    """Give the card with safe links only."""
    return card.model_copy(update={"links": safe_links(card.links)})


def safe_page(page: StudyPage) -> StudyPage:
    """Give the page with safe links only."""
    return page.model_copy(update={"links": safe_links(page.links)})
