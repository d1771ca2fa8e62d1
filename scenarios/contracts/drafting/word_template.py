"""A company's own Word form: placeholders in double braces are listed, checked and filled by a sandboxed Jinja.

Fields are those of :func:`fields`: ``{{ amount }}``, ``{{ a.name }}``, and ``{{ content }}`` alone in a paragraph for
all clauses. Expressions and ``{% if %}`` within one paragraph work; nothing else of Python is reachable.
"""

import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, meta

from workbench.errors import ConfigError
from workbench.texts import Lang

from .blanks import blank_type
from .draft import Drafted
from .form import PartyForm
from .library import environment
from .wording import day, money

_ROOM = "scenarios.contracts.drafting"
_MARK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}")
_CONTENT = re.compile(r"\{\{\s*content\s*\}\}")
_FIELDS = (
    "title", "amount", "amount_words", "currency", "start", "end", "sign_date", "attachments", "payments", "content",
    "a", "b",
)  # fmt: skip
_PARTY = tuple(name for name in PartyForm.model_fields if name != "role")


def fields() -> list[str]:
    """What a template may hold."""
    return [
        *(name for name in _FIELDS if name not in ("a", "b")),
        *(f"{at}.{name}" for at in ("a", "b") for name in _PARTY),
    ]


def placeholders(path: Path) -> list[str]:
    """The placeholders of a template as written, each once. Raises ``ConfigError`` for what is no Word file."""
    document = _opened(path)
    return list(dict.fromkeys(mark for paragraph in _paragraphs(document) for mark in _MARK.findall(_words(paragraph))))


def check(path: Path) -> None:
    """Raise ``ConfigError`` naming a placeholder that is cut off, misspelt or unknown, and those there are."""
    document = _opened(path)
    jinja = environment()
    for paragraph in _paragraphs(document):
        words = _words(paragraph)
        if not _HALF.search(words):
            continue
        if _HALF.search(_MARK.sub("", words)):
            raise ConfigError(f"{_ROOM}:template.half", name=path.name, words=words.strip()[:60])
        try:
            names = meta.find_undeclared_variables(jinja.parse(words))
        except TemplateError as error:
            raise ConfigError(
                f"{_ROOM}:template.broken", name=path.name, words=words.strip()[:60], reason=error
            ) from error
        dotted = {f"{at}.{name}" for at, name in re.findall(r"\b([ab])\.(\w+)", words)}
        unknown = sorted((names - set(_FIELDS)) | {one for one in dotted if one.split(".")[1] not in _PARTY})
        if unknown:
            known = ", ".join(fields())
            raise ConfigError(f"{_ROOM}:template.unknown", name=path.name, field=", ".join(unknown), known=known)
        if _CONTENT.search(words) and not _CONTENT.fullmatch(words.strip()):
            raise ConfigError(f"{_ROOM}:template.content", name=path.name)


def filled(path: Path, draft: Drafted, parties: list[dict[str, Any]], lang: Lang) -> bytes:
    """The template with a draft in it, in the template's own formatting. Raises ``ConfigError``."""
    check(path)
    document = _opened(path)
    missing: list[str] = []
    jinja = environment(blank_type(lang, missing))
    values = _values(draft, parties, lang)
    for paragraph in list(_paragraphs(document)):
        words = _words(paragraph)
        if _CONTENT.fullmatch(words.strip()):
            _put_clauses(paragraph, draft)
        elif _MARK.search(words):
            try:
                _put(paragraph, jinja.from_string(words).render(**values))
            except TemplateError as error:
                shown = words.strip()[:60]
                raise ConfigError(f"{_ROOM}:template.broken", name=path.name, words=shown, reason=error) from error
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _values(draft: Drafted, parties: list[dict[str, Any]], lang: Lang) -> dict[str, Any]:
    """What the placeholders stand for; what is not there is printed as a blank."""
    days = {one.kind: day(one.day, lang) for one in draft.dates}
    payments = [
        f"{one.name}: {money(one.amount, draft.currency, lang, words=False)}" for one in draft.payments if one.amount
    ]
    found = {
        "title": draft.title,
        "amount": money(draft.amount, draft.currency, lang) if draft.amount is not None else "",
        "amount_words": draft.amount_words,
        "currency": draft.currency,
        "start": days.get("start"),
        "end": days.get("expiry"),
        "sign_date": days.get("signing"),
        "attachments": "、".join(f"{one.number}. {one.title}" for one in draft.attachments),
        "payments": "\n".join(payments),
        **dict(zip(("a", "b"), parties, strict=False)),
    }
    return {name: value for name, value in found.items() if value}


def _put_clauses(paragraph: Any, draft: Drafted) -> None:
    """The clauses in place of a paragraph, each line a copy of it; headings in bold."""
    for one in draft.clauses:
        stop = "" if draft.language == "zh" else "."
        for line, bold in [
            (f"{one.number}{stop} {one.heading}", True),
            *((line, False) for line in one.text.split("\n")),
        ]:
            made = deepcopy(paragraph._p)
            paragraph._p.addprevious(made)
            added = type(paragraph)(made, paragraph._parent)
            _put(added, line)
            if bold:
                for run in added.runs:
                    run.bold = True
    paragraph._p.getparent().remove(paragraph._p)


def _put(paragraph: Any, words: str) -> None:
    """``words`` in the first run, whose formatting they take; the other runs are emptied."""
    runs = paragraph.runs
    runs[0].text = words
    for run in runs[1:]:
        run.text = ""


def _words(paragraph: Any) -> str:
    return "".join(run.text for run in paragraph.runs)


def _opened(path: Path) -> Any:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        return Document(str(path))
    except (OSError, PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, LxmlError) as error:
        raise ConfigError(f"{_ROOM}:template.damaged", name=path.name) from error


def _paragraphs(document: Any) -> Iterator[Any]:
    """Every paragraph of body, tables, headers and footers."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    parts = [(document.element.body, document)]
    for section in document.sections:
        parts += [(part._element, part) for part in (section.header, section.footer) if not part.is_linked_to_previous]
    for element, part in parts:
        for paragraph in list(element.iter(qn("w:p"))):
            yield Paragraph(paragraph, part)
