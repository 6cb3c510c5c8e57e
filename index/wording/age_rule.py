"""Rules that are about age alone: "Aged 18 to 65 years", "Age >= 18"."""

import re

_PAIR = re.compile(
    r"(?:aged?|ages)?\W*(?:between\s+|from\s+)?(?P<low>\d{1,3})\s*(?:years?|yrs?)?\s*(?:-|–|to|and)\s*(?P<high>\d{1,3})\s*(?:years?|yrs?)?(?: old| of age)?(?: inclusive)?"
)
_LOW = re.compile(
    r"(?:aged?|ages)?\W*(?:at least|over|above|≥|>=|>|older than|not under|minimum(?: of)?)\s*(?P<low>\d{1,3})\s*(?:years?|yrs?)?(?: old| of age)?(?: or (?:over|older|above))?"
    r"|(?:aged?|ages)?\W*(?P<low2>\d{1,3})\s*(?:years?|yrs?)?(?: old| of age)?\s*(?:or|and)\s*(?:over|older|above|more)"
)
_HIGH = re.compile(
    r"(?:aged?|ages)?\W*(?:at most|under|below|≤|<=|<|younger than|not over|up to|maximum(?: of)?)\s*(?P<high>\d{1,3})\s*(?:years?|yrs?)?(?: old| of age)?"
    r"|(?:aged?|ages)?\W*(?P<high2>\d{1,3})\s*(?:years?|yrs?)?(?: old| of age)?\s*(?:or|and)\s*(?:under|younger|below|less)"
)
_PEOPLE = re.compile(
    r"^(?:male or female|male and female|male/female|males? or females?|men or women|men and women|both sexes)?\s*(?:adults?|patients?|participants?|people|subjects?|men|women|children|volunteers?)?\s*(?:who are|must be|,)?\s*"
)
_AT_LEAST = re.compile(r"(?:greater than or equal to|equal to or greater than|>=|=>|≥)\s*")
_AT_MOST = re.compile(r"(?:less than or equal to|equal to or less than|<=|=<|≤)\s*")
_BOTH = re.compile(r"^≥(\d{1,3})(?: years?)?,? (?:and|but|to) ≤(\d{1,3})(?= |$)")


def age_limits(text: str) -> tuple[float | None, float | None] | None:
    """(lowest, highest) age of a rule that is about age alone; None for any other rule."""
    rule = re.sub(r"\s+", " ", text.lower().strip(" .;:"))
    rule = _AT_MOST.sub("≤", _AT_LEAST.sub("≥", rule))
    rule = re.sub(r"^age(?:d|s)?\s*:?\s*", "", _PEOPLE.sub("", rule, count=1))
    rule = _BOTH.sub(r"\1 to \2", rule)
    if not re.search(r"\bage|\byears?\b|\byrs?\b|\bold\b", text.lower()):
        return None
    for shape in (_PAIR, _LOW, _HIGH):
        found = shape.fullmatch(rule)
        if not found:
            continue
        named = found.groupdict()
        low = named.get("low") or named.get("low2")
        high = named.get("high") or named.get("high2")
        strict_low = bool(re.match(r"^\W*(?:over|above|>(?!=)|older than)", rule)) and low is not None
        strict_high = bool(re.match(r"^\W*(?:under|below|<(?!=)|younger than)", rule)) and high is not None
        return (
            float(low) + strict_low if low else None,
            float(high) - strict_high if high else None,
        )
    return None
