# ruff: noqa: E501  # a pattern is read best in one piece
"""When somebody can begin: days of notice in Chinese and English. A month counts 30 days, a week 7."""

import re
from datetime import date

from .dates import points
from .quantities import COUNT, number
from .taxonomy import folded

_ABOUT = re.compile(
    r"到岗|(?:可|能|即可|立即|马上|即时|随时|尽快|内)(?:可以?)?(?:入职|上班(?!族)|上岗|开工|报到|到职)|入职时间|上岗时间|(?:提前|需要?)[^，。；;\n]{0,8}(?:通知|提出|交接|离职)|离职(?:周期|交接|手续)|\bhand(?:ing)? over\b|\bhandover\b|交接期|"
    r"\bnotice\b|\bavailab(?:le|ility)\b(?! (?:on|as|at|to (?:customers|clients|users)|24))|\bcan (?:start|join)\b|\bable to (?:start|join)\b|\bfree from\b|\bstart(?:ing)? date\b|earliest start|"
    r"\bjoin (?:within|in|immediately)|immediate (?:joiner|start)|\bstart (?:within|immediately|asap)",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"随时|立即|立刻|马上|即刻|即时|无需交接|immediate|\basap\b|any ?time|right away|at once|\bnow\b|no notice",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"(?P<n>{COUNT}|\ban?\b|半)\s*-?\s*(?:个)?(?P<half>半)?\s*(?P<unit>工作日|天|日(?!语|本)|周|星期|礼拜|月|(?:calendar |working |business )?(?:days?|weeks?|months?))(?![a-z])",
    re.IGNORECASE,
)
_LONGEST = 60
"""A longer requirement asks for more than a day to begin."""
_UNITS = {"天": 1, "日": 1, "工作日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "day": 1, "week": 7, "month": 30}


def days_asked(text: str) -> int | None:
    """Within how many days somebody must be able to begin, as a requirement says."""
    said = days_said(text, date.min)
    return said[0] if said and len(text) < _LONGEST else None


def month_asked(text: str) -> int:
    """The month (from year 0) by whose end somebody must be able to begin, as a requirement says; 0 for none."""
    plain = folded(text)
    if len(text) >= _LONGEST or not _ABOUT.search(plain) or _TIME.search(plain):
        return 0
    return next((month for month, _, _ in points(text)), 0)


def days_said(text: str, today: date) -> tuple[int, int, int] | None:
    """(days from ``today``, start, end) until somebody can begin, as ``text`` says; None where it does not.

    A month without its day counts from its first.
    """
    plain = folded(text)
    about = _ABOUT.search(plain)
    if not about:
        return None
    if time := _TIME.search(plain):
        word, unit = time["n"].strip(), time["unit"].split()[-1].rstrip("s")
        amount = 0.5 if word == "半" else 1.0 if word in ("a", "an") else number(word)
        return round((amount + (0.5 if time["half"] else 0)) * _UNITS[unit]), *time.span()
    if at_once := _AT_ONCE.search(plain):
        return 0, *at_once.span()
    for month, start, end in points(text):
        return max((date(month // 12, month % 12 + 1, 1) - today).days, 0), start, end
    return None
