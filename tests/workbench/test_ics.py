"""Days with reminders leave as a calendar file that calendars read."""

from datetime import date

from workbench.ics import Event, icalendar


def test_an_event_is_all_day_with_its_reminder() -> None:
    made = icalendar([Event("a-1", date(2026, 12, 31), "到期：采购合同, 第一期; x", remind=7)]).decode()
    lines = made.split("\r\n")
    assert {"UID:a-1@workbench", "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "TRIGGER:-P7D"} <= set(
        lines
    )
    assert "SUMMARY:到期：采购合同\\, 第一期\\; x" in lines


def test_long_lines_are_folded_at_75_octets_and_read_back() -> None:
    title = "很长的标题" * 30
    made = icalendar([Event("b", date(2026, 1, 1), title)])
    assert max(len(line) for line in made.split(b"\r\n")) <= 75
    assert title in made.decode().replace("\r\n ", "")


def test_no_reminder_no_alarm() -> None:
    assert b"VALARM" not in icalendar([Event("c", date(2026, 1, 1), "签订")])
