"""ClinicalTrials.gov's pages: read one after the other to the last, each checked as a whole."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.sync.http import FeedError, Fetcher, TooLargeError

STUDIES = "/api/v2/studies"
PAGE_SIZE = 1000
SMALLEST_PAGE = 10
PAGE_TRIES = 3
MOST_PAGES = 10_000
MOST_EMPTY_PAGES = 50
"""In a row: an empty page may come before more, but not without end."""
Json = dict[str, Any]


class ListingError(FeedError):
    """A listing that cannot be gone on with, and must be begun anew."""


@dataclass(frozen=True)
class Page:
    """records as they came; token of the next page, "" after the last; total on a first page."""

    records: list[Any]
    token: str
    total: int | None


def read_pages(fetcher: Fetcher, asked: Json, token: str) -> Iterator[Page]:
    """Every page from a token on; only a missing token is the end, an empty page is not."""
    seen = {token}
    size = PAGE_SIZE
    empty = 0
    for _ in range(MOST_PAGES):
        params = asked | {"pageSize": size}
        params |= {"pageToken": token} if token else {"countTotal": "true"}
        try:
            page = read_page(fetcher, params)
        except TooLargeError:
            if size <= SMALLEST_PAGE:
                raise
            size = max(SMALLEST_PAGE, size // 4)
            continue
        if page.token and page.token in seen:
            raise ListingError(f"{fetcher.registry} gave the same page token twice: the listing has no end.")
        empty = 0 if page.records else empty + 1
        if empty > MOST_EMPTY_PAGES:
            raise ListingError(f"{fetcher.registry} gave {empty} empty pages in a row.")
        seen.add(page.token)
        yield page
        if not page.token:
            return
        token = page.token
    raise ListingError(f"{fetcher.registry} gave more than {MOST_PAGES:,} pages: that cannot be right.")


def read_page(fetcher: Fetcher, params: Json) -> Page:
    """One page; a damaged one is asked for again before it counts as failed."""
    trouble = ""
    for _ in range(PAGE_TRIES):
        body = fetcher.get(STUDIES, {"format": "json"} | params)
        try:
            return _checked(body, int(params["pageSize"]))
        except ValueError as error:
            trouble = str(error)
    raise FeedError(
        f"{fetcher.registry} sent a damaged page {PAGE_TRIES} times ({trouble}). The list in use stays."
    )


def read_json(body: bytes) -> Any:
    """JSON of any depth that Python reads; raises ValueError, never RecursionError."""
    try:
        return json.loads(body)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _checked(body: bytes, size: int) -> Page:
    """Raises ValueError naming what is wrong with the page as a whole."""
    content = read_json(body)
    if not isinstance(content, dict) or not isinstance(content.get("studies"), list):
        raise ValueError("it has no list named studies")
    records, token, total = content["studies"], content.get("nextPageToken"), content.get("totalCount")
    if len(records) > size:
        raise ValueError(f"{len(records)} records where {size} were asked for")
    if token is not None and not isinstance(token, str):
        raise ValueError("nextPageToken is no text")
    if total is not None and (not isinstance(total, int) or total < 0):
        raise ValueError("totalCount is no number")
    ids = [found for record in records if (found := _id_of(record))]
    if len(set(ids)) < len(ids):
        raise ValueError("the same study stands on it twice")
    return Page(records, token or "", total)


def _id_of(record: Any) -> str:
    try:
        return str(record["protocolSection"]["identificationModule"]["nctId"])
    except (KeyError, TypeError):
        return ""
