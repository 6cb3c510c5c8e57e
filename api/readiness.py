"""Which part of the service works, which does not, and what to do about it."""

import asyncio
import sqlite3

import httpx
from pydantic import BaseModel

from api.catalogue_door import CatalogueDoor
from api.storage import ChatStore
from index import CatalogueError
from settings import Settings

TIMEOUT_SECONDS = 2.0


class Part(BaseModel):
    """One part. state says what was seen, todo what to do when it is not up."""

    name: str
    up: bool
    state: str
    todo: str = ""


class Readiness:
    """Asks each part; transport as in RasaClient."""

    def __init__(
        self,
        settings: Settings,
        store: ChatStore,
        catalogue: CatalogueDoor,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._settings = settings
        self._store = store
        self._catalogue = catalogue
        self._http = httpx.AsyncClient(
            timeout=TIMEOUT_SECONDS, transport=transport, trust_env=False
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def parts(self) -> list[Part]:
        """Every part, asked at the same time."""
        return list(
            await asyncio.gather(
                asyncio.to_thread(self._gateway),
                self._rasa(),
                self._actions(),
                asyncio.to_thread(self._studies),
            )
        )

    def _gateway(self) -> Part:
        try:
            self._store.check()
        except sqlite3.Error as error:
            todo = "Look at the space and the rights of the folder in STUDY_FINDER_VAR."
            state = f"cannot keep conversations ({type(error).__name__})"
            return Part(name="gateway", up=False, state=state, todo=todo)
        chat = "" if self._settings.chat_enabled else "; chat is switched off"
        return Part(name="gateway", up=True, state=f"answers{chat}")

    async def _rasa(self) -> Part:
        url = self._settings.rasa_url
        status = await self._status(f"{url}/status")
        if status == httpx.codes.NOT_FOUND:
            # Rasa without --enable-api has no /status; its REST channel tells that it is there.
            status = await self._status(f"{url}/webhooks/rest/")
        if status == httpx.codes.OK:
            return Part(name="rasa", up=True, state="answers")
        if status == httpx.codes.CONFLICT:
            return Part(name="rasa", up=False, state="has no model", todo="Run `make train`.")
        todo = "Start it with `make run`, or look at its log."
        return Part(name="rasa", up=False, state=_seen(status), todo=todo)

    async def _actions(self) -> Part:
        status = await self._status(f"{self._settings.actions_url}/health")
        up = status == httpx.codes.OK
        todo = "" if up else "Start it with `make run` or `python -m actions`."
        return Part(name="actions", up=up, state=_seen(status), todo=todo)

    def _studies(self) -> Part:
        try:
            studies = self._catalogue.studies
            state = f"{studies.manifest.studies:,} studies. {studies.freshness()}"
            # An old list is still served: it is told, and no reason to call the service down.
            trouble = studies.sync_trouble()
        except CatalogueError as error:
            return Part(name="catalogue", up=False, state="cannot be opened", todo=str(error))
        if not trouble:
            return Part(name="catalogue", up=True, state=state)
        state += " The last sync did not bring everything."
        return Part(name="catalogue", up=True, state=state, todo=trouble)

    async def _status(self, url: str) -> int | None:
        try:
            return (await self._http.get(url)).status_code
        except httpx.HTTPError:
            return None


def _seen(status: int | None) -> str:
    if status is None:
        return "does not answer"
    return "answers" if status == httpx.codes.OK else f"answers with status {status}"
