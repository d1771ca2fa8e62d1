"""Files handed in to a knowledge base: how far each is, done with how many passages, or why not."""

import streamlit as st

from workbench.knowledge import Job
from workbench.services import Services

from .language import t
from .literal import literal

OPEN = ("waiting", "working", "paused")
"""States of a job that is not over."""
_SHOWN = 6


def job_list(services: Services, name: str) -> None:
    """Show them. Looks again by itself while some wait."""
    known = services.queue.jobs(name)
    if known:
        left = sum(job.state in OPEN for job in known)
        st.session_state[f"open-jobs-{name}"] = left  # the whole page is drawn now: no need to do so again for these
        st.fragment(_jobs, run_every=1.0 if left else None)(services, name)


def _jobs(services: Services, name: str) -> None:
    known = services.queue.jobs(name)
    open_jobs = [job for job in known if job.state in OPEN]
    failed = [job for job in known if job.state == "failed"]
    ended = [job for job in known if job.state in ("done", "cancelled")]
    if open_jobs:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(t("job.many", done=len(known) - len(open_jobs), total=len(known)), width="stretch")
            if all(job.state == "paused" for job in open_jobs):
                if st.button(t("job.resume"), key=f"resume-{name}", icon=":material/play_arrow:"):
                    services.queue.resume(name)
            elif st.button(t("job.pause"), key=f"pause-{name}", icon=":material/pause:"):
                services.queue.pause(name)
    for job in sorted(open_jobs, key=lambda job: job.state != "working")[:_SHOWN]:
        _open_job(services, job)
    _others(len(open_jobs) - _SHOWN)
    for job in failed:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.error(literal(f"{_name(job)}：{job.error}"), icon=":material/error:")
            if st.button(t("job.retry"), key=f"retry-{job.id}"):
                services.queue.retry(job.id)
                st.rerun()
    for job in ended[-_SHOWN:]:
        icon = "check_circle" if job.state == "done" else "stop_circle"
        st.caption(f":material/{icon}: {literal(t(f'job.{job.state}', name=_name(job), chunks=job.chunks))}")
    _others(len(ended) - _SHOWN)
    open_before = st.session_state.get(f"open-jobs-{name}", 0)
    st.session_state[f"open-jobs-{name}"] = len(open_jobs)
    if len(open_jobs) < open_before:
        st.rerun()  # the documents and counts below have changed
    if (failed or ended) and not open_jobs and st.button(t("job.clear"), key=f"clear-{name}", type="tertiary"):
        services.queue.clear(name)
        st.rerun()


def _open_job(services: Services, job: Job) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        share = job.done / job.total if job.total else 0.0
        words = t(f"job.{job.state}", name=_name(job), done=job.done, total=job.total or "…")
        st.progress(min(share, 1.0), literal(words))
        if st.button(t("job.cancel"), key=f"cancel-{job.id}"):
            services.queue.cancel(job.id)


def _others(count: int) -> None:
    if count > 0:
        st.caption(t("job.others", count=count))


def _name(job: Job) -> str:
    return job.name or t("knowledge.reindex")
