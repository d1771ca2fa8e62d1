"""Parts of a deliverable that people change in place: rows of a table and single values. Each save is a version."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import streamlit as st
from pydantic import BaseModel

from workbench.approvals import Actor
from workbench.run import Run, Version
from workbench.services import Services

from .attempt import succeeds
from .language import t
from .literal import literal

Json = dict[str, Any]
_ROUND = "fields-round"
_AT = "_at"  # the place of a row in the deliverable; rows that were added have none


@dataclass(frozen=True)
class Table:
    """Rows of a deliverable. ``row`` is the type of a row, ``columns`` its fields that are shown with their headings.

    ``rows`` takes them out of the deliverable's JSON; ``fields`` says what changes in it for the rows given. ``locked``
    columns are only read. Where it ``grows``, rows may be added and removed.
    """

    title: str
    row: type[BaseModel]
    columns: Mapping[str, str]
    rows: Callable[[Json], list[Json]]
    fields: Callable[[Json, list[Json]], Json]
    locked: Collection[str] = ()
    grows: bool = False

    @classmethod
    def of(
        cls, name: str, title: str, row: type[BaseModel], columns: Mapping[str, str], *, locked: Collection[str] = (),
        grows: bool = False,
    ) -> "Table":  # fmt: skip
        """The rows of the deliverable's field ``name``."""
        return cls(title, row, columns, lambda made: made[name], lambda made, rows: {name: rows}, locked, grows)

    def draw(self, made: Json, key: str) -> Json:
        """Draw it; returns the changed fields, none when nothing was changed."""
        st.markdown(f"**{literal(self.title)}**")
        shown = self.shown(made)
        edited = st.data_editor(
            shown,
            key=key,
            hide_index=True,
            num_rows="dynamic" if self.grows else "fixed",
            disabled=[*self.locked],
            column_config={_AT: None}
            | {name: self._column(name, label, shown) for name, label in self.columns.items()},
            width="stretch",
        )
        return self.changed(made, edited)

    def shown(self, made: Json) -> list[Json]:
        """The cells, and which row of the deliverable they are of."""
        return [
            {_AT: at} | {name: _cell(row.get(name), _kind(self.row, name)) for name in self.columns}
            for at, row in enumerate(self.rows(made))
        ]

    def changed(self, made: Json, edited: Sequence[Json]) -> Json:
        """What changes in the deliverable when the cells read ``edited``. A new row that was left empty is none."""
        before, after = self.rows(made), []
        for row in edited:
            told = {name: _value(row.get(name), _kind(self.row, name)) for name in self.columns}
            at = _value(row.get(_AT), int)
            if at is not None:
                after.append(before[at] | told)
            elif filled := {name: value for name, value in told.items() if value not in (None, "", [])}:
                after.append(filled)
        return self.fields(made, after) if after != before else {}

    def _column(self, name: str, label: str, shown: Sequence[Json]) -> Any:
        kind = _kind(self.row, name)
        make = st.column_config
        if get_origin(kind) is Literal:
            return make.SelectboxColumn(label, options=list(get_args(kind)), required=True)
        if get_origin(kind) is list:
            known = sorted({str(value) for row in shown for value in row[name] or []})
            return make.MultiselectColumn(label, options=known, accept_new_options=True)
        if kind is bool:
            return make.CheckboxColumn(label)
        if kind in (int, float):
            low, high = _bounds(self.row, name)
            return make.NumberColumn(label, min_value=low, max_value=high, step=1 if kind is int else None)
        return make.DateColumn(label, format="YYYY-MM-DD") if kind is date else make.TextColumn(label)


@dataclass(frozen=True)
class Values:
    """Single values of a deliverable of type ``model``, by field with their labels: texts, numbers, days, switches."""

    model: type[BaseModel]
    labels: Mapping[str, str]

    def draw(self, made: Json, key: str) -> Json:
        """Draw them; returns the changed fields, none when nothing was changed."""
        now = {name: self._widget(name, label, made[name], f"{key}-{name}") for name, label in self.labels.items()}
        return {name: value for name, value in now.items() if value != made[name]}

    def _widget(self, name: str, label: str, value: Any, key: str) -> Any:
        kind = _kind(self.model, name)
        if get_origin(kind) is Literal:
            choices = list(get_args(kind))
            return st.selectbox(label, choices, index=choices.index(value), key=key)
        if kind is bool:
            return st.toggle(label, value, key=key)
        if kind in (int, float):
            low, high = _bounds(self.model, name)
            return st.number_input(label, low, high, value, key=key)
        if kind is date:
            return _value(st.date_input(label, _cell(value, date), key=key), date)
        return st.text_input(label, value, key=key) if len(value) < 100 else st.text_area(label, value, key=key)


Part = Table | Values


@st.fragment
def fields_tab(services: Services, run: Run, version: Version, actor: Actor, parts: Sequence[Part]) -> None:
    """Draw the parts of the newest ``version``, and the bar that keeps what was changed."""
    st.caption(t("fields.help"))
    key = f"fields-{run.run_id}-{version.number}-{st.session_state.get(_ROUND, 0)}"
    made = version.deliverable
    changed: Json = {}
    for number, part in enumerate(parts):
        changed |= part.draw(made | changed, f"{key}-{number}")
    newest = services.runs.versions(run.run_id)[-1]
    if changed and newest.number > version.number:
        name = literal(services.desk.name(newest.author)) if newest.author else t("result.somebody")
        st.warning(t("fields.meet", name=name, number=newest.number), icon=":material/call_split:")
    with st.container(horizontal=True, key=f"{key}-bar"):
        save = partial(services.desk.edit_fields, run.run_id, changed, actor, version.number)
        if st.button(
            t("result.save"), type="primary", icon=":material/save:", disabled=not changed, key=f"{key}-save"
        ) and succeeds(save, t("edit.saved")):
            st.rerun()
        if changed and st.button(t("result.discard"), type="tertiary", key=f"{key}-discard"):
            st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
            st.rerun()


def _kind(model: type[BaseModel], name: str) -> Any:
    """The type of a field; ``X`` of ``X | None``."""
    kind = model.model_fields[name].annotation
    if get_origin(kind) in (Union, UnionType):
        return next(part for part in get_args(kind) if part is not type(None))
    return kind


def _bounds(model: type[BaseModel], name: str) -> tuple[Any, Any]:
    marks = model.model_fields[name].metadata
    low = next((mark.ge for mark in marks if hasattr(mark, "ge")), None)
    return low, next((mark.le for mark in marks if hasattr(mark, "le")), None)


def _cell(value: Any, kind: Any) -> Any:
    """A value of the deliverable's JSON as a table or widget takes it."""
    return date.fromisoformat(value) if kind is date and value else value


def _value(cell: Any, kind: Any) -> Any:
    """A cell as the deliverable's JSON holds it; None for an empty one of a kind that has no empty value."""
    if kind is str:
        return "" if cell is None or cell != cell else str(cell)
    if get_origin(kind) is list:
        return [str(one) for one in cell] if cell is not None and cell == cell else []
    if cell is None or cell != cell:  # not a number: an empty cell
        return None
    if kind in (int, float) or kind is bool:
        return kind(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else cell
