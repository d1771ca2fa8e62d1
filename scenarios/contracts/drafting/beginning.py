"""Where a draft begins: the form, filled up with what a pasted deal or a past contract says."""

from typing import Any

from workbench.errors import RequestError
from workbench.forms import validated
from workbench.run import RunContext
from workbench.texts import Lang, text

from ..contract import Contract
from ..kinds import clauses as known_clauses
from .deal import read_deal
from .form import DraftRequest
from .library import form

_ROOM = "scenarios.contracts.drafting"
_LONGEST = 200_000
"""Characters of a past contract that are read."""


def complete(request: DraftRequest, context: RunContext) -> tuple[DraftRequest, list[str]]:
    """The form with type and language decided, and what to tell the person about how it was filled.

    Raises ``RequestError`` where no type can be told.
    """
    given = request.model_dump(exclude_unset=True, exclude_none=True)
    given = {name: value for name, value in given.items() if value not in ("", [])}
    found: dict[str, Any] = {}
    notes: list[str] = []
    sources = [("deal", request.deal or "")]
    if request.file:
        sources.append(("file", context.files.read(request.file).text[:_LONGEST]))
    for name, words in sources:
        if not words.strip():
            continue
        read = read_deal(words, request.contract_type)
        found = {**read, **found}
        lang = given.get("language") or read.get("language") or context.lang
        taken = "、" if lang == "zh" else ", "
        labels = taken.join(_label(key, lang) for key in read if key not in (*given, "language", "contract_type"))
        notes.append(text(f"{_ROOM}:draft.read.{name}", lang, fields=labels or "-"))
        if name == "file":
            notes += _left_over(Contract(words), read.get("contract_type") or request.contract_type, lang)
    merged = {**found, **given}
    if not merged.get("contract_type"):
        raise RequestError(f"{_ROOM}:draft.no_type")
    merged.setdefault("language", context.lang if context.lang in form(merged["contract_type"]).languages else "zh")
    if "language" not in given and merged["language"] not in form(merged["contract_type"]).languages:
        merged["language"] = form(merged["contract_type"]).languages[0]
    return validated(DraftRequest, merged), notes


def _label(field: str, lang: Lang) -> str:
    from .blanks import label

    return label(field, lang)


def _left_over(past: Contract, kind: Any, lang: Lang) -> list[str]:
    """Headings of a past contract that the library's form has no clause for."""
    if not kind:
        return []
    own = [heading for name in form(kind).clauses for heading in _headings(kind, name)]
    topics = [one.heading for one in known_clauses().values() if any(one.heading.search(words) for words in own)]
    left = [
        words for words in dict.fromkeys(past.headings)
        if len(words) >= 2 and words not in own and not any(topic.search(words) for topic in topics)
    ]  # fmt: skip
    if not left:
        return []
    return [text(f"{_ROOM}:draft.left_over", lang, headings=("、" if lang == "zh" else ", ").join(left[:12]))]


def _headings(kind: Any, name: str) -> list[str]:
    from .library import clause

    return list(clause(kind, name)[0].heading.values())
