"""The report on understanding: what it counts, what it says changed, and that no mistake is lost."""

from bot.report.changes import FORMAT, changes
from bot.report.page import page
from bot.report.voices import score

WANTED = [
    {"text": "asthma in the Rhondda", "intent": "find_study", "condition": ["asthma"], "place": ["Rhondda"]},
    {"text": "sing me <b>a song</b>", "intent": "out_of_scope"},
    {"text": "ta ra", "intent": "goodbye"},
]


def parsed(intent, *entities):
    return {
        "intent": {"name": intent},
        "entities": [{"entity": kind, "start": start, "end": end} for kind, start, end in entities],
    }


def report(*answers, made_at="now"):
    kept = {"format": FORMAT, "made_at": made_at, "model_made_at": "then", "cross_validation": None}
    return {**kept, **score(WANTED, answers), "changed": None}


RIGHT = report(
    parsed("find_study", ("condition", 0, 6), ("place", 10, 21)), parsed("out_of_scope"), parsed("goodbye")
)
WRONG = report(parsed("find_study", ("place", 0, 6)), parsed("faq/pay"), parsed("thank"), made_at="before")


def test_all_right_is_one():
    assert RIGHT["intent_accuracy"] == RIGHT["out_of_scope_recognised"] == 1
    assert {name: f["f1"] for name, f in RIGHT["entities"].items() if f["of"]} == dict.fromkeys(
        ["condition (all)", "condition (find_study)", "place (all)", "place (find_study)"], 1
    )
    assert RIGHT["wrong"] == RIGHT["entity_mistakes"] == []


def test_every_mistake_is_counted_and_kept_with_its_sentence():
    assert WRONG["intent_accuracy"] == 1 / 3
    assert WRONG["by_intent"]["goodbye"] == {"precision": 0, "recall": 0, "f1": 0, "of": 1}
    assert WRONG["by_intent"]["thank"] == {"precision": 0, "recall": 0, "f1": 0, "of": 0}
    assert WRONG["entities"]["place (all)"] == {"precision": 0, "recall": 0, "f1": 0, "of": 1}
    assert WRONG["wrong"] == [
        ["out_of_scope", "faq", "sing me <b>a song</b>"],
        ["goodbye", "thank", "ta ra"],
    ]
    assert ["condition", ["asthma"], [], "asthma in the Rhondda"] in WRONG["entity_mistakes"]
    assert ["place", ["rhondda"], ["asthma"], "asthma in the Rhondda"] in WRONG["entity_mistakes"]


def test_what_changed_goes_both_ways_and_needs_a_report_of_this_shape():
    better, worse = changes(RIGHT, WRONG), changes(WRONG, RIGHT)
    assert better["since"] == "before"
    assert better["now_right"] == worse["now_wrong"] == WRONG["wrong"]
    assert better["now_wrong"] == worse["now_right"] == []
    assert better["figures"]["intent_accuracy"] == [1 / 3, 1]
    assert changes(RIGHT, RIGHT)["figures"] == {}
    assert changes(RIGHT, None) is changes(RIGHT, {"intent_accuracy": 1}) is None


def test_the_page_holds_every_confusion_and_no_message_becomes_markup():
    html = page({**WRONG, "changed": changes(WRONG, RIGHT)}, {**RIGHT, "epochs": 1, "training_seconds": 2})
    assert "out_of_scope read as faq: 1" in html
    assert "sing me &lt;b&gt;a song&lt;/b&gt;" in html
    assert "<b>a song" not in html
    assert html.count("<svg") == 1
