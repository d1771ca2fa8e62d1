"""Hand in a file and learn whose run made it, and whether it is as it was exported."""

import tempfile
from pathlib import Path

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import Services, Verification

from . import language
from .language import t
from .literal import literal

_KINDS = ["docx", "xlsx", "pptx", "pdf", "png", "md", "txt"]
_SIGNS = {
    "intact": ("success", "verified"),
    "altered": ("error", "gpp_bad"),
    "elsewhere": ("warning", "gpp_maybe"),
    "foreign": ("info", "info"),
    "visible_only": ("warning", "gpp_maybe"),
    "unlabelled": ("info", "info"),
}


def verify_file(services: Services) -> None:
    """Draw the part."""
    with st.expander(t("verify.title"), icon=":material/verified_user:"):
        st.caption(t("verify.help"))
        handed = st.file_uploader(t("verify.upload"), type=_KINDS, key="verify-file", label_visibility="collapsed")
        if handed is None:
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            path.write_bytes(handed.getvalue())
            try:
                found = services.exporter.verify(path, handed.name)
            except WorkbenchError as error:
                st.error(error.text(language.current()), icon=":material/error:")
                return
        sign, icon = _SIGNS[found.outcome]
        getattr(st, sign)(literal(found.sentence(language.current())), icon=f":material/{icon}:")
        _details(found)


def _details(found: Verification) -> None:
    rows = [
        ("verify.visible", found.label.visible or t("verify.none")),
        ("verify.metadata", t("verify.present") if found.label.metadata else t("verify.none")),
    ]
    if found.known:
        when = f" · {found.created_at.astimezone():%Y-%m-%d %H:%M}" if found.created_at else ""
        rows.append(
            ("verify.version", f"{found.run_id} · {found.version} · {found.author or t('result.generated')}{when}")
        )
    if found.final is not None:
        rows.append(("verify.status", t("verify.final" if found.final else "result.export.draft")))
    for name, value in rows:
        st.caption(f"{t(name)}{'：' if language.current() == 'zh' else ': '}{literal(value)}")
