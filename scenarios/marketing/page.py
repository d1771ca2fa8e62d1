"""The page of the marketing scenario: examples, the rewrite with its button, the ledger of claims."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from ui import kept, language
from ui.attempt import attempt
from ui.literal import literal
from ui.person import acting
from ui.run_result import Panel
from ui.scenario_page import Look, scenario_page
from workbench.run import Run, Version
from workbench.scenario import Scenario
from workbench.services import Services
from workbench.texts import Lang, text

from .creative.claims import UNPROVEN
from .creative.models import Creative
from .law.models import CheckedCopy

_EXAMPLES = ("check", "creative")
_FILLED = ("text", "product", "audiences", "offer", "brand")


def page(services: Services, scenario: Scenario) -> None:
    """Draw the page."""
    lang = language.current()
    examples = [(_say(f"example.{name}", lang), name) for name in _EXAMPLES]
    panels = partial(_panels, services)
    scenario_page(services, scenario, Look(facts=_facts, examples=examples, fill=partial(_fill, lang), panels=panels))


def _say(key: str, lang: Lang, **values: Any) -> str:
    return text(f"scenarios.marketing:{key}", lang, **values)


def _fill(lang: Lang, example: str) -> None:
    kept.put("marketing-task", example)
    for field in _FILLED:
        kept.put(f"marketing-form-{field}", "")
    if example == "check":
        kept.put("marketing-form-text", _say("example.check.text", lang))
    else:
        for field in _FILLED[1:]:
            kept.put(f"marketing-form-{field}", _say(f"example.creative.{field}", lang))


def _facts(deliverable: dict[str, Any], lang: Lang) -> Sequence[tuple[str, str]]:
    if "variants" in deliverable:
        claims = [claim for variant in deliverable["variants"] for claim in variant["claims"]]
        unproven = sum(claim["source"] == UNPROVEN for claim in claims)
        counts = [("variants", len(deliverable["variants"])), ("claims", len(claims)), ("unproven", unproven)]
        return [(_say(f"fact.{name}", lang), str(count)) for name, count in counts]
    verdict = "lawful" if deliverable["rewritten"] == deliverable["text"] else "broken"
    return [(_say("fact.verdict", lang), _say(f"fact.{verdict}", lang))]


def _panels(services: Services, run: Run, lang: Lang) -> Sequence[Panel]:
    if run.task == "check":
        return ((_say("check.section.rewritten", lang), partial(_rewrite, services, run, lang)),)
    return ((_say("creative.section.claims", lang), partial(_ledger, lang)),)


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
