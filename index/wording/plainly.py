"""The plain title and summary of a study: kept in the catalogue, else made when first asked for."""

from functools import cache

from index.files import digest_files
from index.models import Plain, Study
from index.wording.content import FOLDER
from index.wording.kept import Kept
from index.wording.lead import summary
from index.wording.title import title

MOST_KEPT = 20_000
MADE_BY = 3
"""To be raised when the code words studies otherwise, so that catalogues' older wording is left."""
_made = Kept[Plain](MOST_KEPT)


@cache
def made_with() -> str:
    """What plain words are made with: this code and the editors' files."""
    return f"{MADE_BY}-{digest_files(sorted(FOLDER.rglob('*.yml')))[:16]}"


def plainly(study: Study) -> Plain:
    """The study's plain words: the catalogue's, if the same editors' files made them."""
    if study.plain is not None and study.plain.made_with == made_with():
        return study.plain
    return _made.of(study, word)


def word(study: Study) -> Plain:
    """Make the plain title and summary."""
    named = title(study)
    return Plain(title=named, summary=summary(study, named), made_with=made_with())


def with_plain(study: Study) -> Study:
    """The study with its plain words in it, for the catalogue."""
    return study.model_copy(update={"plain": word(study)})
