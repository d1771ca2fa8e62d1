"""What a run was asked about, in a line: the name by which people find it in a list."""

from pathlib import Path

from pydantic import BaseModel

from .files import file_fields

LONGEST = 120


def first_words(request: BaseModel) -> str:
    """What was filled in first, words or a file, whose name stands for it; empty without either."""
    files = file_fields(type(request))
    for name, one in type(request).model_fields.items():
        value = getattr(request, name)
        if name in files:
            value = file_name(value)
        elif one.annotation not in (str, str | None):
            continue
        if value and value.strip():
            return str(value)
    return ""


def line(words: str) -> str:
    """The beginning of ``words`` on one line."""
    return " ".join(words[: 2 * LONGEST].split())[:LONGEST]


def file_name(path: str | list[str] | None) -> str:
    """The name of a file, or of the first of some."""
    first = path[0] if isinstance(path, list) and path else path
    return Path(first).name if isinstance(first, str) else ""
