"""A quality check on the page: what to practise with whom, and each reply with its marks, the worst first."""

from typing import Any

import streamlit as st

from workbench.run import Version
from workbench.texts import Lang, text

from .models import CRITERIA, Quality


def marks(lang: Lang, version: Version) -> None:
    """Both tables; marks are bars."""

    def say(key: str) -> str:
        return text(f"scenarios.support:quality.{key}", lang)

    made = Quality.model_validate(version.deliverable)
    bar = st.column_config.ProgressColumn(min_value=0, max_value=100, format="%d", width="small")
    bars = {say(f"head.{name}"): bar for name in ("score", *CRITERIA)}
    agents = [
        {say("head.agent"): one.agent, say("head.replies"): one.replies, say("head.score"): one.score,
         say("head.notes"): "\n".join(one.notes)}
        for one in made.coaching
    ]  # fmt: skip
    replies: list[dict[str, Any]] = [
        {say("head.number"): one.number, say("head.agent"): one.agent, say("head.score"): one.score}
        | {say(f"head.{mark.criterion}"): mark.score for mark in one.marks}
        | {say("head.message"): one.message, say("head.reply"): one.reply}
        for one in made.marked
    ]
    for title, rows in ((say("coaching"), agents), (say("marks"), replies)):
        if rows:
            st.markdown(f"**{title}**")
            st.dataframe(rows, hide_index=True, height="content", column_config=bars)
