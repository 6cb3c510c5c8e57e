"""The evaluation set: wide, well marked, and never part of the training data."""

import re

import yaml

from bot.report.voices import ROOT, messages

_MARK = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def folded(text):
    return re.sub(r"[^\w ]", "", text.casefold()).strip()


def test_it_is_wide():
    found = messages()
    assert len(found) >= 400
    assert len({message["intent"] for message in found}) >= 25


def test_every_marked_span_stands_in_its_message():
    for message in messages():
        for kind in ("condition", "place"):
            for span in message.get(kind) or []:
                assert span in message["text"], message


def test_no_message_of_it_is_in_the_training_data():
    trained = set()
    for file in (ROOT / "data" / "nlu").glob("*.yml"):
        for entry in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            for line in str(entry["examples"]).splitlines():
                trained.add(folded(_MARK.sub(r"\1", line[2:] if line.startswith("- ") else line)))
    # One or two words ("asthma", "yes please") are anybody's.
    long = [m["text"] for m in messages() if len(m["text"].split()) > 2]
    assert [text for text in long if folded(text) in trained] == []
