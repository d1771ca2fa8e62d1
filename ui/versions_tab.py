"""All versions of a deliverable: who made them, what differs between any two, and the way back to one."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from workbench.approvals import Actor
from workbench.run import Run, Version, numbered
from workbench.services import Services

from .attempt import attempt
from .language import t
from .literal import literal
from .moments import moment
from .person import signature
from .side_by_side import side_by_side


def versions_tab(services: Services, run: Run, versions: Sequence[Version], actor: Actor, *, settled: bool) -> None:
    """Draw the tab. ``settled``: archived, so that nothing can be restored any more."""
    with st.container(key="versions", gap="small"):
        for version in reversed(versions):
            _line(services, run, version, versions[-1], actor, settled=settled)
    if len(versions) > 1:
        _compare(services, run, versions)
    else:
        st.caption(t("versions.only"))


def _line(services: Services, run: Run, version: Version, newest: Version, actor: Actor, *, settled: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"line-version-{version.number}"):
        st.markdown(f"**{t('versions.number', number=version.number)}**", width="content")
        st.markdown(_origin(services, version), width="stretch")
        st.caption(f"{moment(version.created_at)} · {version.sha256[:8]}", width="content", help=version.sha256)
        if version.number < newest.number and not settled:
            st.button(
                t("versions.restore"),
                type="tertiary",
                key=f"restore-{run.run_id}-{version.number}",
                help=t("versions.restore.help"),
                on_click=attempt,
                args=(
                    partial(services.desk.restore, run.run_id, version.number, actor),
                    t("versions.restored", number=version.number),
                ),
            )


def _origin(services: Services, version: Version) -> str:
    """Who made it, and from what where that is not the version before."""
    if version.number == 1:
        return t("result.generated")
    who = signature(services, version.author, version.real)
    if version.restored is not None:
        return f"{who} · {t('versions.from', number=version.restored)}"
    return f"{who} · {t('versions.branched', base=version.base)}" if version.branched else who


def _compare(services: Services, run: Run, versions: Sequence[Version]) -> None:
    numbers = [version.number for version in versions]
    st.markdown(f"**{t('versions.compare')}**")
    left, right = st.columns(2)
    with left:
        before = _pick(run, "before", numbers, numbers[-2])
    with right:
        after = _pick(run, "after", numbers, numbers[-1])
    one, other = numbered(versions, before, run.run_id), numbered(versions, after, run.run_id)
    titles = (_title(services, one), _title(services, other))
    side_by_side(one.text, other.text, titles, key=f"compare-{run.run_id}")


def _pick(run: Run, side: str, numbers: list[int], default: int) -> int:
    """A version to compare. With a new version the proposal moves on to it."""
    key = f"compare-{side}-{run.run_id}-{numbers[-1]}"
    chosen: int = st.selectbox(
        t(f"versions.{side}"),
        numbers,
        index=numbers.index(default),
        key=key,
        format_func=lambda number: t("versions.number", number=number),
        label_visibility="collapsed",
    )
    return chosen


def _title(services: Services, version: Version) -> str:
    who = t("result.generated") if version.number == 1 else services.desk.name(version.author) or t("result.somebody")
    return f"{t('versions.number', number=version.number)} · {literal(who)}"
