"""From the form to what the clauses say: sums, terms, payment plans and key dates, worked out by code."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from workbench.texts import Lang, text

from ..dates import add_months
from .blanks import mark
from .draft import KeyDate, Payment
from .form import DraftRequest, Instalment, PartyForm
from .library import Form
from .wording import cents, day, figure, money, percent

_ROOM = "scenarios.contracts.drafting"
_EVENT_ENDS = ("之日起", "之后", "以后", "之日", "后", "时")
_HAS_LIMIT = ("日内", "天内", "月内", "日前", "当日", "同时", "within", "before", "on or")
USUAL_LATE_RATE = Decimal("0.05")
"""Per cent a day for late performance where the form says nothing."""
_USUAL_DAYS = 10


def total(request: DraftRequest) -> Decimal | None:
    """The contract's sum: as stated, else of its items, of its rents, or of its instalments."""
    if request.amount is not None:
        return request.amount
    if request.items:
        return item_total(request)
    if request.payments and all(one.amount is not None for one in request.payments):
        return sum((one.amount for one in request.payments if one.amount is not None), Decimal(0))
    return None


def item_total(request: DraftRequest) -> Decimal:
    """The sum of the items, each line to the cent."""
    return sum((cents(item.quantity * item.price) for item in request.items), Decimal(0))


def last_day(request: DraftRequest) -> date | None:
    """The last day of the term: as stated, else counted from its beginning."""
    if request.end is not None or request.start is None or not request.term_months:
        return request.end
    return add_months(request.start, request.term_months) - timedelta(days=1)


def months(request: DraftRequest) -> int | None:
    """The term in whole months: as stated, else where both dates make one."""
    if request.term_months:
        return request.term_months
    if request.start is None or request.end is None:
        return None
    count = (request.end.year - request.start.year) * 12 + request.end.month - request.start.month
    return next(
        (n for n in (count, count + 1) if n and add_months(request.start, n) - timedelta(days=1) == request.end), None
    )


def plan(request: DraftRequest, lang: Lang) -> list[Payment]:
    """The instalments with their sums; the last takes what rounding leaves, so that they add up to the total."""
    whole = total(request)
    made = []
    for place, one in enumerate(request.payments, 1):
        amount = one.amount
        if amount is None and one.percent is not None and whole is not None:
            amount = cents(whole * one.percent / 100)
        name = one.name or text(f"{_ROOM}:draft.instalment", lang, number=place)
        made.append(Payment(name=name, percent=one.percent, amount=amount, when=_when(one, lang), due=one.due))
    if whole is not None and made and all(one.amount is not None for one in made):
        rest = whole - sum((one.amount for one in made[:-1] if one.amount is not None), Decimal(0))
        if abs(rest - (made[-1].amount or 0)) < Decimal("0.01") * len(made):
            made[-1].amount = rest
    return made


def _when(one: Instalment, lang: Lang) -> str:
    """The time of a payment in words; empty where the form says nothing."""
    if one.due is not None:
        return text(f"{_ROOM}:draft.when.date", lang, day=day(one.due, lang))
    if not one.trigger:
        return ""
    if any(limit in one.trigger for limit in _HAS_LIMIT):
        return text(f"{_ROOM}:draft.when.event", lang, event=one.trigger)
    event = one.trigger
    for end in _EVENT_ENDS if lang == "zh" else ():
        event = event.removesuffix(end)
    days = _USUAL_DAYS if one.days is None else one.days
    return text(f"{_ROOM}:draft.when.days", lang, event=event, days=max(days, 1))


def payment_lines(request: DraftRequest, lang: Lang, missing: list[str]) -> str:
    """The instalments as the items of a list."""
    lines, payments = [], plan(request, lang)
    shares = all(one.percent is not None for one in payments)  # mixed plans are stated in sums alone
    for place, one in enumerate(payments, 1):
        parts = []
        if one.percent is not None and (shares or one.amount is None):
            parts.append(text(f"{_ROOM}:draft.share", lang, share=percent(one.percent)))
        if one.amount is not None:
            stated = money(one.amount, request.currency, lang, words=False)
            parts.append(text(f"{_ROOM}:draft.being", lang, sum=stated) if parts else stated)
        if not parts:
            missing.append("payment_amount")
            parts.append(mark("payment_amount", lang))
        if not one.when:
            missing.append("payment_time")
        when = one.when or mark("payment_time", lang)
        what = "".join(parts)
        line = text(f"{_ROOM}:draft.line", lang, place=place, name=one.name, what=what, when=when)
        lines.append(line + text(f"{_ROOM}:draft.line.{'end' if place == len(payments) else 'more'}", lang))
    return "\n".join(lines)


def item_table(request: DraftRequest, lang: Lang) -> str:
    """The items as a table with its sum, drawn with bars."""
    columns = ("number", "name", "specification", "unit", "quantity", "price", "total")
    rows = [[text(f"{_ROOM}:draft.column.{name}", lang) for name in columns]]
    for place, item in enumerate(request.items, 1):
        made = cents(item.quantity * item.price)
        rows.append(
            [str(place), item.name, item.specification or "-", item.unit or "-", f"{item.quantity.normalize():f}",
             figure(item.price), figure(made)]
        )  # fmt: skip
    rows.append([text(f"{_ROOM}:draft.column.sum", lang), "", "", "", "", "", figure(item_total(request))])
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows)


def term(request: DraftRequest, lang: Lang) -> str:
    """The term in words: 为12个月，自…起至…止; empty where nothing is said."""
    last, count = last_day(request), months(request)
    stated = {"months": count, "first": "", "last": ""}
    if request.start is not None and last is not None:
        stated |= {"first": day(request.start, lang), "last": day(last, lang)}
        return text(f"{_ROOM}:draft.term.{'full' if count else 'dates'}", lang, **stated)
    if count:
        return text(f"{_ROOM}:draft.term.months", lang, **stated)
    return ""


def span(count: int, lang: Lang) -> str:
    """A number of months for people."""
    return text(f"{_ROOM}:draft.months", lang, count=count)


def key_dates(request: DraftRequest, payments: Sequence[Payment], lang: Lang) -> list[KeyDate]:
    """The days to keep in a calendar, in order; a renewal is to be thought of a month before the end."""
    last = last_day(request)
    found = [
        KeyDate(day=value, kind=kind, label=text(f"{_ROOM}:date.{kind}", lang), remind=remind)
        for kind, value, remind in (
            ("signing", request.sign_date, 0), ("start", request.start, 3), ("delivery", request.delivery_date, 7),
            ("expiry", last, 7),
        ) if value is not None
    ]  # fmt: skip
    found += [KeyDate(day=one.due, kind="payment", label=one.name) for one in payments if one.due is not None]
    if last is not None and (request.start is None or (last - request.start).days > 60):
        renewal = text(f"{_ROOM}:date.renewal", lang)
        found.append(KeyDate(day=last - timedelta(days=30), kind="renewal", label=renewal, remind=14))
    return sorted(found, key=lambda one: one.day)


def values(
    request: DraftRequest, form: Form, parties: Mapping[str, PartyForm], us: str, lang: Lang
) -> dict[str, object]:
    """Everything that a clause may say or ask about; what the form does not say is not in it."""
    whole = total(request)
    roles = {role.id: side for side, role in form.roles.items()}
    found: dict[str, object] = {
        **_who(request, form, parties, us, lang),
        **{name: getattr(request, name).rstrip("。.") for name in _PLAIN},
        **{name: getattr(request, name) or "" for name in ("hours", "repayment", "guarantee", "dispute")},
        **_sums(request, whole, lang),
        **_times(request, lang),
        **_limits(request, us if request.risk == "high" else ""),
        **_lists(request, lang),
        "ip": {"a": form.roles["a"].id, "b": form.roles["b"].id, "joint": "joint"}.get(request.ip_owner or "", ""),
        "area": f"{request.area.normalize():f}" if request.area else "",
        "mutual": bool(request.mutual),
        **_taxed(request, whole, lang),
        **_disputed(request, parties, us, roles, lang),
        **_shared_out(request, form),
    }
    return {name: value for name, value in found.items() if value not in ("", None)}


def _who(request: DraftRequest, form: Form, parties: Mapping[str, PartyForm], us: str, lang: Lang) -> dict[str, object]:
    """What each side is called, who pays whom, and to which account."""
    roles = {role.id: side for side, role in form.roles.items()}
    spoken = {
        role.id: ("甲方", "乙方")[side == "b"] if lang == "zh" else f"the {role.en}"
        for side, role in form.roles.items()
    }
    payee_role = next(role for role in roles if role != form.payer)
    payee, payer = parties[roles[payee_role]], parties[roles[form.payer]]
    return {
        **spoken,
        "us": us,
        "strict": us if request.risk == "high" else "",
        "payer": spoken[form.payer],
        "payee": spoken[payee_role],
        "payer_role": form.payer,
        "payee_role": payee_role,
        "payee_name": payee.name,
        "bank": payee.bank if payee.account else "",
        "account": payee.account,
        "borrower_name": payer.name,
        "borrower_bank": payer.bank if payer.account else "",
        "borrower_account": payer.account,
        "personal_signature": any(one.id_number for one in parties.values()),
    }


def _sums(request: DraftRequest, whole: Decimal | None, lang: Lang) -> dict[str, object]:
    """Sums of money in figures and words."""

    def stated(value: Decimal | None) -> str:
        return "" if value is None else money(value, request.currency, lang)

    count = months(request)
    return {
        **{name: stated(getattr(request, name)) for name in _MONEY},
        "amount": stated(whole),
        "penalty": stated(whole),
        "rent_total": stated(request.rent * count) if request.rent and count else "",
    }


def _times(request: DraftRequest, lang: Lang) -> dict[str, object]:
    """Days, and spans in months or days."""

    def dated(value: date | None) -> str:
        return "" if value is None else day(value, lang)

    def lasting(count: int | None) -> str:
        return span(count, lang) if count else ""

    start, probation, last = request.start, request.probation_months, last_day(request)
    return {
        **{name: dated(getattr(request, name)) for name in ("start", "delivery_date", "sign_date")},
        "end": dated(last),
        "term": term(request, lang),
        "open_ended": start is not None and last is None,
        "acceptance_days": str(request.acceptance_days or _USUAL_DAYS),
        "cure_days": "15",
        "rent_months": str(request.rent_months or 1),
        "pay_day": str(request.pay_day or 15),
        "warranty": lasting(request.warranty_months),
        "finish_warranty": lasting(max(request.warranty_months or 24, 24)),
        "probation": lasting(probation),
        "probation_end": dated(add_months(start, probation) - timedelta(days=1)) if start and probation else "",
        "noncompete": lasting(request.noncompete_months),
        "secrecy": lasting(request.secrecy_months),
    }


def _limits(request: DraftRequest, strict: str) -> dict[str, object]:
    """Shares and rates in per cent; the caps on what each side pays, lower for the side that must yield."""
    return {
        "late_rate": percent(request.late_rate if request.late_rate is not None else USUAL_LATE_RATE),
        "liability_cap": percent(request.liability_cap) if request.liability_cap is not None else "",
        "strict_cap_seller": "10%" if strict == "seller" else "20%",
        "strict_cap_contractor": "5%" if strict == "contractor" else "10%",
        "retention": percent(request.retention) if request.retention else "",
        "annual_rate": percent(request.annual_rate) if request.annual_rate is not None else "",
        "interest_free": request.annual_rate == 0,
    }


def _lists(request: DraftRequest, lang: Lang) -> dict[str, object]:
    """Goods, what is handed over, special terms. Goods stand for the subject where none is named."""
    made: dict[str, object] = {
        "item_table": item_table(request, lang) if request.items else "",
        "deliverable_lines": _lines(request.deliverables, lang),
        "special_terms": [one.rstrip("。.；;") + ("。" if lang == "zh" else ".") for one in request.special_terms],
    }
    if request.items and not request.subject:
        made["subject"] = text(f"{_ROOM}:draft.items", lang, names=_named([item.name for item in request.items], lang))
    return made


_MONEY = ("deposit", "rent", "security", "wage", "probation_wage", "noncompete_pay")
_PLAIN = (
    "subject", "purpose", "delivery_place", "dispute_place", "premises", "position", "workplace", "quality", "law",
)  # fmt: skip


def _named(names: Sequence[str], lang: Lang) -> str:
    shown = ("、" if lang == "zh" else ", ").join(dict.fromkeys(names[:5]))
    return shown if len(names) <= 5 else text(f"{_ROOM}:draft.and_more", lang, names=shown)


def _lines(entries: Sequence[str], lang: Lang) -> str:
    """A list within a paragraph."""
    ends = [
        text(f"{_ROOM}:draft.line.{'end' if i == len(entries) else 'more'}", lang) for i in range(1, len(entries) + 1)
    ]
    shown = [f"（{i}）{entry}" if lang == "zh" else f"({i}) {entry}" for i, entry in enumerate(entries, 1)]
    return "\n".join(line.rstrip("。.；;") + end for line, end in zip(shown, ends, strict=True))


def _taxed(request: DraftRequest, whole: Decimal | None, lang: Lang) -> dict[str, object]:
    """Net and tax of a sum that includes the tax."""
    if request.tax_rate is None or whole is None:
        return {}
    net = cents(whole / (1 + request.tax_rate / 100))
    sums = {"net": net, "tax": whole - net}
    stated = {name: money(value, request.currency, lang, words=False) for name, value in sums.items()}
    return {"tax_rate": percent(request.tax_rate), **stated}


def _disputed(
    request: DraftRequest, parties: Mapping[str, PartyForm], us: str, roles: Mapping[str, str], lang: Lang
) -> dict[str, object]:
    """Which court: as stated, else ours, else the defendant's."""
    place = request.dispute_place
    if request.dispute == "arbitration":
        return {}
    if place:
        is_court = "法院" in place or "court" in place.lower()
        return {"court": place if is_court else text(f"{_ROOM}:draft.court.of", lang, place=place)}
    if us and request.risk == "high" and lang == "zh":
        return {"court": text(f"{_ROOM}:draft.court.ours", lang, party=("甲方", "乙方")[roles[us] == "b"])}
    return {}


def _shared_out(request: DraftRequest, form: Form) -> dict[str, object]:
    """What each partner brings in and takes out."""
    found: dict[str, object] = {}
    for one in request.contributions:
        role = form.roles[one.party].id
        found[f"contribution_{role}"] = one.contribution.rstrip("。")
        if one.share is not None:
            found[f"share_{role}"] = percent(one.share)
    if len([name for name in found if name.startswith("share_")]) == 1:
        return {name: value for name, value in found.items() if not name.startswith("share_")}
    return found
