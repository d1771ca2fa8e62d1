"""The people of a pile of files: each person's fullest resume, and the files that no person was made of."""

import hashlib
from datetime import date
from pathlib import PurePath

from workbench.errors import DocumentError
from workbench.files import FileRead
from workbench.language import folded as squeezed
from workbench.run import RunContext
from workbench.texts import Lang, text

from .models import MatchRequest, Unreadable
from .parsed import parsed
from .resume import Resume
from .understanding import tells_of_somebody


def short_name(file: str) -> str:
    """The name of a file without its folders."""
    return PurePath(file.replace("\\", "/")).name


def read_people(
    request: MatchRequest, context: RunContext, today: date
) -> tuple[list[tuple[Resume, list[Resume]]], list[Unreadable]]:
    """(each person's fullest resume, further files of the same person), and the files that no person was made of."""
    resumes, unreadable = [], []
    for read in context.files.each(request.resumes):
        if read.document is None:
            unreadable.append(Unreadable(file=read.name, error=_why(read, context.lang)))
            continue
        resume = parsed(read, context.files, today, blind=request.blind)
        if not tells_of_somebody(resume):
            unreadable.append(Unreadable(file=read.name, error=text("scenarios.hr:unreadable.nobody", context.lang)))
            continue
        resumes.append(resume)
    return _joined(resumes), unreadable


def _why(read: FileRead, lang: Lang) -> str:
    error = read.error or DocumentError("workbench:files.missing", path=read.name)
    return error.text(lang)


def _joined(resumes: list[Resume]) -> list[tuple[Resume, list[Resume]]]:
    """Files of one person together: the same words, or the same e-mail or phone under no two different names."""
    groups: list[list[Resume]] = []
    by_key: dict[str, int] = {}
    for resume in resumes:
        person = resume.person
        same_text = hashlib.sha256(squeezed(resume.text).encode()).hexdigest()
        keys = [same_text, *(key for key in (person.email, person.phone) if key)]
        group = next((by_key[key] for key in keys if key in by_key and _fits(resume, groups[by_key[key]], key)), None)
        if group is None:
            group = len(groups)
            groups.append([])
        groups[group].append(resume)
        for key in keys:
            by_key.setdefault(key, group)
    found = []
    for group_of_one in groups:
        fullest = max(group_of_one, key=lambda one: len(one.text))
        found.append((fullest, [one for one in group_of_one if one is not fullest]))
    return found


def _fits(resume: Resume, group: list[Resume], key: str) -> bool:
    names = {squeezed(one.person.name) for one in group} - {""}
    name = squeezed(resume.person.name)
    return len(key) == 64 or not name or not names or name in names
