"""The page's parts of A/B results: which run they belong to, which ones to learn from, and the table."""

from typing import Any

import streamlit as st

from ui import kept
from workbench.history import Filter
from workbench.run import Version
from workbench.services import Services
from workbench.texts import Lang, text

from .models import Results

_OFFERED = 30


def choose_run(services: Services, lang: Lang) -> str:
    """The run of copy that the results belong to."""
    runs = _runs(services, "creative", "product")
    chosen = st.selectbox(
        _say("form.creative_run", lang), ["", *runs], key=kept.keep("marketing-form-creative_run", ""),
        format_func=lambda run_id: runs.get(run_id, "—"),
    )  # fmt: skip
    return chosen or ""


def choose_lessons(services: Services, lang: Lang) -> list[str]:
    """Runs of results whose lessons a brief follows."""
    runs = _runs(services, "results", "creative_run")
    products = _runs(services, "creative", "product")
    return st.multiselect(
        _say("form.learn_from", lang), list(runs), key=kept.keep("marketing-form-learn_from", []),
        format_func=lambda run_id: products.get(runs[run_id].split(" · ")[0], runs[run_id]),
    )  # fmt: skip


def rows(lang: Lang, version: Version) -> None:
    """What each variant brought."""
    found = Results.model_validate(version.deliverable)
    counts = ("impressions", "clicks", "conversions", "cost", "ctr", "cvr", "cpa")
    names = {name: _say(f"performance.field.{name}", lang) for name in counts}
    table: list[dict[str, Any]] = [
        {
            _say("creative.column.id", lang): one.id,
            _say("creative.column.channel", lang): _say(f"form.channels.{one.channel}", lang),
            _say("creative.column.angle", lang): _say(f"form.angles.{one.angle}", lang),
            **{names[name]: getattr(one, name) for name in counts},
        }
        for one in found.rows
    ]
    shown = {name: "percent" if name in ("ctr", "cvr") else "localized" for name in counts}
    columns = {names[name]: st.column_config.NumberColumn(format=format) for name, format in shown.items()}
    if table:
        st.dataframe(table, hide_index=True, height="content", column_config=columns)
        st.caption(_say("performance.tests.how", lang))


def _runs(services: Services, task: str, field: str) -> dict[str, str]:
    """Id -> what the run was about and when it was made, the newest first."""
    found = services.history.find(Filter(scenario="marketing", task=task, status="done"), limit=_OFFERED)
    asked = {one.run_id: str(services.runs.get(one.run_id).request.get(field, "")) for one in found}
    return {one.run_id: f"{asked[one.run_id]} · {one.created_at.astimezone():%m-%d %H:%M}" for one in found}


def _say(key: str, lang: Lang) -> str:
    return text(f"scenarios.marketing:{key}", lang)
