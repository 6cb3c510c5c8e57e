"""The form's questions say what was wrong, and do not ask the same way for ever."""

from tests.actions.trackers import Talk, labels


def test_the_first_question_is_open(talk: Talk) -> None:
    [message] = talk.run("action_ask_condition")
    assert "Which health condition" in message["text"]


def test_what_was_not_found_is_said_and_then_other_ways_are_offered(talk: Talk) -> None:
    talk.slots["condition_trouble"] = {"kind": "unknown"}
    [first] = talk.run("action_ask_condition")
    [second] = talk.run("action_ask_condition")
    assert "I did not find a health condition in that" in first["text"]
    assert "/studies" in second["text"]
    assert "Start again" in labels(second)


def test_namesakes_are_choices(talk: Talk) -> None:
    places = ["Newport, Wales", "Newport (near Telford)"]
    talk.slots["place_trouble"] = {"kind": "ambiguous", "said": "Newport", "labels": places}
    [message] = talk.run("action_ask_place")
    assert labels(message)[:2] == places
    assert message["choices"][0]["payload"] == '/find_study{"place": "Newport, Wales"}'


def test_abroad_is_said(talk: Talk) -> None:
    talk.slots["place_trouble"] = {"kind": "abroad", "said": "Dublin", "labels": []}
    [message] = talk.run("action_ask_place")
    assert "UK only" in message["text"]


def test_words_of_a_person_in_braces_are_only_shown(talk: Talk) -> None:
    talk.slots["place_trouble"] = {"kind": "unknown", "said": "{place} {0}", "labels": []}
    [message] = talk.run("action_ask_place")
    assert "{place} {0}" in message["text"]
