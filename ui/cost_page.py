"""What the work costs: spend by whatever one asks, budgets, and the statement of a department."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

import streamlit as st

from workbench.costs import MEASURES, Measure
from workbench.services import Services
from workbench.spending import Dimension, Spend, this_month
from workbench.texts import text

from . import kept, language
from .bars import bars
from .empty import empty
from .language import t
from .literal import literal
from .made_file import XLSX, made_file

_DIMENSIONS: tuple[Dimension, ...] = ("month", "department", "person", "scenario", "model")
_ALL = ""


def cost_page(services: Services) -> None:
    """Draw the page."""
    st.title(t("cost.title"))
    with st.container(key="purpose"):
        st.markdown(t("cost.purpose"))
    store = services.ledger.store
    months = sorted((one.group["month"] for one in store.spend(["month"])), reverse=True)
    if not months:
        empty("payments", t("cost.empty"))
        return
    offered = {_ALL: t("cost.all_months"), **{one: one for one in months}}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        month = st.selectbox(
            t("cost.month"),
            list(offered),
            key=kept.keep("cost-month", _ALL),
            format_func=offered.__getitem__,
            width=180,
        )
        by = _pick("cost-by", t("cost.by"), {one: t(f"cost.by.{one}") for one in _DIMENSIONS}, "month")
        total = store.spend(since=month, until=month)
        measures: dict[str, str] = {one: t(f"cost.measure.{one}") for one in MEASURES}
        measure = _pick("cost-measure", t("cost.measure"), measures, "money" if total and total[0].cost else "runs")
    if total:
        _totals(total[0], services.ledger.costs.currency)
    rows = store.spend([by], since=month, until=month)  # type: ignore[list-item]
    _chart(services, rows, by, measure)  # type: ignore[arg-type]
    _budgets(services)
    _statement(services, month or this_month(), months)


def _pick(key: str, label: str, choices: Mapping[str, str], default: str) -> str:
    chosen: str | None = st.segmented_control(
        label, list(choices), key=kept.keep(key, default), format_func=choices.__getitem__, required=True
    )
    return chosen or default


def _totals(total: Spend, currency: str) -> None:
    with st.container(horizontal=True, gap="small", key="totals"):
        st.metric(t("cost.measure.money"), f"{total.cost:,.2f} {currency}")
        st.metric(t("cost.measure.runs"), f"{total.runs:,}")
        st.metric(t("cost.measure.tokens"), f"{total.input_tokens + total.output_tokens:,}")
        st.metric(t("cost.measure.characters"), f"{total.characters:,}")
    if total.unpriced:
        st.caption(f":material/info: {t('cost.unpriced', count=total.unpriced)}")


def _chart(services: Services, rows: Sequence[Spend], by: Dimension, measure: Measure) -> None:
    """The chosen measure as bars, and every figure in a table below."""
    names = [_name(services, by, one.group[by]) for one in rows]
    label = t(f"cost.measure.{measure}")
    figures = [one.measure(measure) for one in rows]
    unit = f" {services.ledger.costs.currency}" if measure == "money" else ""
    words = [f"{figure:,.2f}{unit}" if measure == "money" else f"{int(figure):,}" for figure in figures]
    bars(list(zip(names, map(float, figures), words, strict=True)), label, key="cost-bars")
    columns = {
        t(f"cost.by.{by}"): names,
        f"{t('cost.measure.money')} ({services.ledger.costs.currency})": [float(one.cost) for one in rows],
        t("cost.measure.runs"): [one.runs for one in rows],
        t("cost.failed"): [one.failed for one in rows],
        t("cost.measure.tokens"): [one.input_tokens + one.output_tokens for one in rows],
        t("cost.measure.characters"): [one.characters for one in rows],
        t("cost.unpriced_runs"): [one.unpriced for one in rows],
    }
    st.dataframe(columns, hide_index=True, width="stretch")


def _budgets(services: Services) -> None:
    st.subheader(t("cost.budgets"))
    states = services.ledger.states(covering=False)
    if not states:
        st.caption(t("cost.no_budgets"))
    icons = {"fine": "check_circle", "warning": "warning", "stopped": "block"}
    for state in states:
        words = state.sentence(language.current(), services.ledger.costs.currency)
        st.progress(min(state.share, 1.0), f":material/{icons[state.level]}: {literal(words)}")


def _statement(services: Services, month: str, months: Sequence[str]) -> None:
    """The statement of a department for a month, to look at and as Excel."""
    st.subheader(t("cost.statement"))
    lang = language.current()
    departments = {_ALL: text("workbench:cost.company", lang)}
    departments |= {one.department: one.department for one in services.desk.people if one.department}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        department = st.selectbox(
            t("cost.by.department"),
            list(departments),
            key=kept.keep("cost-department", _ALL),
            format_func=departments.__getitem__,
            width=220,
        )
        offered = sorted({month, *months}, reverse=True)
        chosen = st.selectbox(t("cost.month"), offered, index=offered.index(month), key=f"statement-{month}", width=180)
        st.download_button(
            t("cost.download"),
            data=partial(made_file, ".xlsx", partial(_write, services, chosen, department)),
            file_name=f"{t('cost.statement')}-{departments[department]}-{chosen}.xlsx",
            mime=XLSX,
            icon=":material/download:",
            on_click="ignore",
            key="statement-download",
        )
    made = services.ledger.statement(chosen, department, lang)
    for number, line in enumerate(made.lines):
        plan = f"{literal(line.plan)} · " if line.plan else ""
        with st.container(horizontal=True, key=f"line-statement-{number}"):
            st.markdown(f"{plan}{literal(line.item)}", width="stretch")
            st.caption(f"{line.quantity.normalize():f} {literal(line.unit)}", width="content")
            st.markdown(_money(line.amount), width="content")
    st.markdown(f"**{t('cost.total', total=_money(made.total), currency=made.currency)}**")


def _write(services: Services, month: str, department: str, path: Path) -> None:
    lang = language.current()
    made = services.ledger.statement(month, department, lang)
    name = department or text("workbench:cost.company", lang)
    title = text("workbench:statement.title", lang, department=name, month=month)
    about = " · ".join(filter(None, (services.settings.producer, name, month, made.currency)))
    services.exporter.write_tables(path, title, about, services.ledger.sections(made, lang), lang)


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _name(services: Services, by: Dimension, value: str) -> str:
    if by == "person":
        return services.desk.name(value) or t("cost.nobody")
    if by == "scenario" and value in services.scenarios:
        return services.scenarios[value].title(language.current())
    return value or t("cost.nobody")
