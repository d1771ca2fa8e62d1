"""Rows of customers to messages: which segment, whether they may be written to, when."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, cast

import yaml

from workbench.language import detect
from workbench.texts import Lang, text

from .models import Notice, NotifyRequest, Segment

_RULES = Path(__file__).with_name("notify.yaml")


@cache
def rules() -> dict[str, Any]:
    """The words of ``notify.yaml``."""
    return cast("dict[str, Any]", yaml.safe_load(_RULES.read_text("utf-8")))


def facts_of(row: Mapping[str, Any]) -> dict[str, str]:
    """The known columns of a row under their own names, as text."""
    given = {str(key).strip().casefold(): value for key, value in row.items()}
    found = {}
    for name, written in rules()["columns"].items():
        value = next((given[one] for one in written if given.get(one) not in (None, "")), "")
        found[name] = " ".join(str(value).split())[:80]
    return found


def segment_of(facts: Mapping[str, str], today: date) -> Segment | None:
    """The segment of a row: an order that is late or unpaid before one that is under way."""
    status = facts["status"].casefold()
    expected, expires = _day(facts["expected"]), _day(facts["expires"])
    if status in rules()["unpaid"]:
        return "unpaid"
    if expected and expected < today and status and status not in rules()["delivered"]:
        return "delayed"
    if status in rules()["shipped"]:
        return "shipped"
    if expires and today <= expires <= today + timedelta(days=rules()["expiring_days"]):
        return "expiring"
    return None


def notice(facts: dict[str, str], segment: Segment, request: NotifyRequest, now: datetime, lang: Lang) -> Notice:
    """The message for a row, or why there is none."""
    known = rules()["segments"][segment]
    spoken: Lang = _language(facts, lang)
    own = request.templates.get(segment, "")
    words = own or known[spoken]
    made = Notice(
        customer=facts["name"],
        segment=segment,
        channel=facts["channel"] or "sms",
        language=spoken,
        text="",
        state="ready",
        template=text("scenarios.support:notify.own", lang) if own else f"{segment}.{spoken}@{known['version']}",
        facts=facts,
    )

    def kept_back(state: str, key: str, **values: object) -> Notice:
        reason = text(f"scenarios.support:notify.{key}", lang, **values)
        return made.model_copy(update={"state": state, "reason": reason})

    if facts["unsubscribed"].casefold() in rules()["agreed"]:
        return kept_back("skipped", "unsubscribed")
    if known["kind"] == "advertising" and facts["consent"].casefold() not in rules()["agreed"]:
        return kept_back("skipped", "no_consent")
    wanted = variables(words)
    if unknown := wanted - facts.keys():
        return kept_back("held", "unknown", what=sorted(unknown))
    if lacking := [name for name in sorted(wanted) if not facts[name]]:
        columns = [text(f"scenarios.support:notify.column.{name}", lang) for name in lacking]
        return kept_back("held", "lacking", what=columns)
    leaves = after_quiet(request.at or now, request.quiet_from, request.quiet_to)
    moved = text("scenarios.support:notify.moved", lang) if leaves != (request.at or now) else ""
    return made.model_copy(update={"text": words.format(**facts), "send_at": leaves, "reason": moved})


def variables(words: str) -> set[str]:
    """The names in braces of a template; a template with broken braces or positions has the unknown name ``?``."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(words) if name is not None]
    except ValueError:
        return {"?"}
    return {name if name.isidentifier() else "?" for name in names}


def after_quiet(moment: datetime, start: time, end: time) -> datetime:
    """The first moment from ``moment`` on that is not in the quiet hours, which may go past midnight."""
    clock = moment.time().replace(tzinfo=None)
    quiet = start <= clock < end if start <= end else clock >= start or clock < end
    if not quiet:
        return moment
    day = moment.date() + timedelta(days=clock >= end)
    return datetime.combine(day, end, tzinfo=moment.tzinfo)


def _language(facts: Mapping[str, str], lang: Lang) -> Lang:
    said = facts["language"].casefold()
    if said:
        return "en" if said.startswith(("en", "英")) else "zh"
    return detect(facts["name"]) if facts["name"] else lang


def _day(said: str) -> date | None:
    match = re.match(r"(\d{4})\D(\d{1,2})\D(\d{1,2})", said)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
