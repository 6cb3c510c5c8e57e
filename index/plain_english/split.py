"""Long sentences made shorter, only where both halves stand on their own."""

import re

LONGEST_WORDS = 20
_SUBJECT = (
    r"(?:it|they|we|you|he|she|this|these|those|there|patients|participants|people|women|men|children|babies"
    r"|parents|carers|adults|volunteers|doctors|nurses|researchers|everyone|everybody|treatment|half"
    r"|(?:the|this|these|those|each|all|some|most|many|both|other|our|their|your|study|half of) (?:[\w’'-]+ ){0,3}?[\w’'-]+)"
)
_FINITE = (
    r"(?:is|are|was|were|will|can|may|might|must|should|could|would|has|have|had|do|does|did|need|needs"
    r"|receive|receives|take|takes|get|gets|undergo|undergoes|continue|continues|begin|begins|aim|aims|hope|want)"
)
_CLAUSE = re.compile(
    rf"{_SUBJECT} (?:(?:also|then|both|now|still|each|all|often|usually) )?{_FINITE}\b", re.IGNORECASE
)
_VERB = re.compile(rf"\b{_FINITE}\b", re.IGNORECASE)
# A condition, a contrast or a "not" at the start may reach over the whole sentence.
_REACHES = re.compile(
    r"^(?:if|unless|when|whenever|while|although|though|because|since|for|in|after|before|until|once|provided|except"
    r"|without|not|no|neither|either|only|as|whether|where|despite)\b|\b(?:whether|either|neither|if|unless|so that|such that|between)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"(;\s+(?:and\s+)?|,\s+(?:and|but|so)\s+|\s+and\s+)", re.IGNORECASE)


def may_split(left: str, right: str) -> bool:
    """Whether two parts of a sentence are sentences of their own that do not lean on each other."""
    if _REACHES.search(left.strip()) or left.rstrip().endswith(":"):
        return False
    if not _VERB.search(left) or len(left.split()) < 4:
        return False
    return bool(_CLAUSE.match(re.sub(r"^(?:and|but|so)\s+", "", right.strip(), flags=re.IGNORECASE)))


def split(sentence: str) -> str:
    """The sentence as several where it is long and where that is safe; else as it is."""
    if len(sentence.split()) <= LONGEST_WORDS:
        return sentence
    for joint in _JOINT.finditer(sentence):
        left, right = sentence[: joint.start()], sentence[joint.end() :]
        if _inside_brackets(left) or not may_split(left, right):
            continue
        word = joint[1].strip(" ;,").lower()
        kept = f"{word.capitalize()} {right}" if word in ("but", "so") else right[:1].upper() + right[1:]
        return f"{left.rstrip(' ,;')}. {split(kept)}"
    return sentence


def _inside_brackets(left: str) -> bool:
    return left.count("(") > left.count(")") or left.count("“") > left.count("”")
