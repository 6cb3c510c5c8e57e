"""Words that lead up to a condition or a place, and words that only seem to belong to one."""

from typing import FrozenSet


def _words(text: str) -> FrozenSet[str]:
    return frozenset(text.split())


PLACE_LEADS = _words(
    "in near nr around round at from to outside by live lives living livin based over up down said meant "
    "mean is it's its n i'm im we're"
)
"""Words after which a town that is also an everyday word ("Reading", "Bath") is a town."""
CONDITION_LEADS = _words(
    "for with wi about aboot on 've ve have has had having hav got get gets getting gotten of and or from "
    "suffer suffers suffering any my mi me ma his her their our your bad terrible chronic severe new re "
    "is are am im i'm m 'm been being feel feels feeling feelin felt gone going very so really dead "
    "proper constantly always n a an"
)
"""Words after which an everyday word ("spots", "fits") is the condition that it also is."""
NOT_OF_THE_NAME = _words(
    "have has had having got get gets getting keep keeps caught catch living live lives suffer suffers "
    "suffering with from diagnosed newly recently just my mi ma his her their our the a an son daughter "
    "child mum dad wife husband partner brother sister baby nan gran on am i'm im is are been being it's "
    "with housebound bedbound very really so quite proper dead"
)
"""Words before a name that are no part of it: "has Alzheimer's", "living with HIV"."""
NOT_OF_LAY_WORDS = _words(
    "have has had having got get gets getting caught catch living suffer suffers suffering with from "
    "diagnosed newly recently just my mi ma his her their our am i'm im is are been being very really so "
    "quite"
)
"""Words that lay words may begin with and that are no part of what ails somebody: "suffer with my nerves"."""
TAILS = frozenset({"all", "every"})
"""Words behind which somebody says how often: "anxious all the time"."""
JOINS = _words(
    "and or n an & + / with plus also my the a"
)
"""Words that put two conditions side by side: "epilepsy and depression"."""
FOLLOWS_A_HEADING = _words(
    "since for in near that and every all again , . - ; : ! ?"
)
"""What stands behind a condition that a sentence begins with: "hives, Leeds", "falls since March"."""
PART_LEADS = _words(
    "my mi me ma his her their our mums dads mum's dad's wi"
)
"""Whose part of the body it is."""
PART_POOR = _words(
    "bad dodgy gammy wonky dicky dickie gippy weak poor poorly sore painful knackered crook dicky rotten "
    "failing"
)
"""How somebody's part of the body is, in a word before it."""
PART_TROUBLE = _words(
    "problem problems trouble troubles bother issue issues condition conditions complaint disease "
    "research"
)
PART_OF_TROUBLE = _words("with wi the of")
PART_SAID = _words("for about with wi 's s is its it's tis under , . mainly")
PART_TOLD = _words("is are isn't isnt 's and hurts hurt ache aches gives thats that's")
"""Words before and behind a part of the body that is what the message is about."""
PART_ALONE = _words(
    "study studies trial trials research stuff please pls thing things problem problems trouble and or n "
    "the my a any something for on about do with to it's its"
)
"""Words beside which a part of the body may stand for what ails it: "heart studies"."""
OF_A_STORY = _words(
    "ca can cant cannot wo won n't nt not nae keep keeps kept broke broken fell gone going goes get gets "
    "getting lost have has had is are was i been feel feels feeling want wants trying come comes"
)
"""Words that make half a sentence of lay words for a condition."""
