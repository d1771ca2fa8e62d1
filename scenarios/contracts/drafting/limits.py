"""What a form may not ask for: sums and dates that contradict one another, and terms that the law does not allow."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from workbench.errors import RequestError
from workbench.texts import Lang, text

from ..dates import add_months
from ..lpr import rate_on
from .assembly import seated
from .form import DraftRequest
from .library import form
from .values import item_total, last_day, months, total
from .wording import cents, day, figure, percent

_ROOM = "scenarios.contracts.drafting"
Problem = tuple[str, dict[str, object]]


class FormError(RequestError):
    """The form contradicts itself or the law. ``problems`` are the texts and their values, all of them at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(f"{_ROOM}:bad_form", count=len(problems), problems=self._said("en"))

    def text(self, lang: Lang) -> str:
        return text(self.key, lang, count=len(self.problems), problems=self._said(lang))

    def _said(self, lang: Lang) -> str:
        return ("；" if lang == "zh" else "; ").join(
            text(f"{_ROOM}:bad.{key}", lang, **self._spoken(values, lang)) for key, values in self.problems
        )

    @staticmethod
    def _spoken(values: dict[str, object], lang: Lang) -> dict[str, object]:
        return {name: day(value, lang) if isinstance(value, date) else value for name, value in values.items()}


def require(request: DraftRequest) -> None:
    """Raise ``FormError`` naming everything that is wrong with the form."""
    problems = [*_parties(request), *_sums(request), *_dates(request), *_law(request), *_employment(request)]
    if problems:
        raise FormError(problems)


def _parties(request: DraftRequest) -> Iterator[Problem]:
    names = [party.name for party in seated(request).values()]
    if names[0] and names[0] == names[1]:
        yield "same_party", {"name": names[0]}
    if request.contract_type and request.language and request.language not in form(request.contract_type).languages:
        yield "language", {}


def _sums(request: DraftRequest) -> Iterator[Problem]:
    whole = total(request)
    if request.items and request.amount is not None and request.amount != item_total(request):
        yield "items", {"sum": figure(item_total(request)), "total": figure(request.amount)}
    shares = [one.percent for one in request.payments]
    known = [share for share in shares if share is not None]
    if sum(known) > 100 or (known and len(known) == len(shares) and sum(known) != 100):
        yield "percent", {"sum": percent(sum(known, Decimal(0)))}
    for one in request.payments:
        if one.percent is not None and one.amount is not None and whole is not None:
            made = cents(whole * one.percent / 100)
            if abs(made - one.amount) > 1:
                yield (
                    "share",
                    {"name": one.name or percent(one.percent), "sum": figure(made), "total": figure(one.amount)},
                )
    yield from _instalments(request, whole)
    if request.deposit is not None and whole is not None and request.deposit * 5 > whole:
        yield "deposit", {"share": percent(cents(request.deposit * 100 / whole)) if whole else "100%"}
    brought = [one.share for one in request.contributions if one.share is not None]
    if len(brought) > 1 and sum(brought) != 100:
        yield "profit", {"sum": percent(sum(brought, Decimal(0)))}


def _instalments(request: DraftRequest, whole: Decimal | None) -> Iterator[Problem]:
    """Stated sums that miss the total; with shares among them, the shares' sums count too."""
    if whole is None or not request.payments:
        return
    paid = Decimal(0)
    for one in request.payments:
        if one.amount is None and one.percent is None:
            return
        paid += one.amount if one.amount is not None else cents(whole * (one.percent or 0) / 100)
    if any(one.amount is not None for one in request.payments) and abs(paid - whole) > Decimal("0.01") * len(
        request.payments
    ):
        yield "instalments", {"sum": figure(paid), "total": figure(whole)}


def _dates(request: DraftRequest) -> Iterator[Problem]:
    last = last_day(request)
    if request.start is not None and last is not None and last < request.start:
        yield "order", {"first": request.start, "last": last}
    if request.start and request.end and request.term_months:
        counted = last_day(request.model_copy(update={"end": None}))
        if counted is not None and abs((counted - request.end).days) > 1:
            yield "term", {"months": request.term_months, "first": request.start, "last": request.end}
    if request.sign_date is not None:
        for value in (request.delivery_date, *(one.due for one in request.payments)):
            if value is not None and value < request.sign_date:
                yield "signing", {"signed": request.sign_date, "day": value}


def _law(request: DraftRequest) -> Iterator[Problem]:
    """Lease over 20 years (民法典 705), loan over four LPRs (民间借贷规定 25), liquidated damages far over a loss."""
    if request.contract_type == "lease":
        last, count = last_day(request), months(request)
        too_long = request.start and last and last >= add_months(request.start, 240)
        if too_long or (count or 0) > 240:
            yield "lease", {}
    if request.contract_type == "loan" and request.annual_rate is not None:
        made = request.sign_date or request.start or date.today()
        since, lpr = rate_on(min(made, date.today()))
        if request.annual_rate > lpr * 4:
            yield (
                "rate",
                {"rate": percent(request.annual_rate), "cap": percent(lpr * 4), "lpr": percent(lpr), "since": since},
            )
    if request.late_rate is not None and request.late_rate >= Decimal("0.5"):
        yield "late", {"rate": percent(request.late_rate)}
    if request.dispute == "arbitration" and not any(word in request.dispute_place for word in ("仲裁", "rbitra")):
        yield "arbitration", {}


def _employment(request: DraftRequest) -> Iterator[Problem]:
    """Probation (劳动合同法 19, 20) and non-compete (24)."""
    if request.contract_type != "employment":
        return
    if request.probation_months:
        limit = _probation_limit(request)
        if request.probation_months > limit:
            yield "probation", {"months": request.probation_months, "limit": limit}
    if (
        request.probation_wage is not None
        and request.wage is not None
        and request.probation_wage * 5 < request.wage * 4
    ):
        yield "probation_pay", {"share": percent(cents(request.probation_wage * 100 / request.wage))}
    if (request.noncompete_months or 0) > 24:
        yield "noncompete", {"months": request.noncompete_months}


def _probation_limit(request: DraftRequest) -> int:
    """Months allowed: none under three months of term, one under a year, two under three, else six."""
    last = last_day(request)
    if request.start is None or last is None:
        count = request.term_months
        return 6 if count is None else 0 if count < 3 else 1 if count < 12 else 2 if count < 36 else 6
    for limit, least in ((6, 36), (2, 12), (1, 3)):
        if (last - add_months(request.start, least)).days >= -1:
            return limit
    return 0
