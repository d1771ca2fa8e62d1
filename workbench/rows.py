"""Rows of a file to requests and back: which column is which field, what a cell means, what a result row says."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel

from .errors import DocumentError, RequestError
from .files import file_fields
from .scenario import Cell, Scenario, Task
from .texts import LANGS, Lang, catalogue, text

if TYPE_CHECKING:
    from .batch import Item
    from .run import Run

_TRUE, _FALSE = {"是", "对", "√", "✓"}, {"否", "不", "×", "✗"}
_ANSWER = {"run_id", "status", "deliverable", "findings", "citations", "usage", "error"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as a spreadsheet holds it: the header, and rows of text, numbers, booleans and None, as JSON has them.

    Days are written YYYY-MM-DD.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str | int | float | bool | None, ...], ...]


class SheetFiles(Protocol):
    """Reads and writes tables as files."""

    def read(self, path: Path, name: str) -> Sheet:
        """The first table of an .xlsx, .csv or .tsv. Raises ``DocumentError``."""
        ...

    def write(self, path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], made_by: "Run | None") -> None:
        """An .xlsx of one sheet whose first row is ``header``; text in it is never a formula. Raises ``DocumentError``.

        With ``made_by``, a run whose output stands in it, the file carries that run's AI-content label as metadata.
        """
        ...

    def label(self, run: "Run") -> str:
        """The visible AI-content label of what ``run`` made."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a request, or why it is none."""

    request: dict[str, Any] | None
    cells: list[Any] = field(default_factory=list)
    problem: RequestError | None = None

    def error(self, lang: Lang) -> str:
        """The problem as a sentence; empty without one."""
        return self.problem.text(lang) if self.problem else ""


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of a file. ``ignored`` are columns that are no field of the task. ``digest`` tells the file again."""

    rows: tuple[Row, ...]
    digest: str
    header: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


def read_rows(
    path: Path, name: str, scenario: Scenario, task: Task[Any, Any, Any], sheets: SheetFiles, *, files: bool
) -> Rows:
    """The requests in a .jsonl, .xlsx, .csv or .tsv. ``files``: whether a row may name files of this machine.

    A wrong line or row becomes a problem of its own; a file without rows, or whose columns lack what the task needs, is
    refused as a whole. Raises ``DocumentError`` or ``RequestError``.
    """
    try:
        digest = sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise DocumentError("workbench:batch.unreadable", name=name, reason=error.strerror) from error
    barred = frozenset() if files else frozenset(file_fields(task.request))
    if Path(name).suffix.lower() in (".jsonl", ".ndjson"):
        found = Rows(tuple(_line(line, barred) for line in _lines(path, name)), digest)
    else:
        found = _sheet(sheets.read(path, name), digest, name, scenario, task, barred)
    if not found.rows:
        raise RequestError("workbench:batch.empty", name=name)
    return found


def answer(run: "Run") -> dict[str, Any]:
    """What ``cli.py run`` answers."""
    return run.model_dump(mode="json", include=_ANSWER)


def result_line(item: "Item", run: "Run | None") -> str:
    """A line of a results .jsonl."""
    told = {"row": item.number, "result": answer(run) if run else None, "error": item.error or None}
    return json.dumps(told, ensure_ascii=False) + "\n"


def results(
    path: Path,
    header: Sequence[str],
    answers: Iterator[tuple["Item", "Run | None"]],
    task: Task[Any, Any, Any],
    lang: Lang,
    sheets: SheetFiles,
) -> None:
    """Write the rows with what became of them as .jsonl or .xlsx, in order.

    A spreadsheet keeps its own columns; beside them stand the run, the result, the single facts of the deliverable, the
    findings, the AI-content label and the error. Raises ``RequestError`` for another kind of file, ``DocumentError``.
    """
    check_out(path)
    if path.suffix.lower() == ".jsonl":
        draft = path.with_name(f".{path.name}.part")
        try:
            with draft.open("w", encoding="utf-8") as file:
                file.writelines(result_line(item, run) for item, run in answers)
            draft.replace(path)
        except OSError as error:
            raise DocumentError("workbench:batch.unwritable", path=path, reason=error.strerror) from error
        return
    asked = list(header) or list(task.request.model_fields)
    single = [name for name in task.deliverable.model_fields if _is_single(task, name)]
    first: Run | None = None
    told: list[tuple[list[Cell], dict[str, Cell], list[Cell]]] = []
    for item, run in answers:
        made = run if run is not None and run.deliverable is not None else None
        first = first or made
        shown = item.cells if header else [(item.request or {}).get(name) for name in asked]
        before = [_cell(value) for value in (*shown, *[None] * (len(asked) - len(shown)))]
        before += [item.run_id, text(f"workbench:batch.item.{item.state}", lang), made.text if made else ""]
        facts = {name: _cell((made.deliverable or {}).get(name)) for name in single} if made else {}
        facts = {name: value for name, value in facts.items() if value not in (None, "") and value != before[-1]}
        findings = "\n".join(one.message for one in made.findings) if made else ""
        told.append((before, facts, [findings, sheets.label(made) if made else "", item.error]))
    used = [name for name in single if any(name in facts for _, facts, _ in told)]

    def say(*names: str) -> list[str]:
        return [text(f"workbench:batch.column.{name}", lang) for name in names]

    columns = [*asked, *say("run_id", "state", "text"), *used, *say("findings", "label", "error")]
    rows = ([*before, *(facts.get(name) for name in used), *after] for before, facts, after in told)
    sheets.write(path, columns, rows, first)


def check_out(path: Path) -> None:
    """Raise ``RequestError`` for a kind of file that results are not written as."""
    if path.suffix.lower() not in (".jsonl", ".xlsx"):
        raise RequestError("workbench:batch.out", path=path)


def _lines(path: Path, name: str) -> list[str]:
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise DocumentError("workbench:batch.unreadable", name=name, reason="UTF-8") from error
    return [line for line in lines if line.strip()]


def _line(line: str, barred: frozenset[str]) -> Row:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Row(None, problem=RequestError("workbench:batch.line", reason=error))
    if not isinstance(request, dict):
        return Row(None, problem=RequestError("workbench:batch.line", reason=type(request).__name__))
    return _allowed(Row(request), barred)


def _allowed(row: Row, barred: frozenset[str]) -> Row:
    named = sorted(barred & {key for key, value in (row.request or {}).items() if value})
    if not named:
        return row
    return Row(None, row.cells, RequestError("workbench:batch.files", field=named[0]))


def _sheet(
    sheet: Sheet, digest: str, name: str, scenario: Scenario, task: Task[Any, Any, Any], barred: frozenset[str]
) -> Rows:
    fields = read_columns(sheet.header, scenario, task)
    wanted = [key for key, one in task.request.model_fields.items() if one.is_required()]
    missing = [key for key in wanted if key not in fields.values()] or (
        [] if fields else list(task.request.model_fields)
    )
    if missing:
        found = ", ".join(filter(None, sheet.header)) or "-"
        raise RequestError("workbench:batch.columns", name=name, missing=", ".join(missing), found=found)
    kinds, choices = _kinds(task.request), _choices(scenario, task.request)
    rows = []
    for cells in sheet.rows:
        request = {
            key: choices[key].get(_folded(str(cells[place]))) or _value(cells[place], kinds[key])
            for place, key in fields.items()
            if place < len(cells) and cells[place] not in (None, "")
        }
        rows.append(_allowed(Row(request, list(cells)), barred))
    ignored = tuple(one for place, one in enumerate(sheet.header) if one and place not in fields)
    return Rows(tuple(rows), digest, sheet.header, ignored)


def read_columns(header: Sequence[str], scenario: Scenario, task: Task[Any, Any, Any]) -> dict[int, str]:
    """Which column (from 0) holds which field: by its name, or by its label on the form in either language."""
    fields = list(task.request.model_fields)
    names = {_folded(word): key for key in fields for word in _labels(scenario, f"form.{key}", f"page.{key}")}
    for lang in LANGS:
        names |= zip(map(_folded, column_names(scenario, task, lang)), fields, strict=True)
    names |= {_folded(key): key for key in fields}
    found: dict[int, str] = {}
    for place, word in enumerate(header):
        key = names.get(_folded(word))
        if key and key not in found.values():
            found[place] = key
    return found


def column_names(scenario: Scenario, task: Task[Any, Any, Any], lang: Lang) -> list[str]:
    """The columns that a table for ``task`` may have, as people call them; ``read_rows`` knows each by this name."""
    fields = list(task.request.model_fields)
    names = [_bare(next(iter(_labels(scenario, f"form.{key}", f"page.{key}", langs=[lang])), key)) for key in fields]
    return [key if names.count(name) > 1 else name for name, key in zip(names, fields, strict=True)]


def _bare(label: str) -> str:
    """A label without the hint in brackets at its end."""
    return re.sub(r"\s*[（(][^（）()]*[)）]\s*$", "", label) or label


def _choices(scenario: Scenario, request: type[BaseModel]) -> dict[str, dict[str, str]]:
    """For each field the words that the form shows for its choices, and the choices that they mean."""
    schema = request.model_json_schema()
    return {
        key: {
            _folded(word): choice
            for choice in part.get("enum", ())
            for word in _labels(scenario, f"form.{key}.{choice}", f"page.{key}.{choice}", f"value.{choice}")
        }
        for key, part in schema["properties"].items()
    }


def _labels(scenario: Scenario, *keys: str, langs: Iterable[Lang] = LANGS) -> list[str]:
    try:
        texts = catalogue(f"scenarios.{scenario.slug}")
    except OSError:
        return []
    return [texts[key][lang] for key in keys if key in texts for lang in langs]


def _folded(word: str) -> str:
    return word.casefold().strip(" \t\n*＊:：").replace(" ", "_")


def _kinds(request: type[BaseModel]) -> dict[str, set[str]]:
    """The JSON types that each field takes."""
    schema = request.model_json_schema()
    defined = schema.get("$defs", {})

    def kinds(part: Mapping[str, Any]) -> set[str]:
        if "$ref" in part:
            return kinds(defined[part["$ref"].rsplit("/", 1)[-1]])
        inner = [one for key in ("anyOf", "oneOf", "allOf") for one in part.get(key, ())]
        return {part["type"]} if "type" in part else set().union(*map(kinds, inner))

    return {key: kinds(part) for key, part in schema["properties"].items()}


def _value(cell: Any, kinds: set[str]) -> Any:
    """A cell as the JSON value that a field of these types takes; what does not fit stays for the form to refuse."""
    if not isinstance(cell, str):
        fits = kinds & {"integer", "number", "boolean"}
        return cell if fits or not kinds else _plain(cell)
    words = cell.strip()
    if words[:1] in ("[", "{") and kinds & {"array", "object"}:
        try:
            return json.loads(words)
        except (ValueError, RecursionError):
            return cell
    if "string" in kinds or not kinds:
        return cell
    if "array" in kinds:
        return [part.strip() for part in words.replace("；", ";").replace("\n", ";").split(";") if part.strip()]
    if "boolean" in kinds and words in _TRUE | _FALSE:
        return words in _TRUE
    return cell


def _plain(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _cell(value: object) -> Cell:
    match value:
        case None | bool():
            return None if value is None else str(value).lower()
        case str() | int() | float():
            return value
    return json.dumps(value, ensure_ascii=False) if value else ""


def _is_single(task: Task[Any, Any, Any], name: str) -> bool:
    """Whether a field of the deliverable is a single value that fits a cell."""
    return not _kinds(task.deliverable)[name] & {"array", "object"}
