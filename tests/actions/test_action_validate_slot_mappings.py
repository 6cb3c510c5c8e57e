"""Words to values: conditions, places and limits, in and outside the form."""

import pytest

from actions.wanted import Wanted
from tests.actions.trackers import Talk


def name(talk: Talk, text: str, **ids: str) -> Talk:
    """Hear a message that names conditions, words -> id, several ids with a slash between them."""
    talk.hear(text, "find_study")
    for said, concepts in ids.items():
        words = said.replace("_", " ")
        start = text.index(words)
        talk.message["entities"].append(
            {"entity": "condition", "value": words, "start": start, "end": start + len(words)}
            | {"concepts": concepts.split("/")}
        )
    return talk.fill(condition=words)


def test_everything_said_at_once_is_understood(talk: Talk) -> None:
    text = "my mum is 72, has dementia and lives in Leeds"
    talk.hear(text, "find_study", condition="dementia", place="Leeds", age="72", sex="mum=female")
    talk.fill(condition="dementia", place="Leeds", age="72", sex="female")
    assert talk.slots["condition"] == "dementia"
    assert talk.slots["place"]["label"] == "Leeds"
    assert (talk.slots["age"], talk.slots["sex"]) == (72, "female")


def test_two_conditions_are_joined(talk: Talk) -> None:
    text = "I have asthma and eczema"
    talk.hear(text, "find_study", condition="asthma")
    talk.message["entities"].append(
        {"entity": "condition", "value": "eczema", "start": 18, "end": 24}
    )
    talk.fill(condition="eczema")
    assert talk.slots["condition"] == "asthma and eczema"


def test_the_ids_of_conditions_reach_the_slots_beside_the_words(talk: Talk) -> None:
    name(talk, "I have asthma and excema", asthma="asthma", excema="eczema")
    assert talk.slots["condition"] == "asthma and excema"
    assert talk.slots["condition_ids"] == {"asthma": "asthma", "excema": "eczema"}
    assert Wanted.of(talk.tracker()).query(30, 3).concepts == {"asthma": "asthma", "excema": "eczema"}


def test_the_ids_change_and_grow_with_the_condition(talk: Talk) -> None:
    name(talk, "I have asthma", asthma="asthma")
    name(talk, "I've also got excema", excema="eczema")
    assert Wanted.of(talk.tracker()).concepts == {"asthma": "asthma", "excema": "eczema"}
    name(talk, "and for gout?", gout="gout")
    assert talk.slots["condition_ids"] == {"gout": "gout"}
    talk.hear("in Leeds", "find_study", place="Leeds").fill(place="Leeds")
    assert Wanted.of(talk.tracker()).concepts == {"gout": "gout"}


def test_what_is_said_again_is_not_added_again(talk: Talk) -> None:
    name(talk, "asthma and gout", asthma="asthma", gout="gout")
    name(talk, "I also have gout", gout="gout")
    assert talk.slots["condition"] == "asthma and gout"


def test_words_that_can_mean_several_things_are_read_by_the_search(talk: Talk) -> None:
    name(talk, "I have MS and gout", MS="multiple-sclerosis/mitral-stenosis", gout="gout")
    assert talk.slots["condition"] == "MS and gout"
    assert Wanted.of(talk.tracker()).concepts == {}


def test_ids_do_not_outlive_their_words(talk: Talk) -> None:
    name(talk, "I have asthma", asthma="asthma")
    talk.choose('/find_study{"condition": "gout"}').fill(condition="gout")
    assert Wanted.of(talk.tracker()).concepts == {}
    name(talk, "I have asthma", asthma="asthma")
    talk.slots["condition"] = "something that nobody validated"
    assert Wanted.of(talk.tracker()).concepts == {}


def test_a_namesake_is_left_open_and_said(talk: Talk) -> None:
    talk.hear("Newport", "find_study", place="Newport").fill(place="Newport")
    assert talk.slots["place"] is None
    assert talk.slots["place_trouble"]["kind"] == "ambiguous"
    assert len(talk.slots["place_trouble"]["labels"]) > 1


@pytest.mark.parametrize("answer", ["the welsh one", "Wales", "Newport, Wales", "newport in wales"])
def test_a_namesake_is_chosen_by_an_answer(talk: Talk, answer: str) -> None:
    talk.hear("Newport", "find_study", place="Newport").fill(place="Newport")
    talk.asked("place").hear(answer, "find_study").fill(place=answer)
    assert talk.slots["place"]["label"] == "Newport, South Wales"
    assert talk.slots["place_trouble"] is None


def test_a_namesake_is_chosen_by_its_button(talk: Talk) -> None:
    talk.asked("place").choose('/find_study{"place": "Newport, South Wales"}').fill(
        place="Newport, South Wales"
    )
    assert talk.slots["place"]["label"] == "Newport, South Wales"


@pytest.mark.parametrize(
    ("said", "kind"), [("Dublin", "abroad"), ("Xqzwv", "unknown"), ("Narnia", "unknown")]
)
def test_a_place_that_is_not_in_the_uk_says_which_kind(talk: Talk, said: str, kind: str) -> None:
    talk.asked("place").hear(said, "nlu_fallback").fill(place=said)
    assert talk.slots["place"] is None
    assert talk.slots["place_trouble"]["kind"] == kind


@pytest.mark.parametrize("said", ["I don't mind", "anywhere"])
def test_a_place_may_be_declined(talk: Talk, said: str) -> None:
    talk.asked("place").hear(said, "no_preference").fill(place=said)
    assert talk.slots["place"]["lat"] is None


def test_a_postcode_is_kept_as_its_outward_code(talk: Talk) -> None:
    talk.hear("LS6 3AB", "find_study", postcode="LS6 3AB").fill(place="LS6 3AB")
    assert talk.slots["place"]["label"].startswith("LS6")
    assert "3AB" not in str(talk.slots["place"])


def test_an_unknown_condition_counts_when_a_study_is_about_it(talk: Talk) -> None:
    talk.asked("condition").hear("dementia", "nlu_fallback").fill(condition="dementia")
    assert talk.slots["condition"] == "dementia"


@pytest.mark.parametrize("said", ["flibber jabber wock", "purple monkey dishwasher"])
def test_nonsense_is_not_a_condition(talk: Talk, said: str) -> None:
    talk.asked("condition").hear(said, "nlu_fallback").fill(condition=said)
    assert talk.slots["condition"] is None
    assert talk.slots["condition_trouble"] == {"kind": "unknown"}


def test_asking_for_a_study_is_no_condition_and_no_mistake(talk: Talk) -> None:
    said = "I want to find a study please"
    talk.asked("condition").hear(said, "find_study").fill(condition=said)
    assert talk.slots["condition"] is None
    assert talk.slots["condition_trouble"] is None


def test_no_preference_is_not_enough_for_a_condition(talk: Talk) -> None:
    talk.asked("condition").hear("any", "no_preference").fill(condition="any")
    assert talk.slots["condition"] is None
    assert talk.slots["condition_trouble"] == {"kind": "needed"}


def test_a_condition_at_the_place_question_is_no_place(talk: Talk) -> None:
    said = "sorry I meant eczema"
    talk.asked("place").hear(said, "find_study", condition="eczema")
    talk.fill(condition="eczema", place=said)
    assert talk.slots["place"] is None
    assert talk.slots["condition"] == "eczema"


def test_healthy_people_need_no_condition(talk: Talk) -> None:
    talk.hear("I am healthy", "find_study", volunteer="healthy").fill(volunteer="healthy")
    assert (talk.slots["condition"], talk.slots["volunteer"]) == ("any", "healthy")


def test_from_home_needs_no_place(talk: Talk) -> None:
    talk.hear("asthma from home", "find_study", condition="asthma", setting="from home=home")
    talk.fill(condition="asthma", setting="home")
    assert talk.slots["place"]["lat"] is None


@pytest.mark.parametrize("age", ["999", "any", "-4", "nan"])
def test_an_age_that_cannot_be_is_dropped(talk: Talk, age: str) -> None:
    talk.choose(f'/find_study{{"age": "{age}"}}').fill(age=age)
    assert talk.slots["age"] is None


def test_validating_twice_changes_nothing(talk: Talk) -> None:
    talk.hear("Newport", "find_study", place="Newport").fill(place="Newport")
    first = dict(talk.slots)
    talk.fill(place="Newport")
    assert talk.slots == first


def test_a_short_pick_counts_whatever_its_intent(talk: Talk) -> None:
    talk.hear("Newport", "find_study", place="Newport").fill(place="Newport")
    talk.asked("place").hear("the welsh one", "study_details").run("action_validate_slot_mappings")
    assert talk.slots["place"]["label"] == "Newport, South Wales"


def test_healthy_people_are_no_condition(talk: Talk) -> None:
    text = "can healthy people join anything"
    talk.hear(text, "find_study", condition="healthy people", volunteer="healthy people=healthy")
    talk.fill(condition="healthy people", volunteer="healthy")
    assert talk.slots["condition"] == "any"


def test_the_pronoun_is_no_illness(talk: Talk) -> None:
    talk.search("asthma", "Leeds")
    talk.hear("find me one in York", "find_study", condition="me", place="York")
    talk.fill(condition="me", place="York")
    assert talk.slots["condition"] == "asthma"
    assert talk.slots["place"]["label"] == "York"


def test_odd_words_at_a_question_are_an_answer_and_not_a_joke(talk: Talk) -> None:
    talk.asked("condition").hear("zzzz qqq", "insult_or_joke")
    talk.message["intent"]["confidence"] = 0.6
    talk.run("action_validate_slot_mappings")
    assert talk.slots["condition_trouble"] == {"kind": "unknown"}


def test_a_question_in_the_middle_leaves_the_form_to_others(talk: Talk) -> None:
    talk.asked("place").hear("what is a placebo", "faq").run("action_validate_slot_mappings")
    assert "place" not in talk.slots


def test_from_home_is_no_town(talk: Talk) -> None:
    talk.search("asthma", "Leeds")
    text = "only ones from home"
    talk.hear(text, "find_study", setting="from home=home", place="from")
    talk.fill(setting="home", place="from")
    assert talk.slots["place"]["label"] == "Leeds"
    assert talk.slots["setting"] == "home"


def test_a_place_that_was_not_found_is_not_held_against_a_new_condition(talk: Talk) -> None:
    talk.asked("place").hear("vvv nnn", "nlu_fallback").fill(place="vvv nnn")
    talk.hear("asthma", "find_study", condition="asthma").fill(condition="asthma", place="asthma")
    assert talk.slots["place"] is None
    assert talk.slots["place_trouble"] is None


@pytest.mark.parametrize("answer", ["Birmingham", "the second one", "number 2"])
def test_of_two_towns_it_is_asked_which_comes_first(talk: Talk, answer: str) -> None:
    talk.hear("lupus, either Gloucester or Birmingham", "find_study", condition="lupus", place="Gloucester")
    talk.message["entities"].append({"entity": "place", "value": "Birmingham", "start": 28, "end": 38})
    talk.fill(condition="lupus", place="Birmingham")
    assert talk.slots["place"] is None
    assert talk.slots["place_trouble"]["labels"] == ["Gloucester", "Birmingham"]
    talk.asked("place").hear(answer, "find_study").fill(place=answer)
    assert talk.slots["place"]["label"] == "Birmingham"


def test_both_of_two_towns_is_the_first_and_an_offer_of_the_other(talk: Talk) -> None:
    talk.slots["place_trouble"] = {"kind": "either", "said": "Ely or Bath", "labels": ["Ely", "Bath"]}
    talk.slots["condition"] = "asthma"
    talk.asked("place").hear("both", "nlu_fallback").fill(place="both")
    assert talk.slots["place"]["label"].startswith("Ely")
    [found] = talk.run("action_find_studies")
    [other] = [choice for choice in found["choices"] if choice["label"] == "Look near Bath too"]
    assert other["payload"] == '/find_study{"place": "Bath"}'
    talk.choose(other["payload"]).fill(place="Bath")
    [found] = talk.run("action_find_studies")
    assert not any(choice["label"].startswith("Look near") for choice in found["choices"])


def test_either_of_two_towns_is_the_first(talk: Talk) -> None:
    talk.slots["place_trouble"] = {"kind": "either", "said": "Ely or Bath", "labels": ["Ely", "Bath"]}
    talk.asked("place").hear("either", "no_preference").fill(place="either")
    assert talk.slots["place"]["label"] == "Ely"


@pytest.mark.parametrize(
    ("text", "slot"),
    [("forget about my age", "age"), ("age doesn't matter", "age"), ("never mind the distance", "miles")],
)
@pytest.mark.parametrize("intent", ["find_study", "forget_me"])
def test_a_limit_is_taken_away_and_nothing_else(talk: Talk, text: str, slot: str, intent: str) -> None:
    talk.slots.update(age=30, miles=10, condition="asthma")
    talk.hear(text, intent).fill()
    assert talk.slots[slot] is None
    assert len([value for value in (talk.slots["age"], talk.slots["miles"]) if value]) == 1
    assert talk.slots["condition"] == "asthma"


def test_who_is_cared_for_does_not_limit_what_carers_look_for(talk: Talk) -> None:
    text = "anything for carers of a mum of 80"
    talk.hear(text, "find_study", condition="carers", sex="mum=female", age="80")
    talk.message["entities"][0]["concepts"] = ["carers"]
    talk.fill(condition="carers", sex="female", age="80")
    assert (talk.slots["sex"], talk.slots["age"]) == (None, None)


@pytest.mark.parametrize("text", ["ffs why do you keep asking me things", "what do you need that for then"])
def test_talk_at_the_place_question_is_not_looked_up_as_a_place(talk: Talk, text: str) -> None:
    talk.slots["condition"] = "alopecia"
    talk.asked("place").hear(text, "find_study").fill(place=text)
    assert talk.slots["place"] is None
    assert talk.slots["place_trouble"] is None
