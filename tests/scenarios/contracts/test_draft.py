"""Drafting: the form becomes a contract that passes its own review, and nobody but the form decides its facts."""

import re
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.drafts import KINDS, random_form, reviewed
from scenarios.contracts.amounts import amounts
from scenarios.contracts.contract import Contract
from scenarios.contracts.drafting.adapting import adapted
from scenarios.contracts.drafting.assembly import drafted
from scenarios.contracts.drafting.draft import ClauseNote, Drafted, DraftNotes
from scenarios.contracts.drafting.editing import reread, split
from scenarios.contracts.drafting.form import DraftKind, DraftRequest
from scenarios.contracts.drafting.library import clause, form
from scenarios.contracts.drafting.limits import FormError, require
from scenarios.contracts.drafting.task import DraftTask
from scenarios.contracts.drafting.wording import capital
from scenarios.contracts.review import issues
from tests.fakes.knowledge import NoKnowledge
from workbench.errors import RequestError
from workbench.run import RunContext

FORMS = [(kind, lang) for kind in KINDS for lang in form(kind).languages]
PURCHASE: dict[str, Any] = {
    "contract_type": "purchase",
    "parties": [{"name": "北京天元信息技术有限公司"}, {"name": "深圳市蓝海电子股份有限公司"}],
    "subject": "服务器十台",
    "amount": "1000.01",
    "payments": [{"percent": 33}, {"percent": 33}, {"percent": 34, "trigger": "验收合格后", "days": 5}],
    "attachments": [{"title": "技术规格书"}, {"title": "报价单"}],
}


def made(**values: Any) -> Drafted:
    request = DraftRequest.model_validate({**PURCHASE, **values})
    require(request)
    return drafted(request, "zh")


def problems(**values: Any) -> list[str]:
    with pytest.raises(FormError) as raised:
        require(DraftRequest.model_validate(values))
    assert raised.value.text("zh") and raised.value.text("en")
    return [name for name, _ in raised.value.problems]


@pytest.mark.parametrize(("kind", "lang"), FORMS)
@pytest.mark.parametrize("side", ["", "a", "b"])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rng=st.randoms(use_true_random=False))
def test_every_draft_passes_its_own_review(kind: DraftKind, lang: str, side: str, rng: Random) -> None:
    draft, found = reviewed(random_form(kind, side, lang, rng))
    assert [(one.rule, dict(one.values)) for one in found if one.severity == "error"] == []
    if all(one.amount is not None for one in draft.payments) and draft.payments and draft.amount is not None:
        assert sum(one.amount for one in draft.payments if one.amount is not None) == draft.amount
    assert [one.number for one in draft.clauses] == [number for number, _, _ in split(draft.text, draft.language)]
    marks = set(re.findall(r"【待填：(.+?)】|\[insert (.+?)\]", draft.text))
    assert len(marks) == len({one.label for one in draft.blanks})


@given(st.decimals(min_value=1, max_value=10**12, places=2))
def test_words_of_a_sum_read_back_as_the_sum(value: Decimal) -> None:
    assert [one.value for one in amounts(capital(value))] == [value]


@pytest.mark.parametrize(
    ("value", "words"),
    [("1005.5", "壹仟零伍元伍角整"), ("100000", "壹拾万元整"), ("1000005.05", "壹佰万零伍元零伍分"), ("0.07", "柒分"),
     ("100010000", "壹亿零壹万元整"), ("0", "零元整")],
)  # fmt: skip
def test_words_of_a_sum(value: str, words: str) -> None:
    assert capital(Decimal(value)) == words


def test_the_last_instalment_takes_what_rounding_leaves() -> None:
    assert [one.amount for one in made().payments] == [Decimal("330.00"), Decimal("330.00"), Decimal("340.01")]


def test_what_the_form_does_not_say_is_marked_and_listed() -> None:
    draft = made()
    assert {one.field for one in draft.blanks} >= {
        "credit_code",
        "address",
        "delivery_date",
        "delivery_place",
        "warranty",
    }
    assert "【待填：交付地点】" in draft.text
    full = made(delivery_place="北京市朝阳区建国路88号")
    assert "【待填：交付地点】" not in full.text and "delivery_place" not in {one.field for one in full.blanks}


def test_references_and_attachments_follow_the_numbering() -> None:
    draft = made(special_terms=["乙方提供备机"])
    quality = next(one for one in draft.clauses if one.id == "quality")
    assert f"按本合同{quality.number}的要求检验" in draft.text
    assert "附件一《技术规格书》、附件二《报价单》" in draft.text
    assert "\n附件二：报价单\n" in draft.text and "乙方提供备机。" in draft.text


def test_our_side_and_the_risk_choose_the_wording() -> None:
    plain, buyer, seller = made(), made(side="买方", risk="high"), made(side="乙方", risk="high")
    assert len({plain.text, buyer.text, seller.text}) == 3
    assert "付清全部价款前，货物所有权归乙方所有" in seller.text
    assert next(one for one in buyer.clauses if one.id == "quality").source.startswith("goods/quality@")


@pytest.mark.parametrize(("kind", "lang"), FORMS)
def test_every_clause_that_a_type_names_is_in_the_library(kind: DraftKind, lang: str) -> None:
    for name in form(kind).clauses:
        entry, source = clause(kind, name)
        assert entry.heading[lang] and "@" in source  # type: ignore[index]


BAD = [
    (["percent"], {"contract_type": "services", "payments": [{"percent": 60}, {"percent": 60}]}),
    (["percent"], {"contract_type": "services", "payments": [{"percent": 60}, {"percent": 30}]}),
    (["order"], {"contract_type": "services", "start": "2026-05-01", "end": "2026-04-01"}),
    (["term"], {"contract_type": "services", "start": "2026-01-01", "end": "2026-12-31", "term_months": 24}),
    (["rate"], {"contract_type": "loan", "annual_rate": 24, "sign_date": "2026-01-05"}),
    (["probation"], {"contract_type": "employment", "term_months": 12, "probation_months": 3}),
    (["probation_pay"], {"contract_type": "employment", "wage": 10000, "probation_wage": 7000}),
    (["noncompete"], {"contract_type": "employment", "noncompete_months": 36}),
    (["lease"], {"contract_type": "lease", "start": "2026-01-01", "end": "2046-01-01"}),
    (["deposit"], {"contract_type": "purchase", "amount": 1000, "deposit": 300}),
    (["instalments"], {"contract_type": "purchase", "amount": 1000, "payments": [{"amount": 400}, {"amount": 500}]}),
    (["items"], {"contract_type": "purchase", "amount": 9, "items": [{"name": "笔", "quantity": 2, "price": 5}]}),
    (["signing"], {"contract_type": "purchase", "sign_date": "2026-03-01", "delivery_date": "2026-02-01"}),
    (["language"], {"contract_type": "lease", "language": "en"}),
    (["same_party"], {"contract_type": "lease", "parties": [{"name": "甲公司"}, {"name": "甲公司"}]}),
    (["arbitration"], {"contract_type": "lease", "dispute": "arbitration"}),
    (["percent", "order"], {"contract_type": "sales", "payments": [{"percent": 130}], "start": "2026-05-01",
                            "end": "2026-04-01"}),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "values"), BAD)
def test_a_form_that_contradicts_itself_or_the_law_is_refused_with_every_reason(
    expected: list[str], values: dict[str, Any]
) -> None:
    assert problems(**values) == expected


def test_a_loan_at_the_cap_and_a_lease_of_twenty_years_are_fine() -> None:
    require(DraftRequest.model_validate({"contract_type": "loan", "annual_rate": 12, "sign_date": "2025-06-01"}))
    require(DraftRequest.model_validate({"contract_type": "lease", "start": "2026-01-01", "end": "2045-12-31"}))


def wording(draft: Drafted, name: str, change: tuple[str, str]) -> Drafted:
    old = next(one for one in draft.clauses if one.id == name)
    words = old.text.replace(*change)
    assert words != old.text
    note = ClauseNote(id=name, explanation="为什么这样写", wording=words)
    return adapted(draft, DraftNotes(clauses=[note]), "zh")


@pytest.mark.parametrize(
    ("name", "change"),
    [("payment", ("1,000.01", "1,000.02")), ("payment", ("壹仟元零壹分", "贰仟元零壹分")), ("payment", ("34%", "35%")),
     ("inspection", ("第二条", "第三条")), ("delivery", ("2026年5月1日", "2026年5月2日")),
     ("inspection", ("10日", "5日")),
     ("delivery", ("【待填：交付地点】", "北京")), ("confidentiality", ("不得泄露", "可以泄露"))],
)  # fmt: skip
def test_a_model_cannot_change_a_fact(name: str, change: tuple[str, str]) -> None:
    draft = made(delivery_date="2026-05-01")
    after = wording(draft, name, change)
    assert after.text == draft.text and after.clauses == draft.clauses
    assert after.notes and after.explanations


def test_a_model_may_word_a_clause_anew_and_explain_it() -> None:
    draft = made()
    after = wording(draft, "confidentiality", ("应当保密，", "负有保密义务，"))
    changed = next(one for one in after.clauses if one.id == "confidentiality")
    assert "负有保密义务" in after.text and changed.source.endswith("*") and not after.notes


def test_an_edited_text_is_read_back_into_clauses() -> None:
    draft = made()
    assert reread(draft, draft.text) == draft
    edited = reread(draft, draft.text.replace("【待填：交付地点】", "北京市朝阳区"))
    assert "delivery_place" not in {one.field for one in edited.blanks}
    delivery = next(one for one in edited.clauses if one.id == "delivery")
    assert "北京市朝阳区" in delivery.text and delivery.source.endswith("*")


def test_key_dates_are_those_of_the_form() -> None:
    draft = made(start="2026-01-01", term_months=12, payments=[{"percent": 100, "due": "2026-02-01"}])
    assert [(one.kind, one.day) for one in draft.dates] == [
        ("start", date(2026, 1, 1)), ("payment", date(2026, 2, 1)), ("renewal", date(2026, 12, 1)),
        ("expiry", date(2026, 12, 31)),
    ]  # fmt: skip


def test_a_planted_defect_in_a_draft_is_still_found() -> None:
    draft = made()
    wrong = draft.text.replace("330元", "331元", 1)
    assert wrong != draft.text
    assert {"amount.sum_mismatch"} <= {one.rule for one in issues(Contract(wrong, "purchase"))}


DEAL = (
    "我司（北京天元信息技术有限公司）向深圳市蓝海电子股份有限公司采购100台服务器，单价5000元，总价50万元。"
    "签约后10日内付30%，到货验收合格后15日内付60%，余款质保期满后付清。2026年3月31日前交货到北京市朝阳区建国路88号，"
    "质保24个月，争议由北京仲裁委员会仲裁。"
)


def gathered(**values: Any) -> DraftRequest:
    context = RunContext("zh", NoKnowledge(), ())  # type: ignore[arg-type]
    DraftTask().gather(DraftRequest.model_validate(values), context)
    filled: DraftRequest = context.notes["form"]
    return filled


def test_a_pasted_deal_fills_the_form_and_the_form_wins() -> None:
    read = gathered(deal=DEAL, warranty_months=36)
    assert (read.contract_type, read.amount, read.warranty_months) == ("purchase", Decimal(500000), 36)
    assert [party.name for party in read.parties] == ["北京天元信息技术有限公司", "深圳市蓝海电子股份有限公司"]
    assert [(one.percent, one.trigger, one.days) for one in read.payments] == [
        (30, "签约", 10), (60, "到货验收合格", 15), (10, "质保期满", None),
    ]  # fmt: skip
    assert (read.delivery_date, read.delivery_place) == (date(2026, 3, 31), "北京市朝阳区建国路88号")
    assert (read.dispute, read.dispute_place) == ("arbitration", "北京仲裁委员会")


@pytest.mark.parametrize(
    "deal, name",
    [
        ("青岚科技有限公司向远山设备有限公司采购离心泵10台，单价5000元。", "离心泵"),
        ("我方购买A4复印纸200箱，单价150元。", "A4复印纸"),
        ("采购 10 台离心泵（型号 ISG），单价 5000 元", "离心泵"),
    ],
)
def test_goods_of_a_deal_are_named_without_who_buys_them(deal: str, name: str) -> None:
    assert [item.name for item in gathered(contract_type="purchase", deal=deal).items] == [name]


@pytest.mark.parametrize(
    ("deal", "names"),
    [
        ("张伟将位于北京市海淀区中关村大街1号302室的房屋租给李梅，月租金8500元。", ["张伟", "李梅"]),
        ("借款给李四50万元，年利率8%，用于资金周转。", ["李四"]),
        ("录用王芳为软件工程师，月薪20000元，合同期限三年。", ["王芳"]),
        (
            "北京天元信息技术有限公司委托深圳市蓝海电子股份有限公司提供巡检服务，服务费12万元。",
            ["北京天元信息技术有限公司", "深圳市蓝海电子股份有限公司"],
        ),
        (
            "北京天元信息技术有限公司将闲置设备出售给上海明德机械制造有限公司，总价30万元。",
            ["北京天元信息技术有限公司", "上海明德机械制造有限公司"],
        ),
        (
            "甲方：上海和顺物流有限公司\n乙方：杭州青松软件有限公司\n服务内容：系统运维",
            ["上海和顺物流有限公司", "杭州青松软件有限公司"],
        ),
    ],
)
def test_the_parties_of_a_deal_are_found(deal: str, names: list[str]) -> None:
    assert [party.name for party in gathered(deal=deal).parties] == names


def test_an_english_deal_is_read() -> None:
    read = gathered(
        deal="Services agreement between Alder Systems Ltd. and Beacon Analytics LLC for market research, total fee "
        "USD 120,000: 40% within 15 days after signature of this Agreement and 60% within 30 days after acceptance. "
        "Term from 1 March 2026 to 28 February 2027."
    )
    assert (read.contract_type, read.language, read.amount, read.currency) == ("services", "en", 120000, "USD")
    assert [(one.percent, one.days, one.trigger) for one in read.payments] == [
        (40, 15, "signature of this Agreement"), (60, 30, "acceptance"),
    ]  # fmt: skip
    assert (read.start, read.end) == (date(2026, 3, 1), date(2027, 2, 28))


def test_a_past_contract_fills_the_form() -> None:
    past = made(delivery_place="北京市朝阳区建国路88号", warranty_months=24).text
    read = gathered(deal=past)
    assert (read.contract_type, read.amount, read.warranty_months) == ("purchase", Decimal("1000.01"), 24)
    assert [one.name for one in read.parties] == ["北京天元信息技术有限公司", "深圳市蓝海电子股份有限公司"]
    assert len(read.payments) == 3 and read.delivery_place == "北京市朝阳区建国路88号"


def test_a_deal_that_contradicts_the_law_is_refused() -> None:
    with pytest.raises(FormError):
        gathered(deal="借款给李四50万元，年利率36%，用于资金周转。")


def test_a_deal_of_no_known_type_asks_for_one() -> None:
    with pytest.raises(RequestError, match="type"):
        gathered(deal="你好，请帮我看看。")
