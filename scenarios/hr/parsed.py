"""A resume that was understood, as bytes and back, so that the same file need not be understood twice."""

import hashlib
import json
from dataclasses import astuple
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from workbench.document import SourceDocument
from workbench.files import FileRead, Files

from .dates import Span
from .degrees import Degree
from .person import Person, Trait
from .resume import Entry, Resume, Sign
from .sections import Line
from .taxonomy import Mention, concepts
from .understanding import understood


def parsed(read: FileRead, files: Files, today: date, *, blind: bool) -> Resume:
    """The resume of a file that was read. Jobs that still run end in the month of ``today``, so that counts too."""
    document = read.document
    assert document is not None  # noqa: S101  # the caller looked
    what = f"resume {_code()} {today:%Y-%m} {blind}"
    kept = files.derived(read, what, lambda found: packed(understood(read.name, found, today, blind=blind)))
    return unpacked(kept, read.name, document)


def packed(resume: Resume) -> bytes:
    """The resume without its text, which the document has."""
    values = {
        "person": [resume.person.name, resume.person.email, resume.person.phone],
        "traits": [astuple(one) for one in resume.person.traits],
        "lines": [astuple(one) for one in resume.lines],
        "entries": [astuple(one) for one in resume.entries],
        "degrees": [astuple(one) for one in resume.degrees],
        "signs": [astuple(one) for one in resume.signs],
        "seen": resume.seen,
        "mentions": [(one.concept.kind, one.concept.name, one.start, one.end) for one in resume.mentions],
        "units": list(resume.units),
        "words": [sorted(one) for one in resume.unit_words],
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(content: bytes, file: str, document: SourceDocument) -> Resume:
    """The resume again."""
    values: dict[str, Any] = json.loads(content)
    known = concepts()
    name, mail, phone = values["person"]
    person = Person(name, mail, phone, tuple(Trait(*one) for one in values["traits"]))
    lines = [Line(*one) for one in values["lines"]]
    entries = [Entry(kind, Span(*span), *places) for kind, span, *places in values["entries"]]
    degrees = [_degree(*one) for one in values["degrees"]]
    signs = tuple(Sign(*one) for one in values["signs"])
    resume = Resume(file, document, document.text, values["seen"], person, lines, entries, degrees, signs)
    resume.__dict__["mentions"] = [
        Mention(known[kind, name], low, high) for kind, name, low, high in values["mentions"]
    ]
    resume.__dict__["units"] = [tuple(one) for one in values["units"]]
    resume.__dict__["unit_words"] = [frozenset(one) for one in values["words"]]
    return resume


def _degree(*values: Any) -> Degree:
    level, start, end, complete, full_time, majors, title, clause_end = values
    return Degree(level, start, end, complete, full_time, tuple(majors), title, clause_end)


@cache
def _code() -> str:
    """A mark of the code and data that understand a resume."""
    mark = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.*")):
        if file.suffix in (".py", ".yaml") and file.name != "texts.yaml":
            mark.update(file.read_bytes())
    return mark.hexdigest()[:16]
