"""A form made from a request's fields, for scenarios that draw none of their own, and a request put back into it."""

import json
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from enum import Enum
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import streamlit as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from workbench.errors import RequestError
from workbench.files import Files, holds_files
from workbench.scenario import Task
from workbench.texts import Lang, catalogue

from . import kept
from .language import t
from .upload import put as put_files
from .upload import upload

_SHOWN = 4
"""How many fields stand open, required ones always; the others are folded away."""

_MOMENTS: dict[Any, Any] = {date: st.date_input, time: st.time_input, datetime: st.datetime_input}

_SHORT = 1000
"""Longest text, in characters, that is asked for in one line."""


def fields(
    slug: str,
    task: Task[Any, Any, Any],
    lang: Lang,
    files: Files,
    own: Mapping[str, Callable[[], Any]] = MappingProxyType({}),
) -> dict[str, Any]:
    """Draw a widget for each field of ``task.request``; returns what was filled in, empty optional fields left out.

    ``own`` draws fields in another way, below the rest of those that stand open.
    """
    declared = {name: field for name, field in task.request.model_fields.items() if name not in own}
    shown = [name for name, field in declared.items() if field.is_required()]
    easy = [name for name, field in declared.items() if name not in shown and not _is_rows(field.annotation)]
    shown += easy[: max(_SHOWN - len(shown), 0)]
    values = {
        name: _field(slug, task.name, name, field, lang, files) for name, field in declared.items() if name in shown
    }
    values |= {name: draw() for name, draw in own.items()}
    if len(shown) < len(declared):
        with st.expander(t("form.more")):
            folded = {name: field for name, field in declared.items() if name not in shown}
            values |= {name: _field(slug, task.name, name, field, lang, files) for name, field in folded.items()}
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def fill(slug: str, request: BaseModel, whole: Collection[str] = ()) -> None:
    """Put ``request`` into the form, in place of what stands there; :func:`fields` gives it back.

    ``whole`` names fields that a widget of their own takes as they are.
    """
    for name, field in type(request).model_fields.items():
        kind, value = _plain(field.annotation), getattr(request, name)
        key = _key(slug, name, kind)
        if holds_files(field):
            put_files(key, [value] if isinstance(value, str) and value else value or [])
        elif name in whole or _choices(kind) or _of_choices(kind, list) or kind in (bool, int, float, *_MOMENTS):
            kept.put(key, value)
        elif choices := _of_choices(kind, dict):
            for choice in choices:
                kept.put(f"{key}-{choice}", (value or {}).get(choice, ""))
        elif kind is str:
            kept.put(key, value or "")
        elif _is_lines(kind):
            kept.put(key, "\n".join(map(str, value or ())))
        else:
            kept.put(key, _json(request.model_dump(mode="json", include={name})[name]))


def _field(slug: str, task: str, name: str, field: FieldInfo, lang: Lang, files: Files) -> Any:
    label = (
        _text(slug, f"form.{task}.{name}", lang)
        or _text(slug, f"form.{name}", lang)
        or name.replace("_", " ").capitalize()
    )
    kind = _plain(field.annotation)
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    key = _key(slug, name, kind)
    if holds_files(field):
        many = get_origin(kind) is list
        paths = upload(files, label, key, many=many)
        return paths if many else next(iter(paths), None)
    if choices := _choices(kind):
        names = {choice: _text(slug, f"form.{name}.{choice}", lang) or str(choice) for choice in choices}
        return st.selectbox(label, choices, key=kept.keep(key, default or choices[0]), format_func=names.__getitem__)
    if choices := _of_choices(kind, list):
        names = {choice: _text(slug, f"form.{name}.{choice}", lang) or str(choice) for choice in choices}
        return st.multiselect(label, choices, key=kept.keep(key, default or []), format_func=names.__getitem__)
    if choices := _of_choices(kind, dict):
        with st.popover(label, width="stretch"):
            labels = {choice: _text(slug, f"form.{name}.{choice}", lang) or str(choice) for choice in choices}
            named = {choice: st.text_input(labels[choice], key=kept.keep(f"{key}-{choice}", "")) for choice in choices}
        return {choice: words.strip() for choice, words in named.items() if words.strip()}
    if kind is bool:
        return st.toggle(label, key=kept.keep(key, bool(default)))
    if kind in (int, float):
        return st.number_input(label, step=1 if kind is int else None, key=kept.keep(key, default))
    if kind in _MOMENTS:
        return _MOMENTS[kind](label, key=kept.keep(key, default))
    if kind is str and _fits_line(field):
        return st.text_input(label, key=kept.keep(key, default or ""))
    if kind is str:
        return st.text_area(label, key=kept.keep(key, default or ""), height=140)
    if _is_lines(kind):
        lines = st.text_area(label, key=kept.keep(key, "\n".join(default or [])), height=80)
        return [line.strip() for line in lines.splitlines() if line.strip()]
    written = st.text_area(label, key=kept.keep(key, _json(default)), height=80)
    try:
        return json.loads(written) if written.strip() else None
    except ValueError as error:
        raise RequestError("workbench:request.invalid", place=label, reason=error) from error


def _choices(kind: Any) -> list[Any]:
    if get_origin(kind) is Literal:
        return list(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [member.value for member in kind]
    return []


def _of_choices(kind: Any, holder: type) -> list[Any]:
    """The choices of a ``list[Literal[...]]`` or of the keys of a ``dict``; empty where ``kind`` is something else."""
    return _choices(get_args(kind)[0]) if get_origin(kind) is holder else []


def _is_lines(kind: Any) -> bool:
    """Whether a list is asked for one a line: of texts, also bounded ones, and of days."""
    if get_origin(kind) is not list:
        return False
    [each] = get_args(kind)
    return (get_args(each)[0] if get_origin(each) is Annotated else each) in (str, date)


def _is_rows(kind: Any) -> bool:
    """Whether rows are asked for, which programs hand in and people upload as a table."""
    return get_origin(kind) is list and get_origin(get_args(kind)[0]) is dict


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) if value else ""


def _key(slug: str, name: str, kind: Any) -> str:
    """The widget's key: tasks of a scenario share what was typed, but a choice of several is no list of lines."""
    return f"{slug}-form-{name}{'-chosen' if _of_choices(kind, list) else ''}"


def _fits_line(field: FieldInfo) -> bool:
    """A text that says no limit is a line when it may stay empty."""
    limits = [mark.max_length for mark in field.metadata if hasattr(mark, "max_length")]
    return limits[0] <= _SHORT if limits else not field.is_required()


def _plain(kind: Any) -> Any:
    """``X`` of ``X | None``."""
    if get_origin(kind) in (Union, UnionType):
        return next(part for part in get_args(kind) if part is not type(None))
    return kind


def _text(slug: str, key: str, lang: Lang) -> str:
    entry = catalogue(f"scenarios.{slug}").get(key)
    return entry[lang] if entry else ""
