"""A message with its conditions and places put as plain stand-ins.

To a classifier "my mum has Charcot-Marie-Tooth in Penzance" is the same request as "my mum has asthma
in Leeds"; the stand-ins let it see so.
"""

from typing import Text

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

FOUND = "found_entities"
"""Where the extractor leaves what it found in a training example, beside the editor's marks."""
STAND_IN = {"condition": "asthma", "place": "Leeds", "postcode": "Leeds"}


def mask(message: Message) -> Text:
    """The message's text with stand-ins."""
    text = message.get(TEXT)
    entities = [
        e for e in message.get(FOUND) or message.get(ENTITIES) or [] if e["entity"] in STAND_IN
    ]
    for entity in sorted(entities, key=lambda e: e["start"], reverse=True):
        text = text[: entity["start"]] + STAND_IN[entity["entity"]] + text[entity["end"] :]
    return text
