"""Where a term stays: what stands around it would lean on the wrong words."""

import pytest

from index.plain_english import Simplifier


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("MRI will measure right and left ventricular morphology.", "right and left ventricular morphology"),
        ("This is a study in Parkinson's disease patients with wearing-off.", "Parkinson's disease patients"),
        ("Nothing changed for 2 years following participant randomisation.", "participant randomisation"),
        ("The phase ends with an End of Study Visit.", "End of Study Visit"),
        ("You get the medicine or a dummy injection (placebo).", "a dummy injection (placebo)"),
        ("The study involves three 3-hour visits to the centre.", "three 3-hour visits"),
        ("Hepatitis C antigen test negative.", "antigen test"),
        ("No medical contraindication to surgery.", "medical contraindication to"),
        ("Alcohol or substance abuser.", "substance abuser"),
        ("An aggressive tumor debulking procedure.", "debulking procedure"),
        ("Systemic administration of thalidomide.", "administration of"),
        ("Graded by the Common Terminology Criteria for Adverse Events.", "Criteria for Adverse Events"),
    ],
)
def test_a_term_that_shares_its_words_with_its_neighbours_stays(source: str, kept: str) -> None:
    assert kept in Simplifier.load().sentence(source).text


def test_a_scan_of_the_whole_body_is_not_called_one_of_bone_strength() -> None:
    assert "bone" not in Simplifier.load().sentence("Body fat was measured by DXA.").text
