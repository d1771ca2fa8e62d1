"""The page of the marketing scenario: forms and examples, the rewrite with its button, claims, charts."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from ui import kept, schema_form
from ui.attempt import attempt
from ui.literal import literal
from ui.person import acting
from ui.run_result import Panel
from ui.scenario_page import Look, scenario_page
from ui.upload import upload
from workbench.errors import WorkbenchError
from workbench.files import Files
from workbench.run import Run, Version
from workbench.scenario import Scenario
from workbench.services import Services
from workbench.texts import Lang, text

from .channels.models import Channels
from .creative.claims import UNPROVEN
from .creative.models import Creative
from .design.document import drawn as sketched
from .design.models import Design
from .law.models import CheckedCopy
from .performance.charts import drawn
from .performance.models import FIELDS, Performance
from .performance.table import header
from .results import page as results
from .seo import page as seo
from .voice import page as voice


def page(services: Services, scenario: Scenario) -> None:
    """Draw the page."""
    form, panels = partial(_form, services, scenario), partial(_panels, services)
    scenario_page(services, scenario, Look(form=form, fill=_fill, facts=_facts, panels=panels))


def _form(services: Services, scenario: Scenario, lang: Lang) -> dict[str, Any]:
    task = scenario.task(st.session_state.get("marketing-task") or scenario.tasks[0].name)
    own: dict[str, Callable[[], Any]] = {}
    match task.name:
        case "performance":
            return _performance_form(services.files, lang)
        case "results":
            return {"creative_run": results.choose_run(services, lang)} | _export(services.files, lang)
        case "creative":
            own = {
                "voice": partial(voice.choose, services, lang),
                "learn_from": partial(results.choose_lessons, services, lang),
            }
    return schema_form.fields(scenario.slug, task, lang, services.files, own)


def _fill(task: str, request: Any) -> None:
    schema_form.fill("marketing", request, whole=("learn_from",))


def _performance_form(files: Files, lang: Lang) -> dict[str, Any]:
    export = _export(files, lang)
    names = ("target_cpa", "target_roas")
    aims = {
        name: st.number_input(_say(f"form.{name}", lang), min_value=0.01, key=kept.keep(f"marketing-form-{name}"))
        for name in names
    }
    return export | {name: aim for name, aim in aims.items() if aim}


def _export(files: Files, lang: Lang) -> dict[str, Any]:
    """An export of a platform, and its columns by hand."""
    paths = upload(
        files, _say("form.file", lang), "marketing-form-file", kinds=["csv", "tsv", "txt", "xlsx", "xls", "ods"]
    )
    by_hand: dict[str, str] = {}
    with st.expander(_say("form.columns", lang)):
        columns = _columns(files, paths[0]) if paths else []
        st.caption(_say("page.columns" if columns else "page.no_columns", lang))
        for field in FIELDS if columns else ():
            label = _say(f"performance.field.{field}", lang)
            chosen = st.selectbox(label, ["", *columns], key=kept.keep(f"marketing-form-columns-{field}", ""))
            by_hand |= {field: chosen} if chosen in columns else {}
    return {"file": paths[0] if paths else "", "columns": by_hand}


@st.cache_data(max_entries=20, show_spinner=False)
def _columns(_files: Files, path: str) -> list[str]:
    """The columns of a file that was handed in; its path holds its hash."""
    try:
        return header(_files.grid(path))
    except WorkbenchError:
        return []  # the run says what is wrong with it


def _say(key: str, lang: Lang, **values: Any) -> str:
    return text(f"scenarios.marketing:{key}", lang, **values)


def _facts(deliverable: dict[str, Any], lang: Lang) -> Sequence[tuple[str, str]]:
    if "variants" in deliverable:
        claims = [claim for variant in deliverable["variants"] for claim in variant["claims"]]
        unproven = sum(claim["source"] == UNPROVEN for claim in claims)
        counts = [("variants", len(deliverable["variants"])), ("claims", len(claims)), ("unproven", unproven)]
        return [(_say(f"fact.{name}", lang), str(count)) for name, count in counts]
    if "groups" in deliverable:
        words = [word for group in deliverable["groups"] for word in group["keywords"]]
        answered = sum(bool(word["source"]) for word in words)
        counts = [("groups", len(deliverable["groups"])), ("keywords", len(words)), ("answered", answered)]
        return [(_say(f"fact.{name}", lang), str(count)) for name, count in counts]
    if "traits" in deliverable:
        return [(_say("fact.pieces", lang), str(deliverable["pieces"]))]
    if "lessons" in deliverable:
        sure = sum(lesson["significant"] for lesson in deliverable["lessons"])
        counts = [("attached", len(deliverable["rows"])), ("sure", sure)]
        return [(_say(f"fact.{name}", lang), str(count)) for name, count in counts]
    if "directions" in deliverable:
        made = Design.model_validate(deliverable)
        lowest = min(pair.ratio for one in made.directions for pair in one.contrasts)
        return [
            (_say("fact.directions", lang), str(len(made.directions))),
            (_say("fact.placements", lang), str(len(made.placements))),
            (_say("fact.contrast", lang), f"{lowest:.2f}"),
        ]
    if "mix" in deliverable:
        plan = Channels.model_validate(deliverable)
        whole = next((one for one in plan.kpis if one.channel == "all" and one.metric == plan.result), None)
        facts = [(_say("fact.budget", lang), f"{plan.budget:,.2f}"), (_say("fact.channels", lang), str(len(plan.mix)))]
        reach = [(_say("fact.expected", lang), f"{whole.low:,.0f} – {whole.high:,.0f}")] if whole else []
        return [*facts, *reach]
    if "by_channel" in deliverable:
        found = Performance.model_validate(deliverable).totals
        known = [(name, getattr(found, name)) for name in ("cost", "conversions", "cpa", "roas")]
        return [(_say(f"fact.{name}", lang), f"{value:,.2f}".removesuffix(".00")) for name, value in known if value]
    verdict = "lawful" if deliverable["rewritten"] == deliverable["text"] else "broken"
    return [(_say("fact.verdict", lang), _say(f"fact.{verdict}", lang))]


def _panels(services: Services, run: Run, lang: Lang) -> Sequence[Panel]:
    if run.task == "check":
        return ((_say("check.section.rewritten", lang), partial(_rewrite, services, run, lang)),)
    if run.task == "performance":
        return ((_say("page.charts", lang), partial(_charts, lang)),)
    if run.task == "design":
        return ((_say("page.sketches", lang), partial(_sketches, lang)),)
    if run.task == "channels":
        return ((_say("channels.section.mix", lang), partial(_mix, services, run, lang)),)
    if run.task == "voice":
        return ((_say("page.traits", lang), partial(voice.traits, lang)),)
    if run.task == "seo":
        return ((_say("page.pages", lang), partial(seo.pages, lang)),)
    if run.task == "results":
        return ((_say("results.section.rows", lang), partial(results.rows, lang)),)
    claims: Panel = (_say("creative.section.claims", lang), partial(_ledger, lang))
    heard: Panel = (_say("page.heard", lang), partial(voice.scores, lang))
    return (claims, heard) if run.request.get("voice") or run.request.get("learn_from") else (claims,)


def _mix(services: Services, run: Run, lang: Lang, version: Version) -> None:
    """The split as a table to edit: a budget set by hand, or a curve, and the plan follows."""
    plan = Channels.model_validate(version.deliverable)
    columns = ("channel", "budget", "share", "elasticity", "expected", "source")
    names = {name: _say(f"channels.column.{name}", lang) for name in columns}
    rows = [
        {
            names["channel"]: one.name,
            names["budget"]: one.budget,
            names["share"]: one.share,
            names["elasticity"]: one.response.elasticity,
            names["expected"]: round(one.results.expected),
            names["source"]: _say(f"channels.source.{one.response.source}", lang),
        }
        for one in plan.mix
    ]
    edited = st.data_editor(
        rows,
        hide_index=True,
        key=f"mix-{run.run_id}-{version.number}",
        disabled=[names[name] for name in ("channel", "share", "expected", "source")],
        column_config={
            names["budget"]: st.column_config.NumberColumn(min_value=0.0, format="localized"),
            names["share"]: st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1),
            names["elasticity"]: st.column_config.NumberColumn(min_value=0.05, max_value=1.0, step=0.05),
            names["expected"]: st.column_config.NumberColumn(format="localized"),
        },
    )
    st.caption(_say("page.mix", lang))
    mix = [one.model_dump(mode="json") for one in plan.mix]
    for one, row in zip(mix, edited, strict=True):
        one["budget"] = row[names["budget"]] or 0.0
        one["response"]["elasticity"] = row[names["elasticity"]] or one["response"]["elasticity"]
    changed = mix != [one.model_dump(mode="json") for one in plan.mix]
    save = partial(services.desk.edit_fields, run.run_id, {"mix": mix}, acting(services), version.number)
    st.button(
        _say("page.replan", lang),
        type="primary",
        icon=":material/calculate:",
        key=f"replan-{run.run_id}-{version.number}",
        disabled=not changed,
        on_click=partial(attempt, save, _say("page.replanned", lang)),
    )


def _sketches(lang: Lang, version: Version) -> None:
    """Each direction with its sketches, colours and contrasts."""
    made = Design.model_validate(version.deliverable)
    names = {place.id: place.name for place in made.placements}
    for one in made.directions:
        st.markdown(f"**{literal(one.name)}**")
        st.caption(literal(one.idea + ("" if lang == "zh" else " ") + one.why))
        for column, sketch in zip(st.columns(max(len(one.sketches), 1)), one.sketches, strict=False):
            column.image(sketched(sketch.svg, sketch.width, sketch.height), caption=names.get(sketch.placement))
        pairs = [
            {
                _say("design.column.use", lang): _say(f"design.use.{pair.use}", lang),
                _say("design.column.front", lang): pair.foreground,
                _say("design.column.back", lang): pair.background,
                _say("design.column.ratio", lang): f"{pair.ratio:.2f}",
            }
            for pair in one.contrasts
        ]
        with st.expander(_say("design.section.contrast", lang)):
            st.dataframe(pairs, hide_index=True)


def _charts(lang: Lang, version: Version) -> None:
    """The charts, and what to do with each channel and creative."""
    found = Performance.model_validate(version.deliverable)
    for title, chart in drawn(found, lang):
        st.markdown(f"**{title}**")
        st.altair_chart(chart)
    names = ("action", "level", "name", "cost", "value", "target", "evidence")
    rows = [
        {
            _say(f"performance.column.{name}", lang): _say(f"performance.{name}.{getattr(one, name)}", lang)
            if name in ("action", "level")
            else getattr(one, name)
            for name in names
        }
        for one in found.actions
    ]
    if rows:
        st.dataframe(rows, hide_index=True)
    else:
        st.caption(_say("performance.summary.nothing", lang))


def _rewrite(services: Services, run: Run, lang: Lang, version: Version) -> None:
    """The lawful version and the button that makes it the next one."""
    checked = CheckedCopy.model_validate(version.deliverable)
    if checked.rewritten == checked.text:
        st.success(_say("check.none", lang), icon=":material/check_circle:")
        return
    if not checked.rewritten:
        st.warning(_say("check.nothing_left", lang), icon=":material/edit_off:")
        return
    with st.container(border=True):
        st.text(checked.rewritten)
    take = partial(services.desk.revise, run.run_id, checked.rewritten, acting(services), version.number)
    st.button(
        _say("check.take", lang),
        type="primary",
        icon=":material/auto_fix_high:",
        key=f"take-{run.run_id}-{version.number}",
        on_click=partial(attempt, take, _say("check.taken", lang)),
    )


def _ledger(lang: Lang, version: Version) -> None:
    """Each claim with its source."""
    creative = Creative.model_validate(version.deliverable)
    claim, source = _say("creative.column.claim", lang), _say("creative.column.source", lang)
    rows = {
        (item.text, item.source): {
            claim: literal(item.text),
            source: _say(f"source.{item.source}", lang) if item.source in ("brief", UNPROVEN) else literal(item.source),
        }
        for variant in creative.variants
        for item in variant.claims
    }
    if rows:
        st.table(list(rows.values()))
    else:
        st.caption(_say("creative.no_facts", lang))
