"""A slider for each requirement: ranks follow at once, and nothing is kept until it is saved."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ui.literal import literal, short
from workbench.texts import Lang, text

from ...models import Requirement

_HIGHEST = 10.0


def weights(asked: Sequence[Requirement], key: str, lang: Lang) -> list[Requirement]:
    """The requirements with the weights and hardness set here. ``key`` tells this version's sliders from others'."""

    def say(name: str, **values: Any) -> str:
        return text(f"scenarios.hr:{name}", lang, **values)

    found = []
    with st.expander(say("page.weights")):
        st.caption(say("page.weights.help"))
        columns = st.columns(2, gap="medium")
        for number, one in enumerate(asked):
            with columns[number % 2]:
                high = max(_HIGHEST, one.weight or 0.0)
                weight = st.slider(
                    literal(short(one.text, 40)), 0.0, high, float(one.weight or 0), 0.5, key=f"{key}-{one.id}",
                    format="%.1f", help=literal(one.text),
                )  # fmt: skip
                hard = st.checkbox(say("page.hard"), bool(one.hard), key=f"{key}-{one.id}-hard")
            found.append(one.model_copy(update={"weight": weight, "hard": hard}))
    return found
