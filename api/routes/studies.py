"""Studies as JSON."""

from typing import Any

from fastapi import APIRouter

from api.deps import Limited, PartsDep
from api.near import find_near
from api.problems import ProblemError
from api.safe_links import safe_card, safe_page
from api.search_form import SearchDep
from api.shapes import ProblemShape
from index.queries import SearchResult, StudyPage

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemShape, "content": {"application/problem+json": {}}}
    for status in (404, 422, 429, 503)
}
router = APIRouter(prefix="/api/studies", dependencies=[Limited], responses=PROBLEMS)


@router.get("")
def search(parts: PartsDep, asked: SearchDep) -> SearchResult:
    """Studies that match."""
    studies = parts.catalogue.or_problem()
    with parts.metrics.timed("search"):
        found = studies.search(asked.query(parts.catalogue.places, parts.settings))
    parts.metrics.searched("json", found.total)
    return found.model_copy(update={"results": [safe_card(card) for card in found.results]})


@router.get("/{study_id}")
def study(study_id: str, parts: PartsDep, near: str = "") -> StudyPage:
    """One study; with a place, its sites by distance from there."""
    studies = parts.catalogue.or_problem()
    found = studies.study(study_id, find_near(near, parts.catalogue.places))
    if found is None:
        raise ProblemError(404, "There is no study with this number in our list.")
    return safe_page(found)
