"""Requirements by people in colours; the words of a verdict when one points at it."""

from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st

from workbench.texts import Lang, text

from ...models import Candidate, Requirement
from ...people import short_name

_COLOURS = {"met": "#2e7d5b", "partly": "#d9a441", "not_met": "#c0504d", "not_stated": "#b7bcc4"}
_SHOWN = 40
"""People in the map; the table holds all."""
_NAMED = 6
"""Up to so many people stand with their file's name above their column, more of them with their rank alone."""
_WIDE = 300
"""Pixels that all names have together."""


def heat_map(shown: Sequence[Candidate], weighted: Sequence[Requirement], lang: Lang) -> None:
    """Draw it for the first people of ``shown``."""
    import altair
    import pandas

    def say(key: str) -> str:
        return text(f"scenarios.hr:{key}", lang)

    names = {one.id: ("＊" if one.hard else "") + one.text for one in weighted}
    first = shown[:_SHOWN]
    labels = [
        f"{place}. {PurePath(short_name(one.file)).stem}" if len(first) <= _NAMED else str(place)
        for place, one in enumerate(first, 1)
    ]
    who, what, how, words = (say(f"field.{key}") for key in ("file", "requirement", "verdict", "evidence"))
    cells = pandas.DataFrame(
        {
            "at": label, who: f"{one.rank}. {short_name(one.file)}", what: names[verdict.requirement],
            how: say(f"verdict.{verdict.verdict}"), words: " / ".join(e.quote for e in verdict.evidence)[:200],
        }
        for label, one in zip(labels, first, strict=True)
        for verdict in one.verdicts
    )  # fmt: skip
    scale = altair.Scale(domain=[say(f"verdict.{name}") for name in _COLOURS], range=list(_COLOURS.values()))
    chart = altair.Chart(cells).mark_rect(cornerRadius=2)
    chart = chart.encode(
        x=altair.X(
            "at:N", sort=labels, title=None, scale=altair.Scale(paddingInner=0.06),
            axis=altair.Axis(labelAngle=0, orient="top", labelLimit=_WIDE // max(1, len(first)), labelOverlap=False),
        ),
        y=altair.Y(
            f"{what}:N", sort=list(names.values()), title=None, axis=altair.Axis(labelLimit=230),
            scale=altair.Scale(paddingInner=0.1),
        ),
        color=altair.Color(f"{how}:N", scale=scale, title=None, legend=altair.Legend(orient="top")),
        tooltip=[who, what, how, words],
    )  # fmt: skip
    st.altair_chart(chart.properties(height=altair.Step(24)), width="stretch")
    if any(one.hard for one in weighted):
        st.caption(say("page.hard.mark"))
