"""Why these studies: what was understood, and which words met."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.base import Event, SafeAction
from actions.heard import Heard
from actions.looking import last_person, last_query, look_or_ask
from actions.wanted import named
from actions.words import say
from actions.world import world


class WhyShown(SafeAction):
    """Reasons are found again with the query of the results on the screen."""

    label = "action_why_shown"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say the reasons of one study or of all shown."""
        query = last_query(tracker)
        if query is None:
            reply.text(dispatcher, say("nothing_shown"))
            return look_or_ask(dispatcher, tracker)
        cards = world().catalogue.search(query, last_person(tracker)).results
        if not cards:
            reply.text(dispatcher, say("nothing_shown"))
            return []
        ordinal = Heard.of(tracker).value("ordinal")
        if ordinal == "last":
            cards = cards[-1:]
        elif ordinal and ordinal.isdecimal() and 1 <= int(ordinal) <= len(cards):
            cards = [cards[int(ordinal) - 1]]
        lines = [f"- {card.title}. {' '.join(card.why)}" for card in cards]
        text = "\n\n".join(
            [say("why_shown", named=named(query)), "\n".join(lines), say("why_wrong")]
        )
        choices = [reply.choice("Look for something else", "start_again")]
        reply.text(dispatcher, text, choices)
        return []
