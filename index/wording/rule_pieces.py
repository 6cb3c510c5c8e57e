"""The single rules in a line that holds several: its sentences, and where it runs on, each new beginning."""

import re
from collections.abc import Iterator

from index.plain_english.sentences import sentences

SHORTEST_CUT_WORDS = 5
_MEASURED = (
    r"(?:WBC|ANC|AGC|AST|ALT|SGOT|SGPT|LDH|BUN|PTT?|INR|LVEF|FEV1?|DLCO|Ha?emoglobin|Ha?ematocrit|Platelets?(?: count)?"
    r"|Absolute (?:neutrophil|granulocyte) count|(?:Granulocyte|Neutrophil) count|Bilirubin|Albumin|Creatinine(?: clearance)?"
    r"|Alkaline phosphatase|Calcium)"
)
# In one unbroken line: labels with a colon, numbers, bullets, or where a rule begins with one of these.
_INLINE = re.compile(
    r"(?<=[a-z0-9.)%;:])\s+(?=(?:(?:Performance status|Life expectancy|Hematopoietic|Hepatic|Renal|Cardiovascular|Pulmonary|Other|Age|Sex"
    r"|Menopausal status|Biologic therapy|Chemotherapy|Endocrine therapy|Radiotherapy|Surgery|Neurologic|Immunologic):\s))"
    r"|(?<=[a-z0-9)%])[;.]?\s+(?=(?:\d{1,2}[.)]|[-*•])\s+[A-Za-z])"
    r"|(?<=[a-z0-9)%])\s+(?=(?:No|Not|Must|Any|Patients|Participants|Subjects|Women|Men|History|Histologically|Evidence|Adequate|Written"
    r"|Signed|Able|Unable|Willing|Pregnant|Previous|Prior|Known|Age|Aged|Current|At least|Negative|Fertile|Concurrent|Fit|Such|Recovered"
    r"|Effective|Sufficiently|Bidimensionally)\s[a-z0-9]|Not HIV\b|No [A-Z]|Measurable (?:or|disease))"
    r"|(?<=See Disease Characteristics)\s+(?=[A-Z])"
    r"|(?<=[a-z]{4})\s+(?=HIV negative(?:\W*$|\s[A-Z]))"
)
# "... greater than 2,000/mm3 Platelet count greater than ...": one value has ended, and the next one begins.
_NEXT_VALUE = re.compile(
    rf"(?<=[\w%)³])\s+(?={_MEASURED}(?:(?:,? (?:and|or|and/or)|,|/) ?{_MEASURED})*"
    r"\s(?:(?:no|not) (?:greater|more|less)|at least|greater|less|more|normal|within|between|[<>≤≥=]))"
)
_VALUE_ENDS = re.compile(
    r"(?:\bnormal|\d[\w^%.,/]*|[a-zµμ]+/[\w^³.]+|\bULN\)?|\bpredicted|\bair|\blimits|%|\d\S*\))$"
)
# "Biologic therapy: Chemotherapy: No prior chemotherapy": nothing stands under the first.
_LABEL_ALONE = re.compile(
    r"(?:Biologic therapy|Chemotherapy|Endocrine therapy|Radiotherapy|Surgery|Cardiovascular|Pulmonary|Hepatic|Renal|Other):"
)
_NO_CUT_AFTER = re.compile(
    r"\b(?:and|or|with|of|than|for|to|the|a|an|in|by|from|not|no|if|either|following|except|are|is|unless|other)$",
    re.IGNORECASE,
)


def pieces(line: str) -> Iterator[str]:
    """Every rule of a line in order; together they hold every word of it."""
    for sentence in sentences(line):
        if len(sentence.split()) < SHORTEST_CUT_WORDS:
            yield sentence
            continue
        start = 0
        for begins, ends in _cuts(sentence):
            before = sentence[start:begins].strip()
            if _may_end(before):
                yield before
                start = ends
        yield sentence[start:].strip()


def _cuts(sentence: str) -> list[tuple[int, int]]:
    """(end of one rule, begin of the next) wherever one may begin."""
    values = (cut for cut in _NEXT_VALUE.finditer(sentence) if _VALUE_ENDS.search(sentence[: cut.start()]))
    return sorted({cut.span() for cut in (*_INLINE.finditer(sentence), *values)})


def _may_end(before: str) -> bool:
    """Whether a rule may end here: not after "and", inside brackets or before its list."""
    if not before or _NO_CUT_AFTER.search(before) or before.count("(") > before.count(")"):
        return False
    return bool(_LABEL_ALONE.fullmatch(before)) or not before.endswith((",", ":"))
