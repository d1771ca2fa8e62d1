"""What a rule lacks in itself: parts that every rule has, who does a step and by when, duties kept apart."""

import re
from collections.abc import Iterator
from typing import Any

from workbench.findings import Finding, Severity, Where
from workbench.texts import Lang, text

from ..rule import RuleStep, Statement, steps

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


def finding(
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


def whole(rule: str, lang: Lang) -> Iterator[Finding]:
    for part, cue in _PARTS.items():
        if not re.search(cue, rule, re.IGNORECASE):
            yield finding(lang, "part.missing", "warning", part=text(f"scenarios.office:part.{part}", lang))


def of_steps(rule: str, lang: Lang) -> Iterator[Finding]:
    found = steps(rule)
    if len(found) < 2:
        yield finding(lang, "structure.missing", "warning")
        return
    for step in found:
        for field in ("owner", "time", "record"):
            if not getattr(step, field):
                yield finding(lang, f"step.{field}", "info" if field == "record" else "warning", step)
    for one, other in _APART:
        firsts = {step.owner: step for step in reversed(found) if step.owner and re.search(_DUTIES[one], step.name)}
        for step in found:
            first = firsts.get(step.owner)
            if first and first is not step and re.search(_DUTIES[other], step.name):
                duties = text(f"scenarios.office:duty.{one}.{other}", lang)
                yield finding(lang, "duty.segregation", "error", step, role=step.owner, duties=duties, other=first.name)
