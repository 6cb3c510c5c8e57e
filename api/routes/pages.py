"""Pages that work without JavaScript: the first page, the search, a study. Errors are pages too."""

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import AddressDep, PartsDep
from api.left_out import address_of, left_out
from api.near import find_near, short_place, study_address
from api.person import as_query, in_words, person_of, read_said
from api.problems import ProblemError
from api.safe_links import safe_card, safe_page
from api.search_form import Search
from api.templating import render
from index.places.postcodes import read_postcode
from index.queries import SearchResult

router = APIRouter(include_in_schema=False)

FIELD_FAULTS = {
    "condition": "Use a shorter text for the condition",
    "near": "Use a shorter text for the place",
    "miles": "Miles must be a number from 1 to 1,000",
    "age": "Age must be a number from 0 to 120",
}


@router.get("/")
def first_page(request: Request, parts: PartsDep) -> HTMLResponse:
    """Tell what this is, and the chat."""
    return render(request, "home.html", {"privacy": parts.conversation.words.privacy})


@router.get("/studies")
def search_page(request: Request, parts: PartsDep, address: AddressDep) -> HTMLResponse:
    """Give the search form, with results once something was asked."""
    allowance = parts.limits.requests.take(address)
    if not allowance.allowed:
        page = trouble(request, 429, f"Wait {allowance.retry_after} seconds and try again.")
        page.headers.update(allowance.headers)
        return page
    asked = dict(request.query_params)
    if not asked:
        return _search(request, Search(), asked)
    try:
        search = Search.model_validate(asked)
    except ValidationError as error:
        faults = {
            name: FIELD_FAULTS[name]
            for fault in error.errors()
            if (name := str(fault["loc"][0])) in FIELD_FAULTS
        }
        return _search(request, Search(), asked, faults=faults, status=422)
    try:
        studies = parts.catalogue.or_problem()
        with parts.metrics.timed("search"):
            found = studies.search(search.query(parts.catalogue.places, parts.settings))
    except ProblemError as error:
        if error.status != 422:
            return trouble(request, error.status, error.detail)
        names = error.extra.get("candidates")
        near = (
            {name: address_of(asked, near=name) for name in names if isinstance(name, str)}
            if isinstance(names, list)
            else {}
        )
        detail = error.detail.split(" Did you mean")[0]
        return _search(request, search, asked, faults={"near": detail}, near=near, status=422)
    parts.metrics.searched("page", found.total)
    found = found.model_copy(update={"results": [safe_card(card) for card in found.results]})
    return _search(request, search, asked, found)


@router.get("/studies/{study_id}")
def study_page(
    request: Request, study_id: str, parts: PartsDep, address: AddressDep, near: str = ""
) -> Response:
    """Give a study, ready to print; with a place, its sites by distance from there.

    Age, sex and healthy, as the search form has them, judge its rules.
    """
    if not parts.limits.requests.take(address).allowed:
        return trouble(request, 429, "Wait a minute and try again.")
    place, fault, said = None, "", read_said(request.query_params)
    try:
        studies = parts.catalogue.or_problem()
        try:
            place = find_near(near, parts.catalogue.places)
        except ProblemError as error:
            fault = error.detail
        study = studies.study(study_id, place, person_of(said))
    except ProblemError as error:
        return trouble(request, error.status, error.detail)
    if study is None:
        return trouble(request, 404, "There is no study with this number in our list.")
    short = short_place(near, place)
    if (postcode := read_postcode(near)) and postcode.inward:
        # A whole postcode stays in no address.
        address = study_address(f"/studies/{study.id}", postcode.outward, as_query(said))
        return RedirectResponse(address, 303)
    values = {
        "study": safe_page(study),
        "near": short,
        "asked_near": short or near.strip(),
        "near_fault": fault,
        "said": as_query(said),
        "said_in_words": in_words(said),
        "unsaid_address": study_address(f"/studies/{study.id}", short, {}),
    }
    return render(request, "study.html", values)


def trouble(request: Request, status: int, detail: str) -> HTMLResponse:
    """Give a page for an error."""
    titles = {404: "Study not found", 429: "That was a lot at once"}
    title = titles.get(status, "Sorry, there is a problem")
    return render(request, "trouble.html", {"title": title, "detail": detail}, status)


def _search(  # noqa: PLR0913, PLR0917 (one template, many states)
    request: Request,
    search: Search,
    asked: dict[str, str],
    found: SearchResult | None = None,
    faults: dict[str, str] | None = None,
    near: dict[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    values = {
        "asked": {name: asked.get(name, "") for name in ("condition", "near", "miles", "age")},
        "search": search,
        "found": found,
        "faults": faults or {},
        "near": near or {},
        "address_of_study": _study_addresses(search, found) if found else {},
        "pages": _paging(search, asked, found.total) if found else {},
        "left_out": left_out(found, asked) if found else [],
        "wider": {
            step.miles: (step.adds, _further(found, step.miles), address_of(asked, miles=str(step.miles)))
            for step in (found.wider if found else [])
            if step.adds
        },
    }
    return render(request, "studies.html", values, status)


def _study_addresses(search: Search, found: SearchResult) -> dict[str, str]:
    """The page of each study that was found, with the place it was found from and what was said."""
    near, said = short_place(search.near, found.understood.place), as_query(search)
    return {card.id: study_address(card.links.page, near, said) for card in found.results}


def _further(found: SearchResult | None, miles: int) -> int:
    """How many miles further than this search a wider one looks; 0 when that is not known."""
    here = found.understood.miles if found else None
    return round(miles - here) if here else 0


def _paging(search: Search, asked: dict[str, str], total: int) -> dict[str, str]:
    pages = {}
    if search.offset > 0:
        pages["Previous studies"] = address_of(
            asked, offset=str(max(0, search.offset - search.limit))
        )
    if search.offset + search.limit < total:
        pages["More studies"] = address_of(asked, offset=str(search.offset + search.limit))
    return pages

