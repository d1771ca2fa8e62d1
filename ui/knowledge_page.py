"""The knowledge bases: make one, hand in files and watch them being read, look inside, ask, delete."""

from typing import get_args

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.knowledge import KnowledgeBase, Sensitivity
from workbench.services import Services

from . import language
from .home import loading
from .language import t

_STATES = {
    "waiting": "hourglass",
    "working": "progress_activity",
    "done": "check_circle",
    "failed": "error",
    "cancelled": "stop_circle",
}


def knowledge_page(services: Services, accepted: list[str]) -> None:
    """Draw the page. ``accepted`` are the suffixes of files that can be read."""
    st.title(t("knowledge.title"))
    with st.container(key="purpose"):
        st.markdown(t("knowledge.purpose"))
    loading(services)
    bases = {base.name: base for base in services.knowledge.list()}
    left, right = st.columns([1, 2], gap="large")
    with left:
        chosen = _choose(bases)
        _create(services)
        _builtin(services, bases)
    with right:
        if chosen is None:
            st.info(t("knowledge.empty"), icon=":material/lightbulb:")
        else:
            _base(services, bases[chosen], accepted)


def _choose(bases: dict[str, KnowledgeBase]) -> str | None:
    if not bases:
        return None
    names = sorted(bases, key=lambda name: (bases[name].builtin, bases[name].title))
    asked = st.session_state.pop("knowledge-made", None)
    if asked in names or st.session_state.get("knowledge-chosen") not in names:
        st.session_state["knowledge-chosen"] = asked if asked in names else names[0]
    return st.radio(
        t("knowledge.bases"),
        names,
        key="knowledge-chosen",
        format_func=lambda name: bases[name].title,
        captions=[t("knowledge.counts", documents=bases[name].documents, chunks=bases[name].chunks) for name in names],
    )


def _create(services: Services) -> None:
    with st.expander(t("knowledge.create"), icon=":material/add:"):
        title = st.text_input(t("knowledge.name"), key="knowledge-title", placeholder=t("knowledge.name.hint"))
        levels: tuple[Sensitivity, ...] = get_args(Sensitivity)
        level = st.selectbox(
            t("knowledge.sensitivity"), levels, index=1, format_func=lambda value: t(f"sensitivity.{value}")
        )
        if st.button(t("knowledge.make"), type="primary", disabled=not title.strip(), key="knowledge-make"):
            taken = {base.name for base in services.knowledge.list()}
            number = next(number for number in range(1, len(taken) + 2) if f"kb-{number}" not in taken)
            made = services.knowledge.create(f"kb-{number}", title=title.strip(), sensitivity=level)
            st.session_state["knowledge-made"] = made.name
            st.rerun()


def _builtin(services: Services, bases: dict[str, KnowledgeBase]) -> None:
    missing = [name for name in services.builtin.names() if name not in bases]
    if not missing:
        return
    with st.expander(t("knowledge.builtin"), icon=":material/library_add:"):
        st.caption(t("knowledge.builtin.help"))
        for name in missing:
            if st.button(t("knowledge.builtin.load", name=t(f"builtin.{name}")), key=f"load-{name}"):
                services.builtin.load(name)
                st.rerun()


def _base(services: Services, base: KnowledgeBase, accepted: list[str]) -> None:
    st.subheader(base.title)
    st.caption(
        " · ".join(
            (
                t("knowledge.counts", documents=base.documents, chunks=base.chunks),
                t(f"sensitivity.{base.sensitivity}"),
                base.name,
            )
        )
    )
    if not base.builtin:
        _upload(services, base, accepted)
    jobs(services, base.name)
    documents, search, danger = st.tabs([t("knowledge.documents"), t("knowledge.search"), t("knowledge.delete")])
    with documents:
        _documents(services, base)
    with search:
        _search(services, base)
    with danger:
        _delete(services, base)


def _upload(services: Services, base: KnowledgeBase, accepted: list[str]) -> None:
    batch = st.session_state.setdefault("upload-batch", 0)
    files = st.file_uploader(
        t("knowledge.upload"), type=accepted, accept_multiple_files=True, key=f"upload-{base.name}-{batch}"
    )
    if files:
        for file in files:
            services.queue.submit(base.name, file.name, file.getvalue())
        st.session_state["upload-batch"] = batch + 1  # an empty uploader again: the files are in the queue
        st.rerun()


@st.fragment(run_every=1.0)
def jobs(services: Services, name: str) -> None:
    """The files handed in: how far, done with how many passages, or why not."""
    known = services.queue.jobs(name)
    for job in known[-12:]:
        if job.state in ("waiting", "working"):
            with st.container(horizontal=True, vertical_alignment="center"):
                share = job.done / job.total if job.total else 0.0
                st.progress(
                    min(share, 1.0), t(f"job.{job.state}", name=job.name, done=job.done, total=job.total or "…")
                )
                if st.button(t("job.cancel"), key=f"cancel-{job.id}"):
                    services.queue.cancel(job.id)
        elif job.state == "failed":
            st.error(f"{job.name}：{job.error}", icon=":material/error:")
        elif job.state == "done":
            st.caption(f":material/check_circle: {t('job.done', name=job.name, chunks=job.chunks)}")
    open_before = st.session_state.get(f"open-jobs-{name}", 0)
    open_now = sum(job.state in ("waiting", "working") for job in known)
    st.session_state[f"open-jobs-{name}"] = open_now
    if open_now < open_before:
        st.rerun()
    if known and not open_now and st.button(t("job.clear"), key=f"clear-{name}"):
        services.queue.clear(name)
        st.rerun()


def _documents(services: Services, base: KnowledgeBase) -> None:
    documents = services.knowledge.documents(base.name)
    if not documents:
        st.caption(t("knowledge.no_documents"))
        return
    rows = [
        {
            t("column.title"): document.title,
            t("column.pages"): document.pages,
            t("column.chunks"): document.chunks,
            t("column.from"): document.effective_from,
            t("column.to"): document.effective_to,
            t("column.updated"): document.updated_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        }
        for document in documents
    ]
    filled = [column for column in rows[0] if any(row[column] is not None for row in rows)]
    picked = st.dataframe(
        [{column: row[column] for column in filled} for row in rows],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"documents-{base.name}",
    )
    selected = picked["selection"]["rows"]
    if not selected or selected[0] >= len(documents):
        st.caption(t("knowledge.pick"))
        return
    document = documents[selected[0]]
    for note in document.notes:
        st.caption(_note(note))
    with st.container(border=True, height=360):
        for chunk in services.knowledge.chunks(base.name, document.id):
            page = f"{t('cited.page').replace('{n}', str(chunk.page))} · " if chunk.page else ""
            st.caption(f"{page}{chunk.start}–{chunk.end}")
            st.text(chunk.text)
    if st.button(t("knowledge.delete_document", name=document.title), key=f"delete-{base.name}-{document.id}"):
        services.knowledge.delete_document(base.name, document.id)
        st.rerun()


def _note(key: str) -> str:
    return WorkbenchError(key).text(language.current())


def _search(services: Services, base: KnowledgeBase) -> None:
    query = st.text_input(t("knowledge.ask"), key=f"ask-{base.name}", placeholder=t("knowledge.ask.hint"))
    if not query.strip():
        return
    hits = services.knowledge.search(query, names=[base.name], limit=6)
    if not hits:
        st.caption(t("knowledge.no_hits"))
    for hit in hits:
        with st.container(border=True):
            page = f" · {t('cited.page').replace('{n}', str(hit.chunk.page))}" if hit.chunk.page else ""
            st.text(f"{hit.chunk.title}{page}")
            st.text(hit.chunk.text)


def _delete(services: Services, base: KnowledgeBase) -> None:
    st.warning(t("knowledge.delete.what", title=base.title, documents=base.documents, chunks=base.chunks))
    sure = st.checkbox(t("knowledge.delete.sure"), key=f"sure-{base.name}")
    if st.button(t("knowledge.delete.do"), disabled=not sure, key=f"drop-{base.name}", type="primary"):
        if base.name in services.builtin.names():
            services.builtin.remove(base.name)
        else:
            services.knowledge.delete(base.name)
        st.rerun()
