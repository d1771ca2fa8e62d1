"""A result read aloud, as a tab beside it."""

from functools import partial

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.run import Run, Version
from workbench.services import Services

from . import language
from .language import t
from .literal import literal
from .made_file import made_file
from .run_result import Panel


def listen(services: Services, run: Run) -> Panel:
    """The tab that reads the newest version aloud, or says what is missing for that."""
    return t("listen.title"), partial(_draw, services, run)


def _draw(services: Services, run: Run, version: Version) -> None:
    voice = services.voice.speech.name
    if not voice:
        st.caption(t("listen.none"))
        return
    key = f"sound-{run.run_id}-{version.number}"
    st.caption(literal(t("listen.help", voice=voice)))
    if st.button(t("listen.read"), key=f"read-{key}", icon=":material/volume_up:"):
        try:
            with st.spinner(t("listen.reading")):
                st.session_state[key] = made_file(".wav", partial(services.voice.write, run, version))
        except WorkbenchError as error:
            st.error(literal(error.text(language.current())), icon=":material/error:")
    if sound := st.session_state.get(key):
        st.audio(sound, format="audio/wav")
        st.download_button(
            t("listen.download"), sound, f"{run.scenario}-{run.run_id}-v{version.number}.wav", "audio/wav",
            key=f"save-{key}", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
