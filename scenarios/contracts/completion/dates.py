"""The days of a contract that somebody must not miss, and those that come up among the archived ones."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from pydantic import BaseModel

from workbench.desk import Desk
from workbench.errors import RequestError
from workbench.forms import validated
from workbench.ics import Event, icalendar
from workbench.texts import Lang, text

from ..contract import Contract
from ..drafting.deal import read_deal
from ..drafting.draft import KeyDate
from ..drafting.form import DraftRequest
from ..drafting.values import key_dates, plan


class Upcoming(BaseModel):
    """A key date of an archived contract. ``due``: its reminder has begun."""

    run_id: str
    title: str
    date: KeyDate
    due: bool


def dates_of(deliverable: dict[str, Any], lang: Lang) -> list[KeyDate]:
    """The key dates of a draft, or those that the text of a reviewed contract states."""
    if "dates" in deliverable:
        return [KeyDate.model_validate(one) for one in deliverable["dates"]]
    read = read_deal(Contract(deliverable["text"]).text[:200_000], "services")
    wanted = {name: read[name] for name in read if name in ("start", "end", "sign_date", "delivery_date", "payments")}
    try:
        request = validated(DraftRequest, wanted | {"contract_type": "services"})
    except RequestError:
        return []
    return key_dates(request, plan(request, lang), lang)


def upcoming(desk: Desk, today: date, within: int, lang: Lang) -> list[Upcoming]:
    """What comes up in ``within`` days among approved and archived contracts, the next first."""
    found = [one for one in _archived(desk, today, lang) if one.date.day <= today + timedelta(days=within)]
    return sorted(found, key=lambda one: one.date.day)


def calendar(found: Sequence[Upcoming], lang: Lang) -> bytes:
    """The dates of several contracts as one calendar file with reminders."""
    return icalendar(
        Event(
            uid=f"{one.run_id}-{one.date.day:%Y%m%d}-{crc32(one.date.label.encode()):08x}",
            day=one.date.day, remind=one.date.remind,
            title=text("scenarios.contracts.drafting:event", lang, title=one.title, label=one.date.label),
        )
        for one in found
    )  # fmt: skip


def _archived(desk: Desk, today: date, lang: Lang) -> Iterator[Upcoming]:
    for listed in desk.store.archive(scenario="contracts", limit=500):
        run = desk.engine.runs.get(listed.run_id)
        if run.task not in ("draft", "review") or run.deliverable is None:
            continue
        deliverable = desk.engine.runs.versions(listed.run_id)[-1].deliverable
        for one in dates_of(deliverable, lang):
            if one.day >= today:
                due = one.day - timedelta(days=one.remind) <= today
                yield Upcoming(run_id=listed.run_id, title=deliverable.get("title", ""), date=one, due=due)
