"""Personal details taken out of a text: what is removed leaves a word in brackets in its place.

Every pattern is bounded (no nested repeats), so the time grows with the length of the text alone.
A place is kept as far as a search needs it: a full postcode is cut to its outward code.
"""

import re
from collections.abc import Callable

from api.privacy.names import take_names_out, words

HELPLINES = frozenset({"08082000247", "08088088000", "08001111", "03001233393"})

EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")

# Ten digits, as printed on letters: 3-3-4, or in one piece.
NHS_NUMBER = re.compile(r"(?<![\w+])\d{3}[ .\-]?\d{3}[ .\-]?\d{4}(?!\w)")

# A national number has nine or ten digits after its 0 (Ofcom, National Telephone Numbering Plan).
TELEPHONE = re.compile(
    r"(?<![\w+])(?:(?:\+|00)44[ .\-]{0,2}(?:\(0\))?|\(?0)(?:[ .()\-]{0,2}\d){9,10}(?![\d])"
)
MOBILE_WITHOUT_ZERO = re.compile(r"(?<![\w+])7\d{3}[ -]?\d{3}[ -]?\d{3}(?!\w)")

# Any two letters: people also write prefixes that are never issued, such as QQ.
NATIONAL_INSURANCE = re.compile(r"\b[a-z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[a-d]\b", re.I)

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DATES = (
    re.compile(r"(?<![\w./-])\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?(?:\d{4}|\d{2})(?![\w/-])"),
    re.compile(r"(?<![\w./-])\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}(?![\w/-])"),
    re.compile(
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ /.\-]?{MONTH}"
        r"[ ,./\-]{0,2}(?:\d{4}|'?\d{2})\b",
        re.I,
    ),
    re.compile(rf"\b{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:\d{{4}}|'\d{{2}})\b", re.I),
)
BIRTH = re.compile(
    r"\b(d\.?o\.?b\.?|date of birth|birthday|born on)(\W{0,3}(?:is|was)?\W{0,3})"
    r"(?:the )?(?=[\d ./\-]{0,11}\d)[\d./\-][\d ./\-]{2,11}",
    re.I,
)

# Area, district, and inward code (Royal Mail's format; C I K M O V never end one).
POSTCODE = re.compile(
    r"\b([a-pr-uwyz][a-hk-y]?\d[a-hjkmnp-y\d]?)[ \t-]{0,3}\d[abd-hjlnp-uw-z]{2}\b", re.I
)
AREAS = words(
    """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT
    DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L
    LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S
    SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR
    WS WV YO ZE
    """
)

NOT_A_STREET = words(
    """
    mile miles min mins minute minutes hour hours year years day days week weeks down up the
    my of in on a by people studies yards
    """
)
STREET = re.compile(
    r"\b\d{1,4}[a-z]? ((?:[a-z']{2,20} ){1,3})"
    r"(?:road|rd|street|avenue|ave|lane|crescent|terrace|gardens|grove)\b",
    re.I,
)


def deidentify(text: str) -> str:
    """Take out emails, telephone, NHS and National Insurance numbers, dates, addresses and names.

    A postcode loses its inward code, a date its day, month and year alike.
    """
    text = EMAIL.sub("[email]", text)
    text = NHS_NUMBER.sub(_if("[NHS number]", is_nhs_number), text)
    text = TELEPHONE.sub(_if("[telephone]", _is_personal_number), text)
    text = MOBILE_WITHOUT_ZERO.sub("[telephone]", text)
    text = NATIONAL_INSURANCE.sub("[NI number]", text)
    text = BIRTH.sub(r"\1\2[date]", text)
    for date in DATES:
        text = date.sub("[date]", text)
    text = STREET.sub(_street, text)
    text = POSTCODE.sub(_outward, text)
    return take_names_out(text)


def is_nhs_number(text: str) -> bool:
    """Tell whether ten digits carry the check digit of an NHS number (NHS Data Dictionary)."""
    digits = [int(character) for character in text if character in "0123456789"]
    if len(digits) != 10:
        return False
    weighted = sum(digit * (10 - place) for place, digit in enumerate(digits[:9]))
    return 11 - weighted % 11 in ((digits[9],) if digits[9] else (11,))


def _is_personal_number(text: str) -> bool:
    return "".join(character for character in text if character.isdigit()) not in HELPLINES


def _if(word: str, holds: Callable[[str], bool]) -> Callable[[re.Match[str]], str]:
    return lambda match: word if holds(match[0]) else match[0]


def _street(match: re.Match[str]) -> str:
    if NOT_A_STREET.intersection(match[1].lower().split()):
        return match[0]
    return "[address]"


def _outward(match: re.Match[str]) -> str:
    outward = match[1].upper()
    area = outward[:2] if outward[1].isalpha() else outward[:1]
    return outward if area in AREAS else match[0]
