"""Answers about one study: which is meant, and what is said of it."""

from typing import Any

import pytest

from actions.wanted import ANYWHERE
from tests.actions.trackers import Talk, labels


@pytest.fixture
def shown(talk: Talk) -> Talk:
    talk.search("dementia", "Leeds")
    return talk


def test_the_second_one(shown: Talk) -> None:
    shown.hear("tell me about the second one", "study_details", ordinal="second=2")
    [message] = shown.run("action_study_details")
    assert message["kind"] == "study"
    assert message["study"]["id"] == shown.slots["shown"][1]
    assert shown.slots["current_study"] == shown.slots["shown"][1]


def test_it_is_the_one_spoken_of(shown: Talk) -> None:
    shown.hear("the last one", "study_details", ordinal="last").run("action_study_details")
    [message] = shown.hear("how do I join it", "how_to_join").run("action_how_to_join")
    assert message["study"]["id"] == shown.slots["shown"][-1]


def test_unclear_is_asked_with_the_shown_ones(shown: Talk) -> None:
    [message] = shown.hear("who can take part", "who_can_join").run("action_who_can_join")
    assert message["kind"] == "text"
    assert len(message["choices"]) == len(shown.slots["shown"])
    [answer] = shown.choose(message["choices"][0]["payload"]).run("action_who_can_join")
    assert answer["study"]["id"] == shown.slots["shown"][0]
    assert "the study team decides" in answer["text"]


def test_a_number_past_the_end_is_said(shown: Talk) -> None:
    shown.hear("number 9", "study_details", ordinal="9")
    [message] = shown.run("action_study_details")
    assert "I have shown you" in message["text"]


def test_by_words_of_the_title(shown: Talk) -> None:
    [card, *_] = shown.run("action_find_studies")[0]["search"]["results"]
    shown.slots["current_study"] = None
    text = f"more about {card['title'].lower()}"
    [message] = shown.hear(text, "study_details").run("action_study_details")
    assert message["study"]["id"] == card["id"]


def test_what_is_involved_is_in_the_records_words(shown: Talk) -> None:
    shown.hear("what happens in the first", "what_is_involved", ordinal="first=1")
    [message] = shown.run("action_what_is_involved")
    assert message["study"]["burden"]["involves"][:60] in message["text"]


def test_a_demonstration_cannot_be_joined(shown: Talk) -> None:
    shown.hear("sign me up for the first", "how_to_join", ordinal="first=1")
    [message] = shown.run("action_how_to_join")
    assert "made-up demonstration" in message["text"]


def test_nothing_shown_yet_begins_a_search(talk: Talk) -> None:
    [message] = talk.hear("the second", "study_details", ordinal="second=2").run(
        "action_study_details"
    )
    assert "not shown you any" in message["text"]
    assert talk.followup == "study_form"


def test_two_are_compared(shown: Talk) -> None:
    shown.hear("compare the first and the third", "compare_studies", ordinal="first=1")
    [message] = shown.run("action_compare_studies")
    assert [c["payload"] for c in message["choices"]] == [
        f'/study_details{{"study": "{shown.slots["shown"][at]}"}}' for at in (0, 2)
    ]


def test_which_two_is_asked(shown: Talk) -> None:
    [message] = shown.hear("compare them", "compare_studies").run("action_compare_studies")
    assert "Number 1 and number 2" in labels(message)
    [answer] = shown.choose(message["choices"][0]["payload"]).run("action_compare_studies")
    assert len(answer["choices"]) == 2


def test_why_these(shown: Talk) -> None:
    [message] = shown.hear("why these", "why_shown").run("action_why_shown")
    assert "dementia" in message["text"]


def test_rules_are_asked_about_and_may_be_skipped(talk: Talk) -> None:
    talk.search("asthma", "Leeds")
    for study in talk.slots["shown"]:
        [message] = talk.choose(f'/who_can_join{{"study": "{study}"}}').run("action_who_can_join")
        if "Skip this question" in labels(message):
            break
    else:
        pytest.fail("no study shown has a rule that a question settles")
    assert "Question 1, and you can skip it" in message["text"]
    skip = message["choices"][labels(message).index("Skip this question")]["payload"]
    [after] = talk.choose(skip).run("action_who_can_join")
    [(topic, answer)] = talk.slots["answers"].items()
    assert answer is None
    assert message["study"]["questions"][0]["topic"] == topic
    asked = message["study"]["questions"][0]["text"]
    assert asked not in after["text"]
    assert "the study team decides" in after["text"].lower()


def test_an_answer_moves_a_study_down_and_hides_none(talk: Talk) -> None:
    [first] = talk.search("asthma", "Leeds")
    talk.slots["answers"] = {"smoker": True, "pregnant": True, "other_study": True, "english": False}
    [second] = talk.run("action_find_studies")
    before, after = (
        [card["id"] for card in message["search"]["results"]] for message in (first, second)
    )
    assert sorted(before) == sorted(after)
    # Among its like: one about the condition stays before those that are only related.
    order = [
        (c["match"] != "about", "May not fit you." in " ".join(c["why"]))
        for c in second["search"]["results"]
    ]
    assert order == sorted(order)


def test_an_opened_study_brings_its_first_question_with_answers_that_name_its_topic(
    talk: Talk,
) -> None:
    talk.search("asthma", "Leeds")
    for study in talk.slots["shown"]:
        [message] = talk.choose(f'/study_details{{"study": "{study}"}}').run("action_study_details")
        if message["study"]["questions"]:
            break
    else:
        pytest.fail("no study shown has a rule that a question settles")
    asked = message["study"]["questions"][0]
    assert message["part"] == "whole"
    assert message["text"].split("\n\n")[-1].endswith(asked["text"])
    answers = [choice["label"] for choice in message["choices"] if choice.get("topic") == asked["topic"]]
    assert answers == ["Yes", "No", "Skip this question"]
    assert all(choice.get("topic") in (None, asked["topic"]) for choice in message["choices"])


def test_an_answer_moves_a_study_within_the_whole_result_and_pages_miss_and_repeat_none(
    talk: Talk,
) -> None:
    def everything() -> list[dict[str, Any]]:
        found, message = [], talk.choose("/find_study").run("action_find_studies")[-1]
        while "search" in message:
            found += message["search"]["results"]
            message = talk.choose("/more_results").run("action_more_results")[-1]
        return found

    talk.search("cancer", "Leeds")
    talk.slots |= {"place": dict(ANYWHERE), "answers": {}}
    before = everything()
    assert len(before) > 6, "too few studies for more than 2 pages"
    talk.slots["answers"] = {"pregnant": True, "smoker": True}
    after = everything()
    assert sorted(card["id"] for card in before) == sorted(card["id"] for card in after)
    order = [
        (card["match"] != "about", "May not fit you." in " ".join(card["why"])) for card in after
    ]
    assert order == sorted(order)
    about = [doubtful for related, doubtful in order if not related]
    assert True in about[3:], "no study moved off the first page: the test shows nothing"
    moved = next(card["id"] for card in after if "May not fit you." in " ".join(card["why"]))
    assert [card["id"] for card in before].index(moved) < [card["id"] for card in after].index(moved)


def test_an_answer_given_between_two_pages_changes_the_order_of_the_next_search_only(
    talk: Talk,
) -> None:
    [first] = talk.search("asthma", "Leeds")
    talk.slots["answers"] = {"pregnant": True, "smoker": True, "other_study": True}
    [second] = talk.choose("/more_results").run("action_more_results")
    ids = [{card["id"] for card in message["search"]["results"]} for message in (first, second)]
    assert not ids[0] & ids[1]
    [again] = talk.choose("/previous_results").run("action_previous_results")
    assert [card["id"] for card in again["search"]["results"]] == [
        card["id"] for card in first["search"]["results"]
    ]


def test_what_stands_against_it_is_said_in_full_with_the_way_back_to_the_list(talk: Talk) -> None:
    talk.search("asthma", "Leeds")
    for study in talk.slots["shown"]:
        [message] = talk.choose(f'/who_can_join{{"study": "{study}"}}').run("action_who_can_join")
        if message["study"]["questions"] and message["study"]["questions"][0]["topic"] == "pregnant":
            break
    else:
        pytest.fail("no study shown asks about pregnancy")
    yes = message["choices"][labels(message).index("Yes")]["payload"]
    [after] = talk.choose(yes).run("action_who_can_join")
    assert "You cannot take part if: " in after["text"]
    assert "further down in your list" in after["text"]
    assert "It is not taken out" in after["text"]
    assert "Show my list again" in labels(after)


def test_what_it_takes_is_said_and_what_the_record_does_not_say(shown: Talk) -> None:
    shown.hear("what happens in the first", "what_is_involved", ordinal="first=1")
    [message] = shown.run("action_what_is_involved")
    assert "The record does not say anything about:" in message["text"]
