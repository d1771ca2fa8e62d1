"""What a contract states of itself: parties, sum, days, law and where disputes go."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from ..contract import Contract
from ..drafting.deal import read_deal
from ..models import PartyRead
from ..rules.categories import places
from .models import Facts

_READ = 200_000
"""So many characters are read for the terms of the deal."""
_ENGLISH_LAW = re.compile(
    r"laws?\s+of\s+(?:the\s+)?"
    r"(?P<of>(?:(?:State|Commonwealth|Province|Republic|Kingdom|People['’]s Republic)\s+of\s+(?:the\s+)?)?"
    r"[A-Z][\w.]+(?:\s+(?:and\s+)?[A-Z][\w.]+){0,3})|(?P<name>[A-Z]\w+(?:\s[A-Z]\w+)?)\s+law\b"
)
_CHINESE_LAW = re.compile(r"(?:适用|依照|依据|受)\s*(?P<of>[\u4e00-\u9fff（）()]{2,20}?)(?:的)?(?:相关|有关)?法律")
_ENGLISH_FORUM = re.compile(
    r"(?P<v>American Arbitration Association|International Chamber of Commerce|JAMS"
    r"|London Court of International Arbitration|(?:[A-Z][a-z]+ )+International Arbitration Cent(?:re|er)"
    r"|courts?\s+(?:located\s+)?(?:of|in)\s+(?:the\s+)?[A-Z][\w.]+(?:[ ,]+(?:of\s+)?[A-Z][\w.]+){0,4})"
)


def facts(contract: Contract, parties: Iterable[PartyRead]) -> Facts:
    """The facts of a contract; nothing is guessed that it does not say."""
    told = read_deal(contract.text[:_READ])
    made = _english(contract) if contract.lang == "en" else _chinese(contract, told)
    amount = next(iter(contract.totals), None)
    cued = ("amount", "rent", "wage") if contract.lang == "zh" else ()
    value = amount.value if amount else next((told[key] for key in cued if key in told), None)
    currency = (amount.currency if amount else told.get("currency")) or "CNY"
    return Facts(
        parties=[one for one in parties if one.name],
        amount=value,
        currency=currency if value is not None else "",
        **{"start": told.get("start"), "end": told.get("end"), "term": _term(contract, told), **made},
    )


def _term(contract: Contract, told: dict[str, Any]) -> str:
    months = told.get("term_months")
    if not months:
        return ""
    return f"{months}个月" if contract.lang == "zh" else f"{months} months"


def _chinese(contract: Contract, told: dict[str, Any]) -> dict[str, Any]:
    law = _CHINESE_LAW.search(contract.folded)
    return {
        "signed": told.get("sign_date"),
        "law": f"{law['of']}法律" if law else "",
        "dispute": told.get("dispute_place", ""),
    }


def _english(contract: Contract) -> dict[str, Any]:
    found = places(contract.text)
    made: dict[str, Any] = {"signed": _day(contract, found.get("Agreement Date", []))}
    made |= {name: day for name, day in (("start", _day(contract, found.get("Effective Date", []))),) if day}
    for start, end in found.get("Governing Law", []):
        if law := _ENGLISH_LAW.search(contract.text, start, end):
            made["law"] = " ".join((law["of"] or law["name"]).split()).rstrip(".")
            break
    for start, end in found.get("Expiration Date", []):
        spans = [one for one in contract.periods if start <= one.start < end and one.unit != "day"]
        if spans:
            made["term"] = contract.text[spans[0].start : spans[0].end]
            break
    if forum := _ENGLISH_FORUM.search(contract.text):
        made["dispute"] = " ".join(forum["v"].split())
    return made


def _day(contract: Contract, spots: list[tuple[int, int]]) -> date | None:
    return next(
        (one.day for start, end in spots for one in contract.dates if start <= one.start < end and one.day), None
    )
