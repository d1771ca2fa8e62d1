"""Runs the rules over a contract and puts what they find into words."""

from bisect import bisect_right
from collections.abc import Sequence

from workbench.findings import Finding, Where
from workbench.statutes import NoStatutes, Statutes
from workbench.texts import Lang, catalogue, text

from .contract import Contract
from .issue import Issue
from .proposals import proposal
from .roles import role_of
from .rules import (
    amounts,
    blanks,
    categories,
    clauses,
    dates,
    definitions,
    deposit,
    disputes,
    english_names,
    english_terms,
    identity,
    instructions,
    interest,
    labour,
    lease,
    liability,
    numbering,
    parties,
    payment,
    penalty,
    products,
    references,
    schedules,
    shares,
    sums,
    tables,
    tax,
    unilateral,
)

_MODULES = (
    amounts, sums, products, tables, schedules, shares, tax, dates, blanks, identity, parties, english_names, numbering,
    references, definitions, english_terms, clauses, categories, deposit, penalty, lease, interest, labour, disputes,
    liability, unilateral, payment, instructions,
)  # fmt: skip
RULES = tuple(module.check for module in _MODULES)
_ROOM = "scenarios.contracts"


def issues(contract: Contract) -> list[Issue]:
    """What every rule finds, in the order of the text; what is absent comes last."""
    found = [issue for rule in RULES for issue in rule(contract)]
    last = len(contract.text)
    return sorted(found, key=lambda issue: (last if issue.start is None else issue.start, issue.rule))


def review(
    contract: Contract, lang: Lang, statutes: Statutes | None = None, pages: Sequence[int] = ()
) -> list[Finding]:
    """The findings of a contract in ``lang``. ``pages`` are the offsets at which pages begin."""
    return [_finding(issue, contract, lang, statutes or NoStatutes(), pages) for issue in issues(contract)]


def _finding(issue: Issue, contract: Contract, lang: Lang, statutes: Statutes, pages: Sequence[int]) -> Finding:
    where = Where()
    if issue.start is not None and issue.end is not None:
        page = bisect_right(pages, issue.start) if pages else None
        where = Where(quote=contract.text[issue.start : issue.end], start=issue.start, end=issue.end, page=page)
    return Finding(
        rule=issue.rule,
        severity=issue.severity,
        message=_say(issue, "", lang),
        where=where,
        basis="\n".join(
            [*(_article(law, number, lang, statutes) for law, number in issue.law), _say(issue, ".basis", lang)]
        ).strip(),
        suggestion=_say(issue, ".fix", lang),
        proposal=proposal(issue, contract),
        role=role_of(issue.rule),
    )


def _say(issue: Issue, part: str, lang: Lang) -> str:
    """The text of the rule's variant, else the rule's own, else nothing."""
    texts = catalogue(_ROOM)
    names = [f"rule.{issue.rule}.{issue.variant}{part}"] if issue.variant else []
    for name in [*names, f"rule.{issue.rule}{part}"]:
        if name in texts:
            values = {key: value[lang] if isinstance(value, dict) else value for key, value in issue.values.items()}
            return text(f"{_ROOM}:{name}", lang, **values)
    return ""


def _article(law: str, number: int, lang: Lang, statutes: Statutes) -> str:
    article = statutes.article(law, number)
    if article is None:
        return text(f"{_ROOM}:basis.unchecked", lang, law=law, number=number)
    return text(f"{_ROOM}:basis.checked", lang, title=article.title, quote=" ".join(article.text.split()))
