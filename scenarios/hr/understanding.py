"""A document understood as somebody's resume, with what tries to sway a reader covered."""

from dataclasses import replace
from datetime import date

from workbench.document import SourceDocument

from . import integrity
from .resume import Resume, read_resume

_LEAST = 40
"""A file with fewer letters than this tells of nobody."""


def understood(file: str, document: SourceDocument, today: date, *, blind: bool = True) -> Resume:
    """A resume with what tries to sway a reader covered; ``blind`` covers name, gender, age and the like as well."""
    resume = read_resume(file, document, today)
    if not blind:
        resume = replace(resume, seen=resume.text)
    signs = tuple(integrity.swaying(resume))
    return replace(resume, seen=integrity.covered(resume.seen, signs), signs=signs) if signs else resume


def tells_of_somebody(resume: Resume) -> bool:
    """Whether a person can be made of what was read: an empty scan is nobody."""
    if sum(map(str.isalnum, resume.text)) < _LEAST:
        return False
    person = resume.person
    signs = (
        bool(person.email or person.phone or person.name), bool(resume.entries), bool(resume.degrees),
        any(line.heading for line in resume.lines), len(resume.mentions) >= 3,
    )  # fmt: skip
    return sum(signs) >= 2
