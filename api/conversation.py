"""One message of a person, from its check for danger to the answer that is kept.

The order: danger first, then personal details out, then Rasa, then the checked reply is kept under
the message's id, so that the same id again gives the same answer.
"""

import asyncio
import logging
import sqlite3
from dataclasses import dataclass

from api.clock import Clock
from api.danger import Danger, DangerCheck
from api.locks import Locks
from api.messages_in import has_words
from api.metrics import Metrics
from api.privacy import deidentify
from api.problems import ProblemError
from api.rasa import RasaClient, RasaError, without_slash
from api.replies import hide_choices, read_replies
from api.shapes import Incoming, Message, Reply
from api.storage import ChatStore, EditorsCopy, Session, Trackers, Turn
from api.storage.chat_store import Json
from api.storage.editors_copy import Why
from api.words import Words

log = logging.getLogger(__name__)

NOT_UNDERSTOOD = "nlu_fallback"
"""Rasa's name for a message that fits no intent (FallbackClassifier)."""
UNKNOWN_SESSION = "This chat has ended. Start a new one."
UNKNOWN_CHOICE = "That choice is not one of this chat. Pick one from the latest message."


@dataclass(frozen=True)
class Said:
    """What a person said: `text` as it is kept, `payload` as Rasa gets it (None: not for Rasa)."""

    text: str
    payload: str | None
    danger: Danger | None


@dataclass
class Conversation:
    """Answers messages; all that it needs is handed in."""

    store: ChatStore
    trackers: Trackers
    rasa: RasaClient
    danger: DangerCheck
    editors: EditorsCopy
    words: Words
    metrics: Metrics
    clock: Clock
    locks: Locks

    async def open(self) -> tuple[str, Session, list[Message]]:
        """Give a new session: (token, session, first messages)."""
        token, session = await asyncio.to_thread(self.store.open_session, self.clock.seconds())
        messages, offers = hide_choices(self.words.welcome)
        kept = [message.model_dump(mode="json") for message in messages]
        await asyncio.to_thread(self.store.keep_opening, session, kept, offers)
        return token, session, messages

    async def answer(self, session: Session, incoming: Incoming) -> Json:
        """Give the messages for the person, never empty.

        Raises ProblemError 401 when the session has gone, 422 for a choice it was never given.
        A danger card is shown even when nothing can be kept; other sqlite3.Error is raised.
        """
        with self.metrics.timed("danger"):
            danger = self.danger.check(incoming.text) if incoming.text else None
        try:
            async with self.locks.of(session.id):
                return await self._answer_in_order(session, incoming, danger)
        except sqlite3.Error:
            if danger is None:
                raise
            log.exception("a danger card was shown that could not be kept")
            return self.cards(danger)

    async def _answer_in_order(
        self, session: Session, incoming: Incoming, danger: Danger | None
    ) -> Json:
        said = await self._said(session, incoming, danger)
        message_id = str(incoming.id)
        now = self.clock.seconds()
        turn = await asyncio.to_thread(
            self.store.begin, session, message_id, said.text, now, incoming.choice
        )
        if turn is None:
            raise ProblemError(401, UNKNOWN_SESSION)
        if turn.answer is not None:
            return turn.answer
        with self.metrics.timed("turn"):
            replies = await self._replies(session, turn, said)
        messages, offers = hide_choices(replies)
        kept = [message.model_dump(mode="json") for message in messages]
        await asyncio.to_thread(self.store.finish, session, message_id, kept, offers)
        self.metrics.turns.labels(messages[0].kind).inc()
        return kept

    async def history(self, session: Session) -> Json:
        """Everything said, oldest first, each with `from`; a person's with the `id` it was sent by.

        A person's message at the very end has no answer yet: it can be sent again with its id, and
        with its `choice` where it was one.
        """
        opening, turns = await asyncio.to_thread(self.store.history, session)
        told: Json = [{"from": "assistant"} | message for message in opening]
        for turn in turns:
            said = {"kind": "text", "text": turn.said, "choices": []}
            chosen = {"choice": turn.choice} if turn.choice else {}
            told.append({"from": "person", "id": turn.message_id} | chosen | said)
            told += [{"from": "assistant"} | message for message in turn.answer or []]
        return told

    def cards(self, danger: Danger) -> Json:
        """Give the danger cards alone."""
        replies = self._cards(danger)
        return [message.model_dump(mode="json") for message in hide_choices(replies)[0]]

    def _cards(self, danger: Danger) -> list[Reply]:
        for kind in danger.kinds:
            self.metrics.danger_cards.labels(kind).inc()
        return self.danger.cards(danger)

    async def _said(self, session: Session, incoming: Incoming, danger: Danger | None) -> Said:
        if incoming.choice is not None:
            found = await asyncio.to_thread(self.store.choice, session, incoming.choice)
            if found is None:
                raise ProblemError(422, UNKNOWN_CHOICE)
            return Said(text=found[0], payload=found[1], danger=None)
        text = deidentify(incoming.text or "")
        return Said(text=text, payload=without_slash(text) or None, danger=danger)

    async def _replies(self, session: Session, turn: Turn, said: Said) -> list[Reply]:
        if said.danger:
            return await self._cards_and_studies(session, turn, said, said.danger)
        if said.payload is None:
            return [self.words.nothing_after_slash]
        if not has_words(said.payload):
            return [self.words.only_signs]
        try:
            replies = await self._ask_rasa(session, turn, said.payload)
        except RasaError as error:
            self.metrics.apologies.labels(str(error)).inc()
            log.warning("an apology was given", extra={"why": str(error)})
            return [self.words.sorry_slow if str(error) == "slow" else self.words.sorry]
        if turn.choice is None:
            await self._keep_for_editors(session, said.text, replies)
        return replies

    async def _cards_and_studies(
        self, session: Session, turn: Turn, said: Said, danger: Danger
    ) -> list[Reply]:
        """The cards first; of Rasa's replies only studies follow, if the message asked for some."""
        cards = self._cards(danger)
        if not danger.asks_for_studies or not said.payload:
            return cards
        try:
            found = await self._ask_rasa(session, turn, said.payload)
        except RasaError:
            return cards
        return cards + [reply for reply in found if reply.kind == "studies"]

    async def _keep_for_editors(self, session: Session, said: str, replies: list[Reply]) -> None:
        """What nothing could be done with; never a message that brought a danger card."""
        try:
            why: Why = "nothing found"
            if await self._was_not_understood(session):
                self.metrics.fallbacks.inc()
                why = "not understood"
            elif not any(reply.search and not reply.search.total for reply in replies):
                return
            now = self.clock.seconds()
            await asyncio.to_thread(self.editors.keep, session.sender, said, why, now)
        except sqlite3.Error:
            # The answer is there: this is not worth losing it.
            log.warning("what was not understood could not be noted")

    async def _was_not_understood(self, session: Session) -> bool:
        intent = await asyncio.to_thread(self.trackers.newest_intent, session.sender)
        return intent == NOT_UNDERSTOOD

    async def _ask_rasa(self, session: Session, turn: Turn, message: str) -> list[Reply]:
        """Rasa's replies. One that it finished before a crash of ours is read, not asked again.

        Raises sqlite3.Error when it cannot be noted that Rasa is asked: asked all the same, it
        would hear the message twice when the person tries again.
        """
        replies = None
        if turn.tracker_mark is not None:
            raw = await asyncio.to_thread(
                self.trackers.reply_since, session.sender, turn.tracker_mark
            )
            # Heard and left without an answer is an apology: asked again, it would be heard twice.
            replies = None if raw is None else read_replies(raw)
        else:
            mark = await asyncio.to_thread(self.trackers.newest, session.sender)
            await asyncio.to_thread(self.store.mark_sent, session, turn.message_id, mark)
        if replies is None:
            with self.metrics.timed("rasa"):
                replies = read_replies(await self.rasa.say(session.sender, message))
        for reply in replies:
            if reply.search:
                self.metrics.searched("chat", reply.search.total)
        return replies
