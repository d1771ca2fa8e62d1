"""The very words to put in place of a finding's, where code can tell them; a person accepts, edits or rejects them."""

import calendar
import re
from collections.abc import Callable

from .contract import Contract
from .drafting.wording import capital
from .issue import Issue

_PERCENT = re.compile(r"\d+(?:\.\d+)?\s*[%％]|百分之[零一二三四五六七八九十百]+")
_RATE = re.compile(r"\d+(?:\.\d+)?\s*[%％‰]|[百千万]分之[零一二三四五六七八九十百\d.]+")
_PERIOD = re.compile(r"(?:\d+|[一二三四五六七八九十百两]+)\s*个?(?:周年|整年|年|月|天|日)")
_DAY = re.compile(r"(?P<year>\d{4})(?P<one>\s*[年/.-]\s*)(?P<month>\d{1,2})(?P<two>\s*[月/.-]\s*)(?P<day>\d{1,2})")

Propose = Callable[[str, Issue, Contract], str | None]


def proposal(issue: Issue, contract: Contract) -> str | None:
    """What to put in place of the issue's words; empty to strike them, None where code cannot tell."""
    propose = _PROPOSALS.get(issue.rule)
    if propose is None or issue.start is None or issue.end is None:
        return None
    quote = contract.text[issue.start : issue.end]
    made = propose(quote, issue, contract)
    return None if made == quote else made


def _with(pattern: re.Pattern[str], words: str) -> Propose:
    """The quote with the one thing that ``pattern`` finds in it replaced; None where it finds none or several."""

    def propose(quote: str, issue: Issue, contract: Contract) -> str | None:
        return pattern.sub(words, quote) if len(pattern.findall(quote)) == 1 else None

    return propose


def _last_day(quote: str, issue: Issue, contract: Contract) -> str | None:
    """The last day of the month in place of one that the month has not."""
    found = _DAY.search(quote)
    if not found or not 1 <= int(found["month"]) <= 12:
        return None
    last = calendar.monthrange(int(found["year"]), int(found["month"]))[1]
    return quote[: found.start("day")] + str(last) + quote[found.end("day") :]


def _penalty(quote: str, issue: Issue, contract: Contract) -> str | None:
    """0.05% a day, 20% of the price: what is usual and seldom lowered."""
    return _with(_RATE, "0.05%" if issue.variant == "daily" else "20%")(quote, issue, contract)


def _probation(quote: str, issue: Issue, contract: Contract) -> str | None:
    """The longest term, or the least pay, that 劳动合同法 19 and 20 allow."""
    if issue.variant == "pay":
        return _with(_PERCENT, "80%")(quote, issue, contract)
    limit = issue.values.get("limit")
    return _with(_PERIOD, f"{limit}个月")(quote, issue, contract) if limit else None


def _in_words(quote: str, issue: Issue, contract: Contract) -> str | None:
    """The words written anew from the figures; where words and figures are of one sum in yuan."""
    first, last = issue.start or 0, issue.end or 0
    inside = [one for one in contract.amounts if first <= one.start < last]
    words, figures = ([one for one in inside if one.spelt is spelt] for spelt in (True, False))
    if issue.variant or len(words) != 1 or len(figures) != 1 or words[0].currency != "CNY":
        return None
    start, end = words[0].start - first, words[0].end - first
    return quote[:start] + words[0].before + capital(figures[0].value) + quote[end:]


_PROPOSALS: dict[str, Propose] = {
    "amount.words_mismatch": _in_words,
    "date.invalid": _last_day,
    "deposit.over_20_percent": _with(_PERCENT, "20%"),
    "penalty.excessive": _penalty,
    "lease.over_20_years": _with(_PERIOD, "20年"),
    "probation.too_long": _probation,
    "noncompete.over_2_years": _with(_PERIOD, "二年"),
    "party.name_drift": lambda quote, issue, contract: str(issue.values["name"]) if issue.values.get("name") else None,
    "text.instruction": lambda quote, issue, contract: "",
    "text.hidden": lambda quote, issue, contract: "",
}
