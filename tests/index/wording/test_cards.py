"""Cards: plain, short, true to the record, and able to bear the worst records."""

import re

import pytest

from index.models import Intervention, Study
from index.plain_english import reading_age
from index.wording.card import Found, card
from index.wording.plainly import plainly, with_plain
from index.wording.title import title
from tests.index.wording.records import TODAY, isrctn, study

FOUND = Found(about=True, why=["You said “heart attack”."])
PROTOCOL = "Primary objective: to evaluate the pharmacokinetics of the compound. " * 600
BAD = {
    "nothing at all": study(summary="", conditions=[], interventions=[], title="", eligibility=""),
    "no summary": study(summary=""),
    "a protocol as summary": study(summary=PROTOCOL),
    "capitals": study(
        title="A RANDOMISED TRIAL OF EXAMPLUMAB IN MYOCARDIAL INFARCTION",
        summary="THIS STUDY LOOKS AT WHETHER EXAMPLUMAB HELPS PEOPLE WITH HIV WHO HAVE HAD A HEART ATTACK.",
    ),
    "Markdown": study(
        title="**Examplumab** in [heart attack](https://example.org)",
        summary="# Aim\n\n**This study** looks at `examplumab`.\n\n* one\n  * two\n\n---\n",
    ),
    "tags": study(summary="<p>This study looks at <b>examplumab</b> after a heart attack.</p>"),
    "French": study(
        title="Essai de l'examplumab chez les patients avec un infarctus",
        summary="Le but de cette étude est de comparer les effets de l'examplumab avec ceux du placebo.",
    ),
    "one letter": study(title="X", summary="Y", conditions=["Z"]),
    "an endless name": study(
        conditions=["a" * 500], interventions=[Intervention(type="drug", name="b" * 500)]
    ),
    "ISRCTN": isrctn(),
}


@pytest.mark.parametrize("name", BAD)
def test_every_record_gives_a_card_that_reads_easily(name: str) -> None:
    shown = card(BAD[name], FOUND, None, None, TODAY)
    whole = f"{shown.title}. {shown.summary} {shown.who} {shown.status_text}"
    assert shown.title
    assert 1 <= len(re.findall(r"[.?](?:\s|$)", shown.summary)) <= 4
    assert reading_age(whole) <= 14, whole
    assert not re.search(r"[<>*#`]|\bTHIS STUDY\b|\]\(", shown.title + shown.summary)


def test_the_plain_word_comes_first_and_the_medical_one_in_brackets() -> None:
    plain = plainly(study(summary=""))
    assert "heart attack (myocardial infarction)" in plain.summary.lower()
    assert "examplumab" in plain.summary
    assert "by chance" in plain.summary


def test_nothing_stands_on_a_card_that_its_record_does_not_say() -> None:
    record = study(summary="")
    text = f"{plainly(record).title} {plainly(record).summary}"
    assert set(re.findall(r"\d+", text)) <= set(re.findall(r"\d+", record.model_dump_json()))
    assert "placebo" not in plainly(study(summary="", interventions=record.interventions[:1])).summary


def test_a_title_that_reads_easily_is_kept_and_the_other_is_reworded() -> None:
    assert plainly(isrctn()).title == "A walking group for people after a heart attack"
    assert (
        plainly(study()).title == "How well examplumab works, and how safe it is, in people with heart attack"
    )


def test_a_card_holds_no_frightening_sentence() -> None:
    told = study(summary="This study asks why patients die of a heart attack and what kills them.")
    assert not re.search(r"\b(?:die|kill)", plainly(told).summary)


def test_the_catalogue_keeps_the_words_and_uses_them_while_the_glossary_is_the_same() -> None:
    kept = with_plain(study())
    assert kept.plain is not None
    again = Study.model_validate_json(kept.model_dump_json(exclude_defaults=True))
    assert plainly(again) == kept.plain
    old = kept.plain.model_copy(update={"made_with": "older", "title": "Old words"})
    assert plainly(kept.model_copy(update={"plain": old})).title != "Old words"


def test_made_up_studies_say_so() -> None:
    assert card(study(), FOUND, None, None, TODAY).summary.startswith("This study")


def test_a_made_title_does_not_say_for_whom_twice() -> None:
    name = "A digital solution for patients with cancer"
    record = study(
        title="Multidimensional psychoeducational telerehabilitation intervention feasibility evaluation",
        conditions=["Prostate Cancer"],
        interventions=[Intervention(name=name, type="device")],
    )
    assert "for patients with cancer for" not in title(record).lower()
