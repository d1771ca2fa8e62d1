"""How a version leaves: as a draft or as final, in which format, with which label."""

import tempfile
from functools import partial
from pathlib import Path
from typing import get_args

import streamlit as st

from workbench.run import Run, Version
from workbench.scenario import Extra
from workbench.services import ExportFormat, Services

from . import language
from .language import t
from .literal import literal

_MIME: dict[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "md": "text/markdown",
    "txt": "text/plain",
}


def export_tab(services: Services, run: Run, version: Version) -> None:
    """Draw the tab."""
    label = services.exporter.label(run, version)
    obstacle = services.exporter.obstacle(run, version)
    st.caption(t("result.export.help"))
    key = f"{run.run_id}-{version.number}"
    with st.container(border=True):
        st.caption(t("result.export.label"))
        st.text(label.visible)
        if version.number > 1:
            st.progress(label.kept, t("result.export.kept", share=round(label.kept * 100)))
    final = st.toggle(t("result.export.final"), key=f"final-{key}", disabled=obstacle is not None)
    if obstacle is not None:
        st.caption(f":material/lock: {literal(obstacle.text(language.current()))}")
    final = final and obstacle is None
    with st.container(horizontal=True):
        for form in get_args(ExportFormat):
            download(services, run, version, form, key=f"export-{form}-{key}", final=final)
    extras = services.desk.extras(run.run_id, version.number)
    if extras:
        st.caption(t("result.export.extras"))
        with st.container(horizontal=True):
            for extra in extras:
                st.download_button(
                    literal(extra.title),
                    data=partial(_extra, services, run, version, extra, final),
                    file_name=extra.name,
                    key=f"extra-{extra.name}-{key}",
                    icon=":material/download:",
                    on_click="ignore",
                )


def download(services: Services, run: Run, version: Version, form: ExportFormat, key: str, final: bool = False) -> None:
    """A button that makes the file when it is pressed."""
    state = "" if final else f"-{t('result.export.draft')}"
    st.download_button(
        t(f"result.export.{form}"),
        data=partial(_file, services, run, version, form, final),
        file_name=f"{run.scenario}-{run.run_id}-v{version.number}{state}.{form}",
        mime=_MIME[form],
        key=key,
        icon=":material/download:",
        on_click="ignore",
    )


def _extra(services: Services, run: Run, version: Version, extra: Extra, final: bool) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / extra.name
        services.exporter.write_extra(run, version, extra, path, final=final)
        return path.read_bytes()


def _file(services: Services, run: Run, version: Version, form: ExportFormat, final: bool) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"export.{form}"
        services.exporter.export(run, version, form, path, final=final)
        return path.read_bytes()
