"""Whether a text is English, by its small words."""

import re

_SMALL = frozenset(
    """the of and to in a is for with or as by be on at from that this are not who will an it have has was were
    no than may can been if your you their they we which these those must should patients study treatment age
    all any before after between least within during without other""".split()
)
_FOREIGN = frozenset(
    """der die das und mit von zu bei nicht oder ist werden eine einer les des une dans pour avec est sont aux par
    sur qui los las del una para con por que en el y de la le et di il che per è sono della dei delle nel een het
    van voor met niet op zijn og av til med som på är att för yw yn yr ar mae gyda sydd sy bydd ei eu eich chi neu
    cael fod gan hwn hon nid agus leis maidir airson""".split()
)


def is_english(text: str) -> bool:
    """False only when a text of some length has more small words of another language than of English."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < 6:
        return True
    english = sum(word in _SMALL for word in words)
    foreign = sum(word in _FOREIGN for word in words)
    letters = sum(letter.isalpha() for letter in text)
    latin = sum("a" <= letter <= "ɏ" for letter in text.lower())
    return foreign <= english and latin * 2 >= letters
