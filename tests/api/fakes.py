"""Stand-ins: a catalogue of three studies, places, and a Rasa that does as it is told."""

import asyncio
import json
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import httpx

from index.models import Source, Status
from index.queries import (
    LeftOut,
    Links,
    NearestSite,
    Place,
    RegistryLink,
    Rule,
    SearchResult,
    Section,
    SitePage,
    StudyCard,
    StudyPage,
    StudyQuery,
    Understood,
    Wider,
)
from index.wording.judge import NOBODY, Person

LEEDS = Place(label="Leeds", lat=53.8, lon=-1.55)
NEWPORTS = [
    Place(label="Newport, Wales", lat=51.6, lon=-3.0),
    Place(label="Newport, Shropshire", lat=52.8, lon=-2.4),
]


def card(number: int = 1, **changed: Any) -> StudyCard:
    study_id = f"DEMO-{number:04}"
    page = f"/studies/{study_id}"
    values: dict[str, Any] = {
        "id": study_id,
        "title": "Dance classes and memory for people with dementia",
        "summary": "This study looks at whether a weekly dance class helps people with dementia.",
        "match": "about",
        "why": ["It is about dementia."],
        "conditions": ["dementia"],
        "status": Status.OPEN,
        "status_text": "Open. People can join now.",
        "who": "People aged 50 or over who have dementia.",
        "nearest_site": NearestSite(name="Town hall", town="Leeds", miles=1.2, open=True),
        "sites_open_in_range": 2,
        "from_home": False,
        "links": Links(
            take_part=f"{page}#take-part",
            registries=[RegistryLink(name="ISRCTN", url="https://www.isrctn.com/ISRCTN12345678")],
            page=page,
        ),
        "source": Source.DEMO,
    }
    return StudyCard(**(values | changed))


def page(number: int = 1, **changed: Any) -> StudyPage:
    values = card(number).model_dump() | {
        "sections": [
            Section(
                heading="Why this study is done",
                text="We want to know if dancing helps memory.",
                original="A randomised trial of dance in dementia.",
            )
        ],
        "sites": [
            SitePage(
                name="Town hall",
                town="Leeds",
                nation="England",
                status=Status.OPEN,
                miles=None,
                lat=53.8,
                lon=-1.5,
            ),
            SitePage(
                name="",
                town="York",
                nation="England",
                status=Status.CLOSED,
                miles=None,
                lat=None,
                lon=None,
            ),
        ],
        "eligibility": [
            Rule(kind="include", text="You are 50 or over.", original="Age >= 50"),
            Rule(kind="exclude", text="You cannot walk.", original="Unable to walk"),
        ],
        "burden": {"visits": "12 visits", "needles": "The record does not say."},
        "contacts": [{"name": "The dance team", "phone": "", "email": "dance@example.org"}],
    }
    return StudyPage(**(values | changed))


def result(query: StudyQuery | None = None, studies: list[StudyCard] | None = None) -> SearchResult:
    query = query or StudyQuery(condition="dementia", place=LEEDS, miles=30)
    found = [card(1), card(2), card(3)] if studies is None else studies
    shown = found[query.offset : query.offset + query.limit]
    return SearchResult(
        understood=Understood(condition=query.condition, place=query.place, miles=query.miles),
        total=len(found),
        results=shown,
        left_out=LeftOut(too_far=2, not_open=1),
        wider=[Wider(miles=60, adds=2)] if found else [],
    )


class FakeStudies:
    manifest = SimpleNamespace(name="fake", built_at="2026-11-01", studies=3)

    def __init__(self) -> None:
        self.asked: list[StudyQuery] = []
        self.measured_from: list[Place | None] = []
        self.judged_for: list[Person] = []

    def search(self, query: StudyQuery) -> SearchResult:
        self.asked.append(query)
        return result(query, [] if query.condition == "nothing" else None)

    def study(
        self, study_id: str, place: Place | None = None, person: Person = NOBODY
    ) -> StudyPage | None:
        self.measured_from.append(place)
        self.judged_for.append(person)
        return page() if study_id == "DEMO-0001" else None

    def freshness(self) -> str:
        return "Records were last updated on 1 November 2026."

    def sync_trouble(self) -> str:
        return ""


class FakePlaces:
    def find(self, text: str) -> Any:
        known = {
            "leeds": ("found", LEEDS, []),
            "ls6": ("found", LEEDS, []),
            "ls6 3ab": ("found", LEEDS, []),
            "newport": ("ambiguous", None, NEWPORTS),
            "paris": ("abroad", None, []),
        }
        kind, place, candidates = known.get(text.strip().lower(), ("unknown", None, []))
        return SimpleNamespace(kind=kind, place=place, candidates=candidates)


@dataclass
class FakeRasa(httpx.AsyncBaseTransport):
    """Answers as told by `replies`: a list of replies, a status, "down", "slow" or raw bytes."""

    replies: Any = None
    heard: list[dict[str, Any]] = field(default_factory=list)
    headers: list[httpx.Headers] = field(default_factory=list)
    seconds: float = 0.0
    status_code: int = 200
    actions_code: int = 200

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/status":
            if self.replies == "down":
                raise httpx.ConnectError("refused")
            return httpx.Response(self.status_code)
        if request.url.path == "/health":
            return httpx.Response(self.actions_code)
        self.heard.append(json.loads(request.content))
        self.headers.append(request.headers)
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if self.replies == "down":
            raise httpx.ConnectError("refused")
        if self.replies == "slow":
            raise httpx.ReadTimeout("slow")
        if isinstance(self.replies, int):
            return httpx.Response(self.replies)
        if isinstance(self.replies, bytes):
            return httpx.Response(200, content=self.replies)
        if self.replies is not None:
            return httpx.Response(200, json=self.replies)
        said = self.heard[-1]["message"]
        return httpx.Response(200, json=[{"text": f"You wrote: {said}"}])


def studies_reply() -> dict[str, Any]:
    return {
        "custom": {
            "kind": "studies",
            "text": "I found 3 studies about dementia near Leeds.",
            "choices": [
                {"label": "Tell me about the first", "payload": '/study_details{"ordinal": "1"}'}
            ],
            "search": result().model_dump(mode="json"),
        }
    }
