"""Random forms of every type and side, drafted and reviewed: how many raise an error, how many are marked blank.

``python -m bench.drafts --forms 50``. A form is filled at random: anything may be missing, sums come by total or by
item, payments by share or by sum. Every draft goes through the same review as a contract from outside.
"""

import argparse
import random
import time
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args

from scenarios.contracts.contract import Contract
from scenarios.contracts.dates import add_months
from scenarios.contracts.drafting.assembly import drafted
from scenarios.contracts.drafting.draft import Drafted
from scenarios.contracts.drafting.form import DraftKind, DraftRequest
from scenarios.contracts.drafting.library import form
from scenarios.contracts.drafting.limits import require
from scenarios.contracts.identity import credit_check, id_check
from scenarios.contracts.issue import Issue
from scenarios.contracts.lpr import rate_on
from scenarios.contracts.review import issues

KINDS: tuple[DraftKind, ...] = get_args(DraftKind)
_PLACES = ("北京", "上海", "深圳市", "杭州", "成都", "西安市")
_NAMES = ("天元信息技术", "蓝海电子", "明德机械制造", "青松软件", "华信科技", "和顺物流", "东方建筑工程")
_ENDS = ("有限公司", "股份有限公司", "有限责任公司")
_PEOPLE = ("张伟", "李晓梅", "欧阳明", "王芳")
_ENGLISH = ("Alder Systems Ltd.", "Beacon Retail Inc.", "Cedar Analytics LLC", "Delta Logistics Limited")
_GOODS = ("服务器", "工业机器人", "打印纸", "阀门", "显示器", "办公椅")
_EVENTS = ("合同签订", "到货", "验收合格", "质保期满", "提交阶段成果", "收到发票后", "进场施工")


def random_form(kind: DraftKind, side: str, lang: str, rng: random.Random) -> DraftRequest:
    """A form that contradicts neither itself nor the law, with anything in it missing at random."""
    values: dict[str, Any] = {
        "contract_type": kind,
        "side": side,
        "language": lang,
        "risk": rng.choice(["standard", "high"]),
    }
    signed = date(2026, 1, 1) + timedelta(days=rng.randrange(300))
    start = signed + timedelta(days=rng.randrange(1, 60))
    term = rng.choice([3, 6, 12, 18, 24, 36, 60])
    values["parties"] = _parties(kind, lang, rng)
    optional = {
        "sign_date": signed,
        "sign_place": rng.choice(_PLACES),
        "start": start,
        "number": f"HT-2026-{rng.randrange(999):03}",
        "subject": rng.choice(
            ["信息系统运行维护服务", "一批办公设备", "新产品推广项目", "展厅改造"]
            if lang == "zh"
            else ["software support", "market research"]
        ),
        "purpose": rng.choice(
            ["办公", "资金周转", "评估合作可行性"] if lang == "zh" else ["evaluating a joint project"]
        ),
        "warranty_months": rng.choice([6, 12, 24]),
        "acceptance_days": rng.randrange(3, 31),
        "late_rate": rng.choice(["0.03", "0.05", "0.1"]),
        "liability_cap": rng.choice([50, 100]),
        "delivery_date": start + timedelta(days=30),
        "tax_rate": rng.choice([1, 3, 6, 9, 13]),
        "delivery_place": rng.choice(["北京市海淀区中关村大街1号", "甲方指定仓库"]),
        "quality": "合格，符合国家现行验收规范",
        "deliverables": rng.choice([["源代码"], ["设计文档", "测试报告", "源代码"]])
        if lang == "zh"
        else ["a report", "source files"],
        "ip_owner": rng.choice(["a", "b", "joint"]),
        "attachments": [
            {"title": title} for title in rng.sample(["技术规格书", "图纸", "报价单"], rng.randrange(1, 4))
        ],
        "special_terms": ["双方每月召开一次例会。"] if lang == "zh" else ["The parties meet once a month."],
        "law": "the People's Republic of China",
        "premises": "北京市朝阳区建国路88号3层",
        "area": "120.5",
        "rent": rng.randrange(1000, 90000),
        "rent_months": rng.choice([1, 3, 6]),
        "security": rng.randrange(1000, 90000),
        "position": "软件工程师",
        "workplace": "北京市",
        "hours": rng.choice(["standard", "comprehensive", "flexible"]),
        "pay_day": rng.randrange(5, 26),
        "noncompete_months": rng.randrange(1, 25),
        "noncompete_pay": 5000,
        "secrecy_months": rng.choice([24, 36, 60]),
        "mutual": rng.random() < 0.5,
        "guarantee": "保证人丙提供连带责任保证",
        "repayment": rng.choice(["lump", "monthly_interest"]),
        "retention": 3,
    }
    values |= {name: value for name, value in optional.items() if rng.random() < 0.7}
    values |= _term(start, term, rng) if "start" in values else {"term_months": term}
    values |= _dispute(lang, rng) | _wages(kind, values, term, rng) | _money(kind, lang, signed, rng)
    if kind == "loan":
        since = values.get("sign_date") or values.get("start") or date.today()
        values["annual_rate"] = rng.choice([0, 4, rate_on(min(since, date.today()))[1] * 4])
    if kind == "cooperation" and rng.random() < 0.8:
        share = rng.randrange(1, 100)
        values["contributions"] = [
            {"party": "a", "contribution": "资金和渠道", "share": share},
            {"party": "b", "contribution": "技术和人员", "share": 100 - share},
        ]
    return DraftRequest.model_validate(values)


def _parties(kind: DraftKind, lang: str, rng: random.Random) -> list[dict[str, str]]:
    names = (
        rng.sample(_ENGLISH, 2)
        if lang == "en"
        else [f"{rng.choice(_PLACES)}{name}{rng.choice(_ENDS)}" for name in rng.sample(_NAMES, 2)]
    )
    made = []
    for at, name in enumerate(names):
        person = (
            lang == "zh" and at == 1 and (kind == "employment" or (kind in ("loan", "lease") and rng.random() < 0.5))
        )
        party = {"name": rng.choice(_PEOPLE) if person else name}
        if rng.random() < 0.7:
            digits = f"1101051990{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}{rng.randrange(1000):03}"
            code = f"91110105{rng.randrange(10**9):09}"
            party |= (
                {"id_number": digits + id_check(digits)}
                if person
                else {"credit_code": code + (credit_check(code) or "")}
            )
        if rng.random() < 0.7:
            party |= {
                "address": f"{rng.choice(_PLACES)}人民路{rng.randrange(1, 300)}号",
                "representative": rng.choice(_PEOPLE),
            }
        if rng.random() < 0.4:
            party |= {
                "bank": "中国银行北京分行",
                "account": f"{rng.randrange(10**15):016}",
                "phone": "010-8888" + f"{rng.randrange(9999):04}",
            }
        made.append(party)
    return made


def _term(start: date, term: int, rng: random.Random) -> dict[str, Any]:
    end = add_months(start, term) - timedelta(days=1)
    return rng.choice(
        [{"term_months": term}, {"end": end}, {"term_months": term, "end": end}, {"end": end + timedelta(days=11)}]
    )


def _dispute(lang: str, rng: random.Random) -> dict[str, Any]:
    zh: list[dict[str, Any]] = [
        {"dispute": "arbitration", "dispute_place": "北京仲裁委员会"},
        {"dispute": "court"},
        {},
        {"dispute": "arbitration", "dispute_place": "中国国际经济贸易仲裁委员会"},
    ]
    en: list[dict[str, Any]] = [
        {"dispute": "arbitration", "dispute_place": "the Hong Kong International Arbitration Centre"},
        {},
        {"dispute": "court", "dispute_place": "the courts of Singapore"},
    ]
    return rng.choice(zh if lang == "zh" else en)


def _wages(kind: DraftKind, values: dict[str, Any], term: int, rng: random.Random) -> dict[str, Any]:
    if kind != "employment":
        return {}
    wage = rng.randrange(4000, 60000)
    limit = 0 if term < 3 else 1 if term < 12 else 2 if term < 36 else 6
    found: dict[str, Any] = {"wage": wage}
    if limit and rng.random() < 0.8:
        found |= {"probation_months": rng.randint(1, limit), "probation_wage": rng.randint(-(-wage * 8 // 10), wage)}
    return found


def _money(kind: DraftKind, lang: str, signed: date, rng: random.Random) -> dict[str, Any]:
    """A total by itself or by its items, a deposit, and a plan by shares, by sums, or by both."""
    if kind in ("lease", "employment", "nda"):
        return {}
    found: dict[str, Any] = {}
    total = Decimal(rng.randrange(100, 10 ** rng.randrange(4, 11))) / rng.choice([1, 1, 100])
    if rng.random() < 0.5 and kind in ("purchase", "sales", "services", "construction"):
        found["items"] = [
            {
                "name": rng.choice(_GOODS),
                "unit": rng.choice(["台", "套", "", "米"]),
                "quantity": rng.choice([1, 3, "2.5", 120]),
                "price": f"{rng.randrange(1, 10**6) / 100:.2f}",
            }
            for _ in range(rng.randrange(1, 6))
        ]
        total = _items_total(kind, found["items"])
    elif rng.random() < 0.85:
        found["amount"] = total
    else:
        total = Decimal(0)
    if lang == "en" or rng.random() < 0.15:
        found["currency"] = rng.choice(["CNY", "USD", "EUR"])
    if total and lang == "zh" and rng.random() < 0.3 and kind in ("purchase", "sales", "services"):
        found["deposit"] = (total / 5).quantize(Decimal(1), "ROUND_DOWN")
    if rng.random() < 0.85:
        found["payments"] = _plan(total, signed, rng)
    return found


def _items_total(kind: DraftKind, items: list[dict[str, Any]]) -> Decimal:
    from scenarios.contracts.drafting.values import item_total

    return item_total(DraftRequest.model_validate({"contract_type": kind, "items": items}))


def _plan(total: Decimal, signed: date, rng: random.Random) -> list[dict[str, Any]]:
    count = rng.randrange(1, 6)
    cuts = sorted(rng.sample(range(1, 100), count - 1))
    shares = [after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)]
    by_sum = bool(total) and rng.random() < 0.4
    sums = [(total * share / 100).quantize(Decimal("0.01")) for share in shares]
    sums[-1] = total - sum(sums[:-1])
    plan: list[dict[str, Any]] = []
    for place, share in enumerate(shares):
        one: dict[str, Any] = {"amount": sums[place]} if by_sum else {"percent": share}
        if by_sum and rng.random() < 0.2:
            one["percent"] = share
        if rng.random() < 0.5:
            one["name"] = ("预付款", "进度款", "到货款", "验收款", "尾款")[place]
        one |= rng.choice(
            [
                {"trigger": rng.choice(_EVENTS), "days": rng.randrange(1, 61)},
                {"due": signed + timedelta(days=30 * (place + 1))},
                {"trigger": rng.choice(_EVENTS)},
                {},
            ]
        )
        plan.append(one)
    return plan


def reviewed(request: DraftRequest) -> tuple[Drafted, list[Issue]]:
    """The draft of a form and everything that the review says of it. Raises ``FormError`` for a form that is wrong."""
    require(request)
    made = drafted(request, request.language or "zh")
    return made, issues(Contract(made.text, form(made.type).kind))


def main() -> None:
    """Print a table: forms, drafts with an error, with a warning that is no blank, blanks a draft, milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=50, help="forms for each type, side and language")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)  # noqa: S311  # no secret
    rules: Counter[str] = Counter()
    print(f"{'type':14}{'lang':6}{'forms':>6}{'errors':>8}{'warnings':>10}{'blanks':>8}{'ms':>6}")
    for kind in KINDS:
        for lang in form(kind).languages:
            count, errors, warned, blanks, began = 0, 0, 0, 0, time.perf_counter()
            for side in ("", "a", "b"):
                for _ in range(options.forms):
                    made, found = reviewed(random_form(kind, side, lang, rng))
                    others = [one for one in found if one.severity != "info" and one.rule != "blank.placeholder"]
                    rules.update(f"{one.severity} {one.rule}" for one in others)
                    count += 1
                    errors += any(one.severity == "error" for one in found)
                    warned += any(one.severity == "warning" for one in others)
                    blanks += len(made.blanks)
            spent = (time.perf_counter() - began) * 1000 / count
            print(f"{kind:14}{lang:6}{count:6}{errors:8}{warned:10}{blanks / count:8.1f}{spent:6.0f}")
    for rule, times in rules.most_common():
        print(f"  {rule}: {times}")


if __name__ == "__main__":
    main()
