"""Everything that the routes need, put together once."""

from dataclasses import dataclass

import httpx

from api.catalogue_door import CatalogueDoor
from api.clock import Clock
from api.conversation import Conversation
from api.danger import DangerCheck
from api.limits import Limits
from api.locks import Locks
from api.metrics import Metrics
from api.rasa import RasaClient
from api.readiness import Readiness
from api.retention import Retention
from api.storage import ChatStore, EditorsCopy, Trackers
from api.words import Words
from settings import Settings


@dataclass
class Parts:
    """The gateway's parts; `of` makes them from settings, tests may replace some."""

    settings: Settings
    store: ChatStore
    rasa: RasaClient
    conversation: Conversation
    retention: Retention
    catalogue: CatalogueDoor
    limits: Limits
    metrics: Metrics
    readiness: Readiness

    @classmethod
    def of(
        cls,
        settings: Settings,
        clock: Clock | None = None,
        catalogue: CatalogueDoor | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> "Parts":
        """Put the parts together. Raises OSError, sqlite3.Error or ValidationError for bad files.

        transport: how Rasa and the action server are reached; None means the network
        """
        clock = clock or Clock()
        store = ChatStore(settings.chat_database, settings.secret.get_secret_value())
        trackers = Trackers(settings.var / "rasa" / "tracker.sqlite")
        editors = EditorsCopy(
            settings.editors_copy,
            settings.secret.get_secret_value(),
            settings.editors_copy_days,
        )
        rasa = RasaClient(settings.rasa_url, settings.rasa_timeout_seconds, transport)
        locks, metrics = Locks(), Metrics()
        words = Words.load(settings.data, settings.editors_copy_days)
        catalogue = catalogue or CatalogueDoor.of(settings)
        return cls(
            settings=settings,
            store=store,
            rasa=rasa,
            conversation=Conversation(
                store=store,
                trackers=trackers,
                rasa=rasa,
                danger=DangerCheck.load(settings.data, settings.danger_model),
                editors=editors,
                words=words,
                metrics=metrics,
                clock=clock,
                locks=locks,
            ),
            retention=Retention(
                store, trackers, editors, locks, clock, settings.session_hours
            ),
            catalogue=catalogue,
            limits=Limits(
                settings.sessions_per_address_per_hour,
                settings.messages_per_session_per_minute,
                settings.requests_per_address_per_minute,
            ),
            metrics=metrics,
            readiness=Readiness(settings, store, catalogue, transport),
        )

    async def close(self) -> None:
        """Close connections and files."""
        await self.rasa.close()
        await self.readiness.close()
        self.store.close()
