"""Whether the shortlist stands, on the page: run again, and with other genders, ages and names."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from ui.literal import literal
from workbench.errors import WorkbenchError
from workbench.run import Run, RunContext
from workbench.services import Services
from workbench.texts import Lang, text

from ...models import Match, MatchRequest, Requirement, Stability
from ...people import short_name
from ...robustness import Swap, stability, swapped


def trial(services: Services, run: Run, found: Match, weighted: Sequence[Requirement], lang: Lang) -> None:
    """The figures of the run itself where there are any, and a button that tries the list here and now."""

    def say(key: str, **values: Any) -> str:
        return text(f"scenarios.hr:trial.{key}", lang, **values)

    with st.expander(say("title")):
        if found.stability:
            st.markdown(_stable(found.stability, lang))
        st.caption(say("what"))
        key = f"hr-trial-{run.run_id}"
        if st.button(say("run"), icon=":material/balance:", key=f"{key}-run"):
            with st.spinner(say("running")):
                try:
                    st.session_state[key] = _tried(services, run, found, weighted, lang)
                except WorkbenchError as error:  # a file of then is gone
                    st.error(error.text(lang))
        if key in st.session_state:
            stable, swaps = st.session_state[key]
            st.markdown(_stable(stable, lang))
            _shown(swaps, lang)


def _tried(
    services: Services, run: Run, found: Match, weighted: Sequence[Requirement], lang: Lang
) -> tuple[Stability, list[Swap]]:
    request = MatchRequest.model_validate(run.request).model_copy(update={"requirements": list(weighted)})
    context = RunContext(lang, services.knowledge, (), request.as_of or date.today(), files=services.files)
    return stability(request, context, found), swapped(request, context)


def _stable(one: Stability, lang: Lang) -> str:
    return text("scenarios.hr:trial.stable", lang, runs=one.runs, tau=f"{one.tau:.2f}", same=f"{one.same:.0%}")


def _shown(swaps: Sequence[Swap], lang: Lang) -> None:
    largest = max((abs(one.after - one.before) for one in swaps), default=0.0)
    key = "moved" if largest > 0 else "unmoved"
    told = text(f"scenarios.hr:trial.{key}", lang, people=len(swaps), gap=f"{largest:.2f}")
    (st.warning if largest > 0 else st.success)(told, icon=":material/balance:")
    names = [
        text(f"scenarios.hr:{name}", lang) for name in ("field.file", "trial.changed", "trial.before", "trial.after")
    ]
    rows = [
        dict(zip(names, (literal(short_name(one.file)), one.changed, one.before, one.after), strict=True))
        for one in swaps
    ]
    st.dataframe(rows, hide_index=True, width="stretch")
