"""Two views of a review: what business, finance and legal each look at, and the contract beside our positions."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from ui.literal import literal
from ui.run_result import Panel
from workbench.findings import Finding
from workbench.run import Version
from workbench.texts import Lang, text

from ..contract import Contract
from ..models import Review
from ..roles import ROLES
from .deviations import Level, outcomes

_ICONS = {"error": ":red[:material/error:]", "warning": ":orange[:material/warning:]", "info": ":blue[:material/info:]"}
_ORDER = ("error", "warning", "info")


def panels(review: Review, lang: Lang) -> Sequence[Panel]:
    """The tabs; the one of the positions only where a playbook was chosen."""
    made: list[Panel] = [(_say("by_role", lang), partial(_by_role, lang))]
    if review.playbook is not None:
        made.insert(0, (_say("positions", lang), partial(_positions, lang)))
    return made


def _by_role(lang: Lang, version: Version) -> None:
    """A column a role, the gravest first; clauses that are merely there are left out."""
    shown = [one for one in version.findings if one.rule != "clause.present"]
    for role, column in zip(ROLES, st.columns(len(ROLES)), strict=True):
        own = sorted(
            (one for one in shown if (one.role or "legal") == role), key=lambda one: _ORDER.index(one.severity)
        )
        with column:
            st.markdown(f"**{text(f'scenarios.contracts:role.{role}', lang)}** · {len(own)}")
            for one in own[:40]:
                _finding(one)
            if not own:
                st.caption(_say("nothing", lang))


def _finding(one: Finding) -> None:
    with st.container(border=True):
        st.markdown(f"{_ICONS[one.severity]} {literal(one.message)}")
        if one.where.quote:
            st.caption(literal(one.where.quote[:80]))


def _positions(lang: Lang, version: Version) -> None:
    """Their wording beside ours, with the fallback to propose."""
    review = Review.model_validate(version.deliverable)
    if review.playbook is None:
        return
    contract = Contract(review.text, review.contract_type)
    st.caption(literal(review.playbook.title))
    columns = [_say(f"column.{name}", lang) for name in ("level", "clause", "theirs", "ours", "fallback", "role")]
    rows = []
    for one in sorted(outcomes(contract, review.playbook, review.side), key=lambda one: _GRAVEST.index(one.level)):
        theirs = review.text[one.start : one.end] if one.start is not None else "—"
        cells = (
            _say(f"level.{one.level}", lang), one.position.clause, theirs, one.position.preferred,
            one.position.fallback,
            text(f"scenarios.contracts:role.{one.position.role}", lang),
        )  # fmt: skip
        rows.append(dict(zip(columns, cells, strict=True)))
    st.dataframe(rows, hide_index=True, width="stretch", height="content", row_height=72)


_GRAVEST: tuple[Level, ...] = ("never", "deviation", "missing", "fallback", "preferred")


def _say(key: str, lang: Lang) -> str:
    return text(f"scenarios.contracts.playbooks:{key}", lang)
