"""The guided form of a draft: type and side first, then sections that ask only what the type's clauses need."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import streamlit as st
import yaml

from ui import kept
from ui.literal import literal
from ui.upload import put as put_files
from ui.upload import upload
from workbench.errors import ConfigError
from workbench.files import Files
from workbench.texts import Lang, text

from .blanks import label
from .form import DraftKind, DraftRequest, Instalment, Item, Part, PartyForm
from .library import asked
from .library import form as type_of
from .word_template import check, fields, placeholders

_KEY = "contracts-draft"
_CHOSEN = f"{_KEY}-type-chosen"
_KINDS: tuple[DraftKind, ...] = get_args(DraftKind)
_PARTY = ("name", "credit_code", "id_number", "address")
_PARTY_MORE = ("representative", "contact", "phone", "email", "bank", "account")
_TABLES: dict[str, type[Part]] = {"items": Item, "payments": Instalment}
_LONG = ("subject", "purpose", "quality")
_WIDE = (*_LONG, *_TABLES, "parties", "contributions", "template", "attachments", "deliverables", "special_terms")


@cache
def _layout() -> Any:
    return yaml.safe_load(Path(__file__).with_name("fields.yaml").read_text("utf-8"))


def fill(request: DraftRequest) -> None:
    """Put a request into the form, in place of what stands there."""
    for name in DraftRequest.model_fields:
        key, value = f"{_KEY}-{name}", getattr(request, name)
        if name in _TABLES:
            st.session_state[f"{key}-now"] = [_cells(one) for one in value or ()]
            st.session_state[f"{key}-turn"] = st.session_state.get(f"{key}-turn", 0) + 1
        elif name == "parties":
            _put_parties(value or [])
        elif name in ("file", "template"):
            put_files(key, [value] if value else [])
        elif name == "attachments":
            kept.put(key, "\n".join(one.title for one in value or ()))
        elif name in ("deliverables", "special_terms"):
            kept.put(key, "\n".join(value or ()))
        elif name not in ("contributions", "risk"):
            numeric = _number(name) is float and value is not None
            kept.put(key, float(value) if numeric else value or _empty(name))
    kept.put(f"{_KEY}-high", request.risk == "high")
    kept.put(_CHOSEN, request.contract_type is not None)
    shares = {one.party: one for one in request.contributions or ()}
    for at in ("a", "b"):
        kept.put(f"{_KEY}-contribution-{at}", shares[at].contribution if at in shares else "")
        share = shares[at].share if at in shares else None
        kept.put(f"{_KEY}-share-{at}", None if share is None else float(share))


def _put_parties(given: Sequence[PartyForm]) -> None:
    """Each party in its seat; those that name none take them in order."""
    free = iter([one for one in given if not one.role])
    for at, role in enumerate("ab"):
        one = next((one for one in given if one.role == role), None) or next(free, PartyForm())
        for field in (*_PARTY, *_PARTY_MORE):
            kept.put(f"{_KEY}-party{at}-{field}", getattr(one, field))


def _cells(row: Part) -> dict[str, Any]:
    """What a row of a table holds, numbers as the table counts them."""
    filled = {name: value for name, value in row if value not in (None, "")}
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in filled.items()}


def form(files: Files, lang: Lang) -> dict[str, Any]:
    """Draw the form; returns what was filled in."""
    values: dict[str, Any] = {}
    names = {None: _say("form.type.auto", lang)} | {
        kind: text(f"scenarios.contracts:form.contract_type.{kind}", lang) for kind in _KINDS
    }
    begun = any(st.session_state.get(f"{_KEY}-{name}") for name in ("deal", "file"))
    if begun and not st.session_state.get(_CHOSEN):
        kept.put(f"{_KEY}-contract_type", None)  # what was pasted tells the type until a person does
    left, right = st.columns(2)
    with left:
        kind = st.selectbox(
            _say("form.type", lang),
            [*_KINDS, None],
            key=kept.keep(f"{_KEY}-contract_type", _KINDS[0]),
            format_func=names.__getitem__,
            on_change=kept.put,
            args=(_CHOSEN, True),
        )
    with right:
        languages = type_of(kind).languages if kind else ["zh", "en"]
        values["language"] = st.selectbox(
            label("language", lang),
            languages,
            key=_within(f"{_KEY}-language", languages),
            format_func={"zh": "中文", "en": "English"}.__getitem__,
        )
    values |= {"contract_type": kind, **_stance(kind, lang)}
    with st.expander(_say("section.begin", lang), icon=":material/content_paste:", expanded=kind is None):
        values["deal"] = st.text_area(
            label("deal", lang), key=kept.keep(f"{_KEY}-deal", ""), height=110, placeholder=_say("form.deal.hint", lang)
        )
        values["file"] = next(iter(upload(files, _say("form.file", lang), f"{_KEY}-file")), None)
    wanted = _wanted(kind)
    for section, declared in _layout()["sections"].items():
        shown = [name for name in declared if name in wanted]
        if not shown:
            continue
        with st.expander(_say(f"section.{section}", lang), expanded=section == "who" and kind is not None):
            values |= _drawn(shown, kind, files, lang)
    values["contributions"] = _contributions(values.pop("contributions", None))
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _drawn(names: Sequence[str], kind: DraftKind | None, files: Files, lang: Lang) -> dict[str, Any]:
    """The fields of a section: short ones two in a row."""
    values: dict[str, Any] = {}
    waiting: list[str] = []
    for name in [*names, ""]:
        short = name and name not in _WIDE
        if waiting and (len(waiting) == 2 or not short):
            for one, column in zip(waiting, st.columns(2), strict=False):
                with column:
                    values[one] = _field(one, kind, files, lang)
            waiting = []
        if short:
            waiting.append(name)
        elif name:
            values[name] = _field(name, kind, files, lang)
    return values


def _stance(kind: DraftKind | None, lang: Lang) -> dict[str, Any]:
    """Whom we are and how far the wording goes in our favour."""
    sides = {"": _say("form.side.even", lang)} | {at: _seat(kind, at, lang) for at in ("a", "b")}
    side = st.segmented_control(
        _say("form.side", lang), list(sides), key=kept.keep(f"{_KEY}-side", ""), format_func=sides.__getitem__
    )
    high = st.toggle(
        _say("form.strict", lang),
        key=kept.keep(f"{_KEY}-high", False),
        help=_say("form.strict.help", lang),
        disabled=not side,
    )
    return {"side": side or "", "risk": "high" if high and side else "standard"}


def _seat(kind: DraftKind | None, at: str, lang: Lang) -> str:
    """What a party is called: 甲方（买方）, Client."""
    role = type_of(kind).roles[at] if kind else None
    if lang == "zh":
        plain = "甲方" if at == "a" else "乙方"
        return f"{plain}（{role.zh}）" if role else plain
    return role.en if role and role.en else f"Party {at.upper()}"


def _wanted(kind: DraftKind | None) -> set[str]:
    """The fields that the clauses of a type come from."""
    layout = _layout()
    if kind is None:
        return set(layout["always"])
    used = asked(kind)
    found = {field for name in used for field in layout["from"].get(name, [name])}
    return found | set(layout["always"])


def _template(files: Files, lang: Lang) -> str | None:
    """The company's Word form: its placeholders listed and checked as soon as it is there."""
    path = next(iter(upload(files, label("template", lang), f"{_KEY}-template", kinds=["docx"])), None)
    if path is None:
        return None
    try:
        found = placeholders(Path(path))
        check(Path(path))
    except ConfigError as error:
        st.error(literal(error.text(lang)), icon=":material/error:")
    else:
        listed = " ".join(f"`{one}`" for one in found) or _say("template.none", lang)
        st.caption(f":green[:material/check_circle:] {_say('template.found', lang, count=len(found))} {listed}")
    with st.popover(_say("template.known", lang), type="tertiary"):
        st.markdown(" ".join(f"`{{{{ {one} }}}}`" for one in fields()))
    return path


def _field(name: str, kind: DraftKind | None, files: Files, lang: Lang) -> Any:
    key = f"{_KEY}-{name}"
    if name == "parties":
        return _parties(kind, lang)
    if name in _TABLES:
        return _table(name, lang)
    if name == "contributions":
        return _shares(lang)
    if name == "template":
        return _template(files, lang)
    if name in ("attachments", "deliverables", "special_terms"):
        written = st.text_area(_say(f"form.{name}.lines", lang), key=kept.keep(key, ""), height=80)
        lines = [line.strip() for line in written.splitlines() if line.strip()]
        return [{"title": line} for line in lines] if name == "attachments" else lines
    declared = _plain(DraftRequest.model_fields[name].annotation)
    if get_origin(declared) is Literal:
        return _choice(name, list(get_args(declared)), lang)
    if declared is bool:
        return st.toggle(label(name, lang), key=kept.keep(key, False))
    if declared is date:
        return st.date_input(label(name, lang), key=kept.keep(key))
    if (number := _number(name)) is not None:
        return st.number_input(label(name, lang), min_value=number(0), step=number(1), key=kept.keep(key))
    draw = st.text_area if name in _LONG else st.text_input
    return draw(label(name, lang), key=kept.keep(key, ""))


def _choice(name: str, choices: list[Any], lang: Lang) -> Any:
    """A choice; one that may be left open begins with a dash."""
    optional = DraftRequest.model_fields[name].get_default() is None
    shown = {None: "—"} | {one: one if name == "currency" else _say(f"form.{name}.{one}", lang) for one in choices}
    key = kept.keep(f"{_KEY}-{name}", None if optional else choices[0])
    return st.selectbox(
        label(name, lang), [None, *choices] if optional else choices, key=key, format_func=shown.__getitem__
    )


def _parties(kind: DraftKind | None, lang: Lang) -> list[dict[str, str]]:
    """Both parties side by side; what is rarely needed is folded away."""
    made: list[dict[str, str]] = [{}, {}]
    for at, column in enumerate(st.columns(2)):
        with column:
            st.markdown(f"**{_seat(kind, 'ab'[at], lang)}**")
            for field in _PARTY:
                made[at][field] = st.text_input(
                    _say(f"form.party.{field}", lang), key=kept.keep(f"{_KEY}-party{at}-{field}", "")
                )
            with st.popover(_say("form.party.more", lang), width="stretch"):
                for field in _PARTY_MORE:
                    made[at][field] = st.text_input(
                        _say(f"form.party.{field}", lang), key=kept.keep(f"{_KEY}-party{at}-{field}", "")
                    )
    filled = [{"role": "ab"[at]} | {name: value for name, value in one.items() if value} for at, one in enumerate(made)]
    return [one for one in filled if len(one) > 1]


def _shares(lang: Lang) -> list[Any]:
    made = []
    for at, plain in (("a", "甲方"), ("b", "乙方")):
        party = plain if lang == "zh" else f"Party {at.upper()}"
        words = st.text_input(
            _say("form.contribution", lang, party=party), key=kept.keep(f"{_KEY}-contribution-{at}", "")
        )
        share = st.number_input(
            _say("form.share", lang, party=party),
            min_value=0.0,
            max_value=100.0,
            step=1.0,
            key=kept.keep(f"{_KEY}-share-{at}"),
        )
        made.append({"party": at, "contribution": words, "share": share})
    return made


def _contributions(made: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    return [one for one in made or [] if one["contribution"] or one["share"] is not None]


def _table(name: str, lang: Lang) -> list[dict[str, Any]]:
    """Rows that are edited in place; they stay when the page is left."""
    import pandas

    now, turn = f"{_KEY}-{name}-now", st.session_state.setdefault(f"{_KEY}-{name}-turn", 0)
    key = f"{_KEY}-{name}-{turn}"
    fields = _TABLES[name].model_fields
    if key not in st.session_state:
        st.session_state[f"{key}-base"] = list(st.session_state.get(now, []))
    st.caption(label(name, lang))
    rows = pandas.DataFrame(st.session_state[f"{key}-base"], columns=list(fields))
    for field, declared in fields.items():
        kind = _plain(declared.annotation)
        rows[field] = (
            pandas.to_datetime(rows[field])
            if kind is date
            else rows[field].astype("Float64" if kind is not str else "string")
        )
    config = {field: _column(name, field, _plain(declared.annotation), lang) for field, declared in fields.items()}
    edited = st.data_editor(rows, num_rows="dynamic", hide_index=True, width="stretch", key=key, column_config=config)
    made = [_row(one) for one in edited.to_dict("records")]
    st.session_state[now] = [one for one in made if one]
    return st.session_state[now]  # type: ignore[no-any-return]


def _row(cells: Mapping[Any, Any]) -> dict[str, Any]:
    import pandas

    filled = {str(name): value for name, value in cells.items() if not pandas.isna(value) and value != ""}
    return {name: value.date() if hasattr(value, "date") else value for name, value in filled.items()}


def _column(table: str, field: str, kind: Any, lang: Lang) -> Any:
    title = _say(f"form.{table}.{field}", lang)
    if kind is date:
        return st.column_config.DateColumn(title)
    return st.column_config.TextColumn(title) if kind is str else st.column_config.NumberColumn(title, min_value=0)


def _within(key: str, choices: Sequence[Any]) -> str:
    """The key of a widget whose kept value may be no choice any more."""
    kept.keep(key, choices[0])
    if st.session_state[key] not in choices:
        kept.put(key, choices[0])
    return key


def _number(name: str) -> type[int] | type[float] | None:
    kind = _plain(DraftRequest.model_fields[name].annotation)
    return int if kind is int else float if kind is Decimal else None


def _empty(name: str) -> Any:
    kind = _plain(DraftRequest.model_fields[name].annotation)
    return "" if kind is str else False if kind is bool else None


def _plain(kind: Any) -> Any:
    """``X`` of ``X | None`` and of ``Annotated[X, ...]``."""
    while (parts := get_args(kind)) and get_origin(kind) is not Literal:
        kind = next(part for part in parts if part is not type(None))
    return kind


def _say(key: str, lang: Lang, **values: Any) -> str:
    return text(f"scenarios.contracts.drafting:{key}", lang, **values)
