"""What the gateway keeps on disk: sessions with their messages, and what editors may read of them.

The removal of Rasa's rows too.
"""

from api.storage.chat_store import ChatStore, Session, Turn
from api.storage.editors_copy import EditorsCopy
from api.storage.trackers import Trackers

__all__ = ["ChatStore", "EditorsCopy", "Session", "Trackers", "Turn"]
