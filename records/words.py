"""The words of runs, so that they are found: one row a run, under FTS5 on SQLite and a GIN index on PostgreSQL.

Beside the words of its request and text a row holds marks for what lists are filtered by (scenario, author and others),
so that words and filters are one look-up. Numerals stay as they are written. Rows are numbered as runs come: the latest
first needs no sorting.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, false, literal_column, select, text
from sqlalchemy.orm import Session

from workbench.words import parts, words

from .tables import RunRow, VersionRow, WordsRow

MARKED = ("scenario", "task", "status", "author", "department", "backend", "model", "month")
_MOST = 100_000
"""Characters of a run that are indexed."""


def note_words(session: Session, run: RunRow) -> None:
    """Index the run as it stands now, its newest version included. A purged one is found by its marks alone."""
    newest = session.scalar(
        select(VersionRow.text).where(VersionRow.run_id == run.run_id).order_by(VersionRow.number.desc()).limit(1)
    )
    told = [run.run_id, *strings(run.request), run.text, newest if newest != run.text else ""]
    found = dict.fromkeys(words("\n".join(filter(None, told))[:_MOST], digits=False))
    row = session.scalar(select(WordsRow).where(WordsRow.run_id == run.run_id))
    if row is None:
        row = WordsRow(run_id=run.run_id)
        session.add(row)
    row.words = " ".join((*(mark(name, getattr(run, name)) for name in MARKED), *found))


def mark(name: str, value: str) -> str:
    """A word for ``value`` of a filter that is no word of any text: those hold no character of private use."""
    return "\ue000" + hashlib.blake2b(f"{name}={value}".encode(), digest_size=8).hexdigest()


def matching(sqlite: bool, asked: str, filters: Mapping[str, Sequence[str]]) -> ColumnElement[bool]:
    """The condition on ``WordsRow`` that all words of ``asked`` stand in a row, and one value of each filter.

    A word of letters at the end may be the beginning of one.
    """
    every = [_any([mark(name, value) for value in values], sqlite) for name, values in filters.items()]
    wanted = list(dict.fromkeys(words(asked, digits=False)))
    for place, word in enumerate(wanted):
        within = parts(word)
        either = [_quoted(word, sqlite, prefix=place == len(wanted) - 1 and word.isascii())]
        if within:
            either.append("(" + _and(sqlite).join(_quoted(part, sqlite) for part in within) + ")")
        every.append("(" + _or(sqlite).join(either) + ")")
    if not every:  # signs only
        return false()
    query = _and(sqlite).join(every)
    if sqlite:
        found = text("SELECT rowid FROM run_search WHERE run_search MATCH :query").bindparams(query=query)
        return WordsRow.id.in_(found.columns(WordsRow.id))
    vector: ColumnElement[Any] = literal_column("array_to_tsvector(string_to_array(run_words.words, ' '))")
    return vector.op("@@")(text("CAST(:query AS tsquery)").bindparams(query=query))


def _any(values: Sequence[str], sqlite: bool) -> str:
    return "(" + _or(sqlite).join(_quoted(value, sqlite) for value in values) + ")"


def _quoted(word: str, sqlite: bool, *, prefix: bool = False) -> str:
    """A word as the query language takes it; words are letters and digits only, so that quotes suffice."""
    if sqlite:
        return f'"{word}"' + ("*" if prefix else "")
    return f"'{word}'" + (":*" if prefix else "")


def _and(sqlite: bool) -> str:
    return " AND " if sqlite else " & "


def _or(sqlite: bool) -> str:
    return " OR " if sqlite else " | "


def strings(value: Any) -> Iterator[str]:
    """All texts in a JSON value."""
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from strings(part)
        case list():
            for part in value:
                yield from strings(part)
