"""The key dates of a draft as a calendar file."""

from collections.abc import Sequence

from workbench.ics import Event, icalendar
from workbench.texts import Lang, text

from .draft import KeyDate

_ROOM = "scenarios.contracts.drafting"


def events(title: str, dates: Sequence[KeyDate], key: str, lang: Lang) -> bytes:
    """The dates as a calendar file with reminders; ``key`` makes their ids, the same in each export."""
    return icalendar(
        Event(
            uid=f"{key}-{place}-{one.kind}", day=one.day, remind=one.remind,
            title=text(f"{_ROOM}:event", lang, title=title, label=one.label),
        )
        for place, one in enumerate(dates)
    )  # fmt: skip
