"""What a conversation file may say of an answer, each checked and told in words."""

from dataclasses import dataclass, field
from typing import Any

Messages = list[dict[str, Any]]
KEYS = {"kind", "says", "never_says", "studies", "study", "choices", "says_one_of"}
STUDY_KEYS = {
    *("at_least", "at_most", "match", "all_match", "condition", "within_miles", "new", "from_home"),
}
FAULTS = ("this is our fault", "that took too long")


@dataclass
class Seen:
    """What was shown so far in one conversation."""

    last: list[str] = field(default_factory=list)
    ever: set[str] = field(default_factory=set)

    def add(self, messages: Messages) -> None:
        """Remember the studies of an answer."""
        for message in messages:
            if message["kind"] == "studies" and message["search"]["results"]:
                self.last = [card["id"] for card in message["search"]["results"]]
                self.ever.update(self.last)


def wrong(expected: dict[str, Any], messages: Messages, seen: Seen) -> list[str]:
    """What is not as expected, one line each; empty when all is well."""
    found = [f"the file says {key!r}, which no check knows" for key in set(expected) - KEYS]
    words = all_words(messages)
    if not messages or not all(_has_content(message) for message in messages):
        found.append("a message is empty")
    if expected.get("kind") != "notice" and any(fault in words.lower() for fault in FAULTS):
        found.append("it apologises for a fault of ours")
    kinds = [message["kind"] for message in messages]
    if "kind" in expected and expected["kind"] not in kinds:
        found.append(f"no message of kind {expected['kind']}, only {kinds}")
    found += [f"it does not say {w!r}" for w in expected.get("says", []) if not _in(w, words)]
    some = expected.get("says_one_of", [])
    if some and not any(_in(word, words) for word in some):
        found.append(f"it says none of {some}")
    found += [f"it says {w!r}" for w in expected.get("never_says", []) if _in(w, words)]
    labels = [choice["label"] for message in messages for choice in message["choices"]]
    found += [
        f"no button begins with {want!r}, only {labels}"
        for want in expected.get("choices", [])
        if not any(label.lower().startswith(want.lower()) for label in labels)
    ]
    if "studies" in expected:
        found += _wrong_studies(expected["studies"], messages, seen)
    if "study" in expected:
        found += _wrong_study(expected["study"], messages, seen)
    return found


def all_words(messages: Messages) -> str:
    """Everything that a person could read of these messages, cards left out."""
    parts = [message["text"] for message in messages]
    parts += [message["study"]["title"] for message in messages if "study" in message]
    return "\n".join(parts)


def _in(word: str, words: str) -> bool:
    return str(word).lower() in words.lower()


def _has_content(message: dict[str, Any]) -> bool:
    return bool(message["text"].strip() or message.get("search") or message.get("study"))


def _wrong_studies(expected: dict[str, Any], messages: Messages, seen: Seen) -> list[str]:
    found = [f"studies: no check knows {key!r}" for key in set(expected) - STUDY_KEYS]
    cards = [c for m in messages if m["kind"] == "studies" for c in m["search"]["results"]]
    if len(cards) < expected.get("at_least", 0):
        found.append(f"{len(cards)} studies, not at least {expected['at_least']}")
    if len(cards) > expected.get("at_most", 100):
        found.append(f"{len(cards)} studies, not at most {expected['at_most']}")
    if cards and "match" in expected and cards[0]["match"] != expected["match"]:
        found.append(f"the first study is {cards[0]['match']}: {cards[0]['title']}")
    for card in cards:
        found += _wrong_card(expected, card, seen)
    return found


def _wrong_card(expected: dict[str, Any], card: dict[str, Any], seen: Seen) -> list[str]:
    found, name = [], f"{card['id']} ({card['title']})"
    if "all_match" in expected and card["match"] != expected["all_match"]:
        found.append(f"{name} is {card['match']}")
    if "condition" in expected and card["match"] == "about":
        text = " ".join([card["title"], card["summary"], *card["conditions"], *card["why"]])
        if not _in(expected["condition"], text):
            found.append(f"{name} does not carry {expected['condition']!r}")
    if "within_miles" in expected and not card["from_home"]:
        miles = (card["nearest_site"] or {}).get("miles")
        if miles is None or miles > expected["within_miles"]:
            found.append(f"{name} is {miles} miles away")
    if expected.get("new") and card["id"] in seen.ever:
        found.append(f"{name} was shown before")
    if expected.get("from_home") and not card["from_home"]:
        found.append(f"{name} is not done from home")
    parts = ("title", "summary", "who", "why")
    found += [f"{name} has no {part}" for part in parts if not card[part]]
    if not card["links"]["take_part"] or not card["links"]["page"].startswith("/studies/"):
        found.append(f"{name} has no way on: {card['links']}")
    return found


def _wrong_study(number: int, messages: Messages, seen: Seen) -> list[str]:
    shown = [message["study"]["id"] for message in messages if "study" in message]
    if len(seen.last) < number:
        return [f"the last list had only {len(seen.last)} studies"]
    wanted = seen.last[number - 1]
    return [] if wanted in shown else [f"study {wanted} is not shown, but {shown}"]
