"""Notices on the page: to whom, when and why not, message by message."""

import streamlit as st

from workbench.run import Version
from workbench.texts import Lang, text

from .models import Notices


def messages(lang: Lang, version: Version) -> None:
    """The messages as a table, those that are held or skipped with their reason."""

    def say(key: str) -> str:
        return text(f"scenarios.support:notify.{key}", lang)

    made = Notices.model_validate(version.deliverable)
    rows = [
        {
            say("head.customer"): one.customer,
            say("head.segment"): say(f"segment.{one.segment}"),
            say("head.state"): say(f"state.{one.state}"),
            say("head.send_at"): f"{one.send_at:%Y-%m-%d %H:%M}" if one.send_at else "",
            say("head.reason"): one.reason,
            say("head.channel"): one.channel,
            say("head.text"): one.text,
        }
        for one in made.messages
    ]
    if rows:
        st.dataframe(rows, hide_index=True, height="content")
    else:
        st.caption(made.note)
