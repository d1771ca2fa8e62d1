"""The tab of a contract's completion: the certificate, its key dates, and what comes up among the archived ones."""

import tempfile
from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path

import streamlit as st

from ui.literal import literal
from workbench.run import Run, Version
from workbench.scenario import Section
from workbench.services import Services
from workbench.texts import Lang, text

from .certificate import Certificate, certificate
from .dates import calendar, dates_of, upcoming

_SOON = 90


def completion(services: Services, run: Run, lang: Lang, version: Version) -> None:
    """Draw the tab."""
    made = certificate(services.desk, run.run_id, lang, version.number)
    left = sum(not one.met for one in made.points)
    if made.complete:
        st.success(_say("complete", lang), icon=":material/verified:")
    else:
        st.warning(_say("incomplete", lang, count=left), icon=":material/pending_actions:")
    for one in made.points:
        icon = ":green[:material/check_circle:]" if one.met else ":orange[:material/radio_button_unchecked:]"
        st.markdown(f"{icon} {_say(f'point.{one.point}', lang)}")
        for line in [*one.open[:8], *one.waived[:8]]:
            st.caption(f"　　{literal(line)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_say("hash", lang, version=made.version, sha256=f"`{made.sha256[:16]}…`"))
        st.download_button(
            _say("download", lang),
            partial(_file, services, made, lang),
            f"certificate-{run.run_id}-v{made.version}.xlsx",
            icon=":material/download:",
            key=f"certificate-{run.run_id}-{made.version}",
            on_click="ignore",
        )
    _dates(version, lang)
    _soon(services, lang)


def _dates(version: Version, lang: Lang) -> None:
    st.markdown(f"**{_say('dates', lang)}**")
    dates = dates_of(version.deliverable, lang)
    if not dates:
        st.caption(_say("dates.none", lang))
        return
    today = date.today()
    rows = [
        {
            _say("dates.day", lang): one.day,
            _say("dates.what", lang): one.label,
            _say("dates.remind", lang): one.remind,
            _say("dates.left", lang): (one.day - today).days,
        }
        for one in dates
    ]
    st.dataframe(rows, hide_index=True, width="stretch", height="content")


def _soon(services: Services, lang: Lang) -> None:
    """The calendar of the archived contracts: a heading a month, a bell where the reminder has begun."""
    found = upcoming(services.desk, date.today(), _SOON, lang)
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_say('upcoming', lang)}**", width="stretch")
        st.download_button(
            _say("upcoming.ics", lang), partial(calendar, found, lang), "contracts.ics", mime="text/calendar",
            icon=":material/event:", key="upcoming-ics", on_click="ignore",
        )  # fmt: skip
    for month, dates in groupby(found, key=lambda one: f"{one.date.day:%Y-%m}"):
        st.caption(month)
        for one in dates:
            bell = ":orange[:material/notifications_active:] " if one.due else ""
            st.markdown(f"{bell}**{one.date.day:%d}**　{literal(one.date.label)} · {literal(one.title)}")


def sections(made: Certificate, lang: Lang) -> Sequence[Section]:
    """The certificate as a document."""
    header = tuple(_say(f"certificate.{name}", lang) for name in ("point", "met", "notes"))
    rows = tuple(
        (
            _say(f"point.{one.point}", lang),
            _say("met" if one.met else "unmet", lang),
            "\n".join([*one.open, *one.waived]),
        )
        for one in made.points
    )
    said = (
        _say("complete", lang) if made.complete else _say("incomplete", lang, count=sum(not p.met for p in made.points))
    )
    stamp = _say("hash", lang, version=made.version, sha256=made.sha256)
    return [
        Section(
            _say("certificate.title", lang),
            (said, stamp, f"{made.run_id} · {made.issued_at:%Y-%m-%d %H:%M} UTC"),
            table=(header, *rows),
        )
    ]


def _file(services: Services, made: Certificate, lang: Lang) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "certificate.xlsx"
        title = _say("certificate.title", lang)
        services.exporter.write_tables(path, title, f"{made.run_id} · v{made.version}", sections(made, lang), lang)
        return path.read_bytes()


def _say(key: str, lang: Lang, **values: object) -> str:
    return text(f"scenarios.contracts.completion:{key}", lang, **values)
