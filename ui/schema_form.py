"""A form made from a request's fields, for scenarios that draw none of their own."""

import json
from datetime import date
from enum import Enum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import streamlit as st
from pydantic.fields import FieldInfo

from workbench.errors import RequestError
from workbench.files import Files, holds_files
from workbench.scenario import Task
from workbench.texts import Lang, catalogue

from . import kept
from .upload import upload


def fields(slug: str, task: Task[Any, Any, Any], lang: Lang, files: Files) -> dict[str, Any]:
    """Draw a widget for each field of ``task.request``; returns what was filled in, empty optional fields left out."""
    values = {name: _field(slug, name, field, lang, files) for name, field in task.request.model_fields.items()}
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _field(slug: str, name: str, field: FieldInfo, lang: Lang, files: Files) -> Any:
    label = _label(slug, name, lang)
    kind = _plain(field.annotation)
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    key = f"{slug}-form-{name}"
    if holds_files(field):
        many = get_origin(kind) is list
        paths = upload(files, label, key, many=many)
        return paths if many else next(iter(paths), None)
    if get_origin(kind) is Literal:
        choices = list(get_args(kind))
        return st.selectbox(label, choices, key=kept.keep(key, default or choices[0]))
    if isinstance(kind, type) and issubclass(kind, Enum):
        members = [member.value for member in kind]
        return st.selectbox(label, members, key=kept.keep(key, default or members[0]))
    if kind is bool:
        return st.toggle(label, key=kept.keep(key, bool(default)))
    if kind in (int, float):
        return st.number_input(label, step=1 if kind is int else None, key=kept.keep(key, default))
    if kind is date:
        return st.date_input(label, key=kept.keep(key, default))
    if kind is str:
        return st.text_area(label, key=kept.keep(key, default or ""), height=120)
    if kind == list[str]:
        lines = st.text_area(label, key=kept.keep(key, "\n".join(default or [])), height=100)
        return [line.strip() for line in lines.splitlines() if line.strip()]
    written = st.text_area(label, key=kept.keep(key, json.dumps(default or None, ensure_ascii=False)), height=80)
    try:
        return json.loads(written) if written.strip() not in ("", "null") else None
    except ValueError as error:
        raise RequestError("workbench:request.invalid", place=label, reason=error) from error


def _plain(kind: Any) -> Any:
    """``X`` of ``X | None``."""
    if get_origin(kind) in (Union, UnionType):
        return next(part for part in get_args(kind) if part is not type(None))
    return kind


def _label(slug: str, name: str, lang: Lang) -> str:
    entry = catalogue(f"scenarios.{slug}").get(f"form.{name}")
    return entry[lang] if entry else name.replace("_", " ").capitalize()
