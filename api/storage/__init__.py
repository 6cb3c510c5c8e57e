"""What the gateway keeps on disk: sessions with their messages, and the removal of Rasa's rows."""

from api.storage.chat_store import ChatStore, Session, Turn
from api.storage.trackers import Trackers

__all__ = ["ChatStore", "Session", "Trackers", "Turn"]
