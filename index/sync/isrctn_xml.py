"""ISRCTN's answers: read as a stream, with limits on depth and without any entity of a document's own."""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

_NAMESPACE = "{http://www.67bricks.com/isrctn}"
FULL_TRIAL = _NAMESPACE + "fullTrial"
ALL_TRIALS = _NAMESPACE + "allTrials"
DEEPEST = 60
"""A record is 8 deep; what goes beyond this is damaged or an attack."""


class XmlError(ValueError):
    """An answer that is not what the registry sends; the message says what is wrong."""


def trials(body: bytes) -> Iterator[int | Element]:
    """The totalCount first, then every fullTrial; raises XmlError at the first thing wrong.

    A record read is emptied as soon as the next is asked for, so that an answer never stands in memory
    twice.
    """
    depth = 0
    try:
        for event, node in iterparse(BytesIO(body), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                depth += 1
                if depth > DEEPEST:
                    raise XmlError(f"it is nested more than {DEEPEST} deep")
                if depth == 1:
                    yield _total(node)
                continue
            depth -= 1
            if node.tag == FULL_TRIAL and depth == 1:
                yield node
                node.clear()
    except DefusedXmlException as error:
        raise XmlError(f"it holds forbidden XML ({type(error).__name__})") from error
    except SyntaxError as error:
        raise XmlError(f"it is not valid XML ({error})") from error


def one_trial(body: bytes) -> Element:
    """The record of an answer about a single study; raises XmlError."""
    depth = 0
    found: Element | None = None
    try:
        for event, node in iterparse(BytesIO(body), events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise XmlError(f"it is nested more than {DEEPEST} deep")
            if event == "end" and node.tag == FULL_TRIAL:
                found = node
    except DefusedXmlException as error:
        raise XmlError(f"it holds forbidden XML ({type(error).__name__})") from error
    except SyntaxError as error:
        raise XmlError(f"it is not valid XML ({error})") from error
    if found is None:
        raise XmlError("it holds no fullTrial")
    return found


def _total(root: Element) -> int:
    if root.tag != ALL_TRIALS:
        raise XmlError(f"it begins with {root.tag[:60]!r} and not with allTrials")
    written = root.get("totalCount") or ""
    if not written.isdigit():
        raise XmlError(f"allTrials@totalCount is {written[:20]!r}")
    return int(written)
