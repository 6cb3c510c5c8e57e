"""Results and the ways on from them: more, before, nearer, wider, changed."""

from actions.which_study import shown_pages
from tests.actions.trackers import Talk, labels


def test_results_say_what_was_understood(talk: Talk) -> None:
    text = "my mum is 72"
    talk.hear(text, "find_study", age="72", sex="mum=female").fill(age="72", sex="female")
    [message] = talk.search("dementia", "Leeds")
    assert message["kind"] == "studies"
    assert "dementia" in message["text"]
    assert "Leeds, for a woman of 72" in message["text"]
    assert "demonstration" in message["text"]
    assert 1 <= len(message["search"]["results"]) <= 3


def test_more_and_back(talk: Talk) -> None:
    [first] = talk.search("dementia", "Leeds")
    assert "Show more" in labels(first)
    [second] = talk.hear("any more?", "more_results").run("action_more_results")
    ids = [[card["id"] for card in message["search"]["results"]] for message in (first, second)]
    assert not set(ids[0]) & set(ids[1])
    [back] = talk.hear("go back", "previous_results").run("action_previous_results")
    assert [card["id"] for card in back["search"]["results"]] == ids[0]


def test_the_end_is_said(talk: Talk) -> None:
    talk.search("dementia", "Leeds")
    for _ in range(40):
        [message] = talk.hear("more", "more_results").run("action_more_results")
        if message["kind"] == "text":
            break
    assert "no more" in message["text"]


def test_one_thing_changes_and_the_rest_stays(talk: Talk) -> None:
    talk.hear("she's 72", "find_study", age="72").fill(age="72")
    talk.search("asthma", "Leeds")
    talk.hear("what about Manchester", "find_study", place="Manchester").fill(place="Manchester")
    [message] = talk.run("action_find_studies")
    understood = message["search"]["understood"]
    assert understood["condition"] == "asthma"
    assert understood["place"]["label"] == "Manchester"
    assert understood["age"] == 72


def test_nearer_halves_the_radius(talk: Talk) -> None:
    [first] = talk.search("dementia", "Leeds")
    messages = talk.hear("anything nearer", "closer_results").run("action_closer_results")
    assert (
        messages[-1]["search"]["understood"]["miles"] == first["search"]["understood"]["miles"] / 2
    )


def test_wider_takes_the_next_radius_that_adds(talk: Talk) -> None:
    [first] = talk.search("asthma", "Truro")
    wider = first["search"]["wider"]
    [message] = talk.hear("further away", "wider_search").run("action_wider_search")
    assert message["search"]["understood"]["miles"] == wider[0]["miles"]
    assert message["search"]["total"] == first["search"]["total"] + wider[0]["adds"]


def test_nothing_about_the_condition_is_said_first(talk: Talk) -> None:
    [message] = talk.search("hiccups", "Leeds")
    results = message["search"]["results"]
    assert all(card["match"] == "related" for card in results)
    assert "no open study that is about hiccups" in message["text"] or not results


def test_an_abbreviation_with_two_meanings_is_asked_once(talk: Talk) -> None:
    [question] = talk.search("MS", "Leeds")
    assert question["kind"] == "text"
    assert "narrowed mitral valve" in labels(question)
    [message] = talk.hear("MS", "find_study", condition="MS").fill(condition="MS").run(
        "action_find_studies"
    ) or [{}]
    assert message["kind"] == "studies"


def test_a_county_is_searched_to_its_edge(talk: Talk) -> None:
    [message] = talk.search("asthma", "Scotland")
    assert message["search"]["understood"]["miles"] > 30


def test_anywhere_has_no_radius(talk: Talk) -> None:
    talk.search("asthma", "Leeds")
    [message] = talk.hear("I'd go anywhere", "no_preference").run("action_no_preference")
    assert message["search"]["understood"]["miles"] is None


def test_more_without_a_search_begins_one(talk: Talk) -> None:
    assert talk.hear("more", "more_results").run("action_more_results") == []
    assert talk.followup == "study_form"


def test_what_was_understood_is_said_when_nothing_fits_too(talk: Talk) -> None:
    talk.hear("she's 68", "find_study", age="68", sex="she=female").fill(age="68", sex="female")
    [message] = talk.search("hiccups", "Leeds")
    assert "about hiccups within 30 miles of Leeds, for a woman of 68" in message["text"]


def test_what_was_left_out_is_said_and_can_be_brought_back(talk: Talk) -> None:
    [first] = talk.search("dementia", "Leeds")
    left = first["search"]["left_out"]
    assert left["not_open"]
    assert f"I left out: {left['not_open']} not open now" in first["text"]
    label = f"Add studies that are not open ({left['not_open']})"
    talk.choose(first["choices"][labels(first).index(label)]["payload"]).fill(recruiting="any")
    [second] = talk.run("action_find_studies")
    assert second["search"]["total"] > first["search"]["total"]
    assert "Only open studies" in labels(second)


def test_those_not_for_healthy_people_are_counted_and_can_be_brought_back(talk: Talk) -> None:
    talk.search("asthma", "Leeds")
    [first] = talk.fill(volunteer="healthy").run("action_find_studies")
    left = first["search"]["left_out"]["healthy"]
    assert f"{left} not for healthy people" in first["text"]
    label = f"Add studies that are not for healthy people ({left})"
    [second] = (
        talk.choose(first["choices"][labels(first).index(label)]["payload"])
        .fill(volunteer="any")
        .run("action_find_studies")
    )
    assert second["search"]["total"] > first["search"]["total"]
    assert not second["search"]["left_out"]["healthy"]


def test_miles_further_are_counted_from_here(talk: Talk) -> None:
    [message] = talk.search("asthma", "Truro")
    search = message["search"]
    if search["wider"] and search["results"] and search["results"][0]["match"] == "about":
        further = search["wider"][0]["miles"] - search["understood"]["miles"]
        assert any(label.startswith(f"{further:g} miles further: ") for label in labels(message))


def test_two_studies_are_told_apart_by_their_words(talk: Talk) -> None:
    talk.search("dementia", "Leeds")
    titles = [page.title for page in shown_pages(talk.tracker())]
    words = [next(word for word in title.split() if len(word) > 6) for title in titles[:2]]
    talk.hear(f"compare the {words[1]} one and the {words[0]} one", "compare_studies")
    [message] = talk.run("action_compare_studies")
    assert titles[0] in message["text"]
    assert titles[1] in message["text"]
