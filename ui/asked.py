"""What a result was asked for: its subject in a line, and the filled form behind it."""

import json
from pathlib import Path
from typing import Any

import streamlit as st
from pydantic.fields import FieldInfo
from pydantic_core import to_jsonable_python

from workbench.files import file_fields
from workbench.rows import column_names
from workbench.run import Run
from workbench.scenario import Scenario
from workbench.texts import catalogue

from . import language
from .language import t
from .literal import literal, short


def asked(scenario: Scenario, run: Run) -> None:
    """The line above a result. Nothing where the words of the form were not kept."""
    filled = _filled(scenario, run)
    if not filled:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="asked"):
        st.markdown(f"**{literal(short(run.subject, 60))}**", width="stretch")
        with st.popover(t("result.asked"), icon=":material/description:", type="tertiary", key=f"asked-{run.run_id}"):
            for label, words in filled:
                st.caption(literal(label))
                st.text(words)


def _filled(scenario: Scenario, run: Run) -> list[tuple[str, str]]:
    """(label, words) of each field that holds something other than its default, as the form calls them."""
    if not run.inputs_kept or run.purged_at is not None:
        return []
    task = scenario.task(run.task)
    fields, files = task.request.model_fields, file_fields(task.request)
    named = dict(zip(fields, column_names(scenario, task, language.current()), strict=True))
    return [
        (named[name], _words(scenario, name, value, is_file=name in files))
        for name, value in run.request.items()
        if name in fields and value not in (None, "", [], {}, _default(fields[name]))
    ]


def _default(field: FieldInfo) -> Any:
    return None if field.is_required() else to_jsonable_python(field.get_default(call_default_factory=True))


def _words(scenario: Scenario, name: str, value: Any, *, is_file: bool) -> str:
    if isinstance(value, list):
        return "\n".join(_words(scenario, name, one, is_file=is_file) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, indent=1)
    if is_file:
        return Path(value).name
    if isinstance(value, bool):
        return t("result.yes" if value else "result.no")
    choice = catalogue(f"scenarios.{scenario.slug}").get(f"form.{name}.{value}") if isinstance(value, str) else None
    return choice[language.current()] if choice else str(value)
