"""The knowledge bases: make one, hand in files and watch them being read, look inside, ask, delete."""

import tempfile
from functools import partial
from pathlib import Path
from typing import Any, get_args

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.knowledge import KnowledgeBase, Sensitivity, StoredDocument
from workbench.services import Services

from . import language
from .attempt import succeeds
from .builtin import knowledge_bases, loading
from .document_view import document_view
from .empty import empty
from .hit_list import hit_list
from .job_list import OPEN, job_list
from .language import t
from .literal import literal
from .notices import notices
from .person import acting


def knowledge_page(services: Services, accepted: list[str]) -> None:
    """Draw the page. ``accepted`` are the suffixes of files that can be read."""
    st.title(t("knowledge.title"))
    with st.container(key="purpose"):
        st.markdown(t("knowledge.purpose"))
    notices(services)
    loading(services)
    bases = knowledge_bases(services)
    left, right = st.columns([1, 2], gap="large")
    with left:
        chosen = _choose(bases)
        _create(services)
        _import(services)
        _builtin(services, bases)
    with right:
        if chosen is None:
            empty("library_books", t("knowledge.empty"))
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
        format_func=lambda name: literal(bases[name].title),
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
            made = services.knowledge.create(_free_name(services), title=title.strip(), sensitivity=level)
            st.session_state["knowledge-made"] = made.name
            st.rerun()


def _builtin(services: Services, bases: dict[str, KnowledgeBase]) -> None:
    missing = [name for name in services.builtin.names() if name not in bases]
    if not missing:
        return
    with st.expander(t("knowledge.builtin"), icon=":material/library_add:"):
        st.caption(t("knowledge.builtin.help"))
        for name in missing:
            title = literal(services.builtin.title(name, language.current()))
            if st.button(t("knowledge.builtin.load", name=title), key=f"load-{name}"):
                services.builtin.load(name)
                st.rerun()


def _base(services: Services, base: KnowledgeBase, accepted: list[str]) -> None:
    st.subheader(literal(base.title))
    st.caption(
        " · ".join(
            (
                t("knowledge.counts", documents=base.documents, chunks=base.chunks),
                t(f"sensitivity.{base.sensitivity}"),
                base.name,
            )
        )
    )
    if base.stale:
        renewed = any(job.kind == "reindex" and job.state in OPEN for job in services.queue.jobs(base.name))
        st.info(t("knowledge.stale.renewed" if renewed else "knowledge.stale"), icon=":material/info:")
    if not base.builtin:
        _upload(services, base, accepted)
    job_list(services, base.name)
    documents, search, danger = st.tabs([t("knowledge.documents"), t("knowledge.search"), t("knowledge.manage")])
    with documents:
        _documents(services, base)
    with search:
        _search(services, base)
    with danger:
        _manage(services, base)


def _upload(services: Services, base: KnowledgeBase, accepted: list[str]) -> None:
    batch = st.session_state.setdefault("upload-batch", 0)
    files = st.file_uploader(
        t("knowledge.upload"), type=[*accepted, ".zip"], accept_multiple_files=True, key=f"upload-{base.name}-{batch}"
    )
    if files:
        person = acting(services).person
        for file in files:
            succeeds(partial(services.queue.submit, base.name, file.name, file.getvalue(), submitter=person))
        st.session_state["upload-batch"] = batch + 1  # an empty uploader again: the files are in the queue
        st.rerun()


def _documents(services: Services, base: KnowledgeBase) -> None:
    documents = services.knowledge.documents(base.name)
    if not documents:
        empty("upload_file", t("knowledge.no_documents"))
        return
    wanted = st.text_input(
        t("knowledge.filter"),
        key=f"filter-{base.name}",
        placeholder=t("knowledge.filter"),
        label_visibility="collapsed",
    )
    documents = [document for document in documents if wanted.strip().casefold() in document.title.casefold()]
    if not documents:
        st.caption(t("knowledge.filter.none"))
        return
    rows = [_row(document) for document in documents]
    filled = [column for column in rows[0] if any(row[column] != "" for row in rows)]
    picked = st.dataframe(
        [{column: row[column] for column in filled} for row in rows],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"documents-{base.name}-{wanted}",
    )
    selected = picked["selection"]["rows"]
    if not selected or selected[0] >= len(documents):
        st.caption(t("knowledge.pick"))
    else:
        _document(services, base, documents[selected[0]])


def _row(document: StoredDocument) -> dict[str, Any]:
    return {
        t("column.title"): document.title,
        t("column.pages"): str(document.pages or ""),
        t("column.chunks"): document.chunks,
        t("column.from"): str(document.effective_from or ""),
        t("column.to"): str(document.effective_to or ""),
        t("column.versions"): str(document.versions) if document.versions > 1 else "",
        t("column.updated"): document.updated_at.astimezone().strftime("%Y-%m-%d %H:%M"),
    }


def _document(services: Services, base: KnowledgeBase, document: StoredDocument) -> None:
    """One document: its versions, the days it is in force, its text with the borders of the passages."""
    st.markdown(f"**{literal(document.title)}**")
    for note in document.notes:
        st.caption(_note(note))
    versions = {version.version: version for version in services.knowledge.versions(base.name, document.id)}
    number = document.version
    if len(versions) > 1:
        number = st.selectbox(
            t("knowledge.version"),
            list(versions),
            format_func=lambda number: _version(versions[number]),
            key=f"version-{base.name}-{document.id}",
        )
    chosen = versions[number]
    place = f"{base.name}-{document.id}-{number}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        begins = st.date_input(t("column.from"), chosen.effective_from, key=f"from-{place}", width=170)
        ends = st.date_input(t("column.to"), chosen.effective_to, key=f"to-{place}", width=170)
        changed = (begins, ends) != (chosen.effective_from, chosen.effective_to)
        if st.button(t("knowledge.set_dates"), disabled=not changed, key=f"dates-{place}"):
            dates = {"effective_from": begins, "effective_to": ends}
            if succeeds(partial(services.knowledge.set_dates, base.name, document.id, version=number, **dates)):
                st.rerun()
        with st.popover(t("knowledge.delete_document"), icon=":material/delete:"):
            st.markdown(
                t(
                    "knowledge.delete_document.what",
                    name=literal(document.title),
                    versions=len(versions),
                    chunks=document.chunks,
                )
            )
            if st.button(t("knowledge.delete_document"), key=f"delete-{base.name}-{document.id}", type="primary"):
                services.knowledge.delete_document(base.name, document.id)
                st.rerun()
    st.caption(t("knowledge.passages.help"))
    document_view(services.knowledge.chunks(base.name, document.id, number), key=f"view-{place}")


def _version(version: StoredDocument) -> str:
    days = f"{version.begins or '…'} – {version.ends or '…'}"
    return t("knowledge.version.name", number=version.version, days=days)


def _note(key: str) -> str:
    return WorkbenchError(key).text(language.current())


def _search(services: Services, base: KnowledgeBase) -> None:
    query = st.text_input(t("knowledge.ask"), key=f"ask-{base.name}", placeholder=t("knowledge.ask.hint"))
    if not query.strip():
        return
    hits = services.knowledge.search(query, names=[base.name], limit=6)
    if not hits:
        empty("search_off", t("knowledge.no_hits"))
    else:
        hit_list(hits, key=f"hits-{base.name}")


def _exported(services: Services, name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "knowledge.zip"
        services.knowledge.export(name, path)
        return path.read_bytes()


def _import(services: Services) -> None:
    """A knowledge base from an exported file; under a name of its own when that one is taken."""
    with st.expander(t("knowledge.import"), icon=":material/upload_file:"):
        batch = st.session_state.setdefault("import-batch", 0)
        file = st.file_uploader(t("knowledge.import.file"), type=".zip", key=f"import-{batch}")
        if file is None or not st.button(t("knowledge.import.do"), type="primary", key="import-do"):
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "knowledge.zip"
            path.write_bytes(file.getvalue())
            try:
                made = services.knowledge.import_file(path, _free_name(services))
            except WorkbenchError as error:
                st.error(error.text(language.current()), icon=":material/error:")
                return
        st.session_state["import-batch"] = batch + 1
        st.session_state["knowledge-made"] = made.name
        st.rerun()


def _free_name(services: Services) -> str:
    taken = {base.name for base in services.knowledge.list()}
    return next(f"kb-{number}" for number in range(1, len(taken) + 2) if f"kb-{number}" not in taken)


def _manage(services: Services, base: KnowledgeBase) -> None:
    levels: tuple[Sensitivity, ...] = get_args(Sensitivity)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.text_input(t("knowledge.name"), base.title, key=f"title-{base.name}")
        level = st.selectbox(
            t("knowledge.sensitivity"),
            levels,
            index=levels.index(base.sensitivity),
            format_func=lambda value: t(f"sensitivity.{value}"),
            key=f"level-{base.name}",
        )
        same = not title.strip() or (title.strip(), level) == (base.title, base.sensitivity)
        if st.button(t("knowledge.change"), disabled=same, key=f"change-{base.name}"):
            services.knowledge.change(base.name, title=title.strip(), sensitivity=level)
            st.rerun()
    with st.container(horizontal=True):
        st.download_button(
            t("knowledge.export"),
            data=partial(_exported, services, base.name),
            file_name=f"{base.name}.zip",
            mime="application/zip",
            key=f"export-{base.name}",
            icon=":material/download:",
            on_click="ignore",
        )
        if st.button(t("knowledge.reindex"), icon=":material/refresh:", key=f"reindex-{base.name}"):
            services.queue.reindex(base.name, submitter=acting(services).person)
            st.rerun()
    st.warning(t("knowledge.delete.what", title=base.title, documents=base.documents, chunks=base.chunks))
    sure = st.checkbox(t("knowledge.delete.sure"), key=f"sure-{base.name}")
    if st.button(t("knowledge.delete.do"), disabled=not sure, key=f"drop-{base.name}", type="primary"):
        if base.name in services.builtin.names():
            services.builtin.remove(base.name)
        else:
            services.knowledge.delete(base.name)
        st.rerun()
