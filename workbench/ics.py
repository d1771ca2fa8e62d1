"""Days with reminders as iCalendar (RFC 5545), for the calendars that people have."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Event:
    """An all-day event. ``remind``: an alarm so many days before, none for 0. ``uid`` is the same in every export."""

    uid: str
    day: date
    title: str
    notes: str = ""
    remind: int = 0


def icalendar(events: Iterable[Event]) -> bytes:
    """The file's bytes."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//workbench//EN"]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}@workbench",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(event.title)}",
            *([f"DESCRIPTION:{_escaped(event.notes)}"] if event.notes else []),
            *(_alarm(event) if event.remind else []),
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _alarm(event: Event) -> list[str]:
    trigger = f"TRIGGER:-P{event.remind}D"
    return ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(event.title)}", trigger, "END:VALARM"]


def _folded(line: str) -> list[str]:
    """A content line in pieces of at most 75 octets, the later ones begun by a space, none cut inside a character."""
    pieces, piece = [], ""
    for char in line:
        if len((piece + char).encode()) > 74:
            pieces.append(piece)
            piece = " "
        piece += char
    return [*pieces, piece]


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
