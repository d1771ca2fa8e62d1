"""A rule reviewed: what it lacks in itself, and where it contradicts or repeats the rules in force."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from workbench.evidence import Hit
from workbench.findings import Finding, Severity, Where
from workbench.run import RunContext
from workbench.texts import Lang, text

from .quantities import Quantity
from .rule import RuleStep, Statement, clauses, statements, steps
from .words import pieces

_PARTS = {
    "purpose": r"目的|宗旨|为了|为规范|为加强|purpose|in order to",
    "scope": r"范围|适用于|适用|scope|applies to",
    "owner": r"归口|负责部门|主管部门|职责|责任部门|解释权|负责解释|owner|responsib",
    "effective": r"施行|生效|执行之日|起实施|实施之日|起执行|effective|in force|takes effect",
    "record": r"记录|[单表]|台账|归档|存档|登记|单据|凭证|record|form|register|filed",
    "exception": r"例外|特殊情况|紧急|另行|除外|不适用|exception|urgent|unless",
}
_DUTIES = {
    "request": r"提出|申请|提交|填写|request|appl(?:y|ies)|submits?",
    "approve": r"审批|批准|审核同意|核准|approv",
    "pay": r"付款|支付|打款|\bpays?\b|payment",
    "reconcile": r"对账|核对账|reconcil",
}
_APART = [("request", "approve"), ("pay", "reconcile"), ("approve", "pay")]
_LIMIT = 150
"""Statements with figures that are compared with the knowledge bases; a longer rule is compared in its first ones."""


def review(rule: str, context: RunContext) -> list[Finding]:
    """All findings about the text ``rule``, in its order; those about the whole first."""
    lang = context.lang
    said = list(statements(rule))
    made = [*_whole(rule, lang), *_steps(rule, lang), *_within(said, lang), *_gathered(said, context)]
    return sorted(made, key=lambda finding: -1 if finding.where.start is None else finding.where.start)


def _finding(
    lang: Lang, rule: str, severity: Severity, place: Statement | RuleStep | None = None, basis: str = "", **values: Any
) -> Finding:
    key = f"scenarios.office:review.{rule}"
    words = "" if place is None else place.text if isinstance(place, Statement) else place.name
    where = Where() if place is None else Where(quote=words, start=place.start, end=place.end)
    return Finding(
        rule=rule,
        severity=severity,
        message=text(key, lang, quote=words, **values),
        where=where,
        basis=basis or text(f"{key}.basis", lang),
        suggestion=text(f"{key}.fix", lang, **values),
    )


def _whole(rule: str, lang: Lang) -> Iterator[Finding]:
    for part, cue in _PARTS.items():
        if not re.search(cue, rule, re.IGNORECASE):
            yield _finding(lang, "part.missing", "warning", part=text(f"scenarios.office:part.{part}", lang))


def _steps(rule: str, lang: Lang) -> Iterator[Finding]:
    found = steps(rule)
    if len(found) < 2:
        yield _finding(lang, "structure.missing", "warning")
        return
    for step in found:
        for field in ("owner", "time", "record"):
            if not getattr(step, field):
                yield _finding(lang, f"step.{field}", "info" if field == "record" else "warning", step)
    for one, other in _APART:
        firsts = {step.owner: step for step in reversed(found) if step.owner and re.search(_DUTIES[one], step.name)}
        for step in found:
            first = firsts.get(step.owner)
            if first and first is not step and re.search(_DUTIES[other], step.name):
                duties = text(f"scenarios.office:duty.{one}.{other}", lang)
                yield _finding(
                    lang, "duty.segregation", "error", step, role=step.owner, duties=duties, other=first.name
                )


def _within(said: list[Statement], lang: Lang) -> Iterator[Finding]:
    """Two figures for one thing inside the rule."""
    told = [statement for statement in said if statement.quantities and not statement.row]
    for number, later in enumerate(told):
        for earlier in told[:number]:
            if _alike(earlier, later) >= 0.75 and (pair := _differ(earlier, later)):
                yield _finding(lang, "conflict.inside", "error", later, other=earlier.text, **pair)
                break


def _gathered(said: list[Statement], context: RunContext) -> list[Finding]:
    """:func:`_against`; when most of the rule repeats one document it is that document, which is said once."""
    found = list(_against(said, context))
    repeats = Counter(finding.basis.split("：")[0].split("[")[0] for finding in found if finding.rule == "duplicate")
    title, count = next(iter(repeats.most_common(1)), ("", 0))
    if count < 5 or count < 0.5 * len([statement for statement in said if statement.quantities or statement.roles]):
        return found
    found = [one for one in found if one.rule != "duplicate" or not one.basis.startswith(title)]
    return [_finding(context.lang, "duplicate.whole", "info", source=title, count=count), *found]


def _against(said: list[Statement], context: RunContext) -> Iterator[Finding]:
    """Contradictions with and repetitions of what the knowledge bases hold."""
    told = [statement for statement in said if statement.quantities or statement.roles][:_LIMIT]
    for statement in told:
        best = _nearest(statement, context)
        if best is None:
            continue
        hit, other, score = best
        pair = _differ(other, statement)
        same = "".join(statement.text.split()) == "".join(other.text.split())
        if pair and not same:
            context.keep([hit])
            source = f"《{hit.chunk.title}》{context.marker(hit)}"
            yield _finding(
                context.lang, "conflict", "error", statement, basis=f"{source}：“{other.text}”", source=source,
                other=other.text, **pair,
            )  # fmt: skip
        elif same or score >= 0.95:
            context.keep([hit])
            source = f"《{hit.chunk.title}》{context.marker(hit)}"
            yield _finding(
                context.lang, "duplicate", "info", statement, basis=f"{source}：“{other.text}”", source=source,
                other=other.text,
            )  # fmt: skip


def _nearest(statement: Statement, context: RunContext) -> tuple[Hit, Statement, float] | None:
    best: tuple[Hit, Statement, float] | None = None
    for hit in context.search(f"{statement.under} {statement.text}", limit=5):
        for other in (clause for said in statements(f"{hit.chunk.text}\n") for clause in clauses(said)):
            score = _alike(statement, other, f"{hit.chunk.title} {hit.chunk.context}")
            if score >= 0.6 and (best is None or score > best[2]):
                best = hit, other, score
    return best


def _alike(one: Statement, other: Statement, around: str = "") -> float:
    """How far two statements speak of one thing, 0 to 1: each must find most of its words in the other.

    What stands above the other (``around``, its heading, a row's columns) counts as said by it.
    """
    if one.quantities and other.quantities:
        kinds = {quantity.kind for quantity in one.quantities}
        if not kinds & {quantity.kind for quantity in other.quantities}:
            return 0.0
    mine, theirs = one.topic, other.topic
    if len(mine) < 2 or not theirs:
        return 0.0
    wide = theirs | pieces(f"{around} {other.under}")
    back = mine | pieces(one.under)
    return 0.5 * len(mine & wide) / len(mine) + 0.5 * len(theirs & back) / len(theirs)


def _differ(before: Statement, after: Statement) -> dict[str, str] | None:
    """What contradicts: another figure of the same kind and direction, or another approver at the same figure."""
    old, new = before.quantities, after.quantities
    for quantity in new:
        twins = [known for known in new if _comparable(known, quantity)]
        same = [known for known in old if _comparable(known, quantity)]
        if len(twins) == len(same) == 1 and same[0].value != quantity.value:
            return {"mine": _shown(quantity), "theirs": _shown(same[0])}
    if old and old == new and before.roles and after.roles and not before.roles & after.roles:
        return {"mine": "、".join(sorted(after.roles)), "theirs": "、".join(sorted(before.roles))}
    return None


def _comparable(one: Quantity, other: Quantity) -> bool:
    return (one.kind, one.direction) == (other.kind, other.direction)


def _shown(quantity: Quantity) -> str:
    unit = {"money": "元", "percent": "%", "working days": "个工作日", "days": "天", "hours": "小时", "weeks": "周",
            "months": "个月", "years": "年", "times": "次", "parties": "家", "copies": "份", "people": "人",
            "points": "分"}  # fmt: skip
    return f"{quantity.value:,.10g}{unit.get(quantity.kind, quantity.kind)}"
