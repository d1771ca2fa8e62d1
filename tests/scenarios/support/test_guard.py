"""The guard: what a reply states stands in its sources, however either of them writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.support.facts import facts
from scenarios.support.guard import Sources, guard
from scenarios.support.models import ReplyRequest, Turn
from workbench.evidence import Citation

POLICY = Citation(
    marker="[1]",
    knowledge_base="kb",
    document_id="policy",
    title="售后政策",
    quote="",
    passage="自签收之日起 7 天内可申请无理由退货，运费 99 元由客户承担。\n会员享八折。\n仓库 24 小时内发货。\n"
    "门店营业时间为上午9点至晚上9点半。\n质量问题免费维修，详情见 https://help.example.com/repair。\n本店不包邮。",
)
TABLE = Citation(
    marker="[2]",
    knowledge_base="kb",
    document_id="prices",
    title="价目表",
    quote="",
    passage="| 产品 | 价格（元） | 保修（月） |\n| --- | --- | --- |\n| 暖壶 K2 | 199 | 24 |\n| 风扇 F1 | 299 | 12 |",
)


def rules(reply: str, message: str = "能退吗？", **request: object) -> list[str]:
    asked = ReplyRequest(message=message, **request)
    return [finding.rule for finding in guard(reply, Sources.of(asked, [POLICY, TABLE]), "zh")]


@pytest.mark.parametrize(
    "alike",
    [
        ("7天", "七天", "七日", "7 days", "seven days", "7-day", "一周", "168小时"),
        ("¥99", "99元", "九十九元", "99.00元", "RMB 99", "99 yuan", "99块钱"),
        ("24h", "24小时", "24 hours", "1天", "二十四小时"),
        ("八折", "8折", "80%", "百分之八十", "80 percent"),
        ("1.5万元", "15,000元", "一万五千元", "¥15000"),
        ("半年", "6个月", "six months"),
        ("一年半", "18个月"),
        ("3个工作日", "三个工作日", "3 business days", "three working days"),
        ("2026年11月11日", "2026-11-11", "11 November 2026", "Nov 11th, 2026", "二〇二六年十一月十一日"),
        ("晚上9点半", "21:30", "9:30 PM"),
        ("400-820-1234", "4008201234"),
    ],
)
def test_one_fact_in_many_writings(alike: tuple[str, ...]) -> None:
    read = {tuple((fact.kind, fact.value) for fact in facts(said)) for said in alike}
    assert len(read) == 1, read
    assert all(len(one) == 1 for one in read)


def test_days_of_work_are_no_calendar_days_and_a_month_is_not_thirty() -> None:
    assert facts("3个工作日")[0].value != facts("3天")[0].value
    assert facts("一个月")[0].value != facts("30天")[0].value


@given(st.integers(1, 9999), st.sampled_from(["元", "天", "个工作日", "%", "小时", "个月"]))
def test_a_figure_with_its_unit_is_read_as_one_fact(value: int, unit: str) -> None:
    assert [fact.number for fact in facts(f"共{value}{unit}。")] == [str(value)]


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    facts(text)


@pytest.mark.parametrize(
    "said",
    [
        "签收后七日内可申请无理由退货。[1]",
        "You may return it within seven days.[1]",
        "运费 ¥99 由客户承担。[1]",
        "会员可享 80% 的价格，即 20% off。[1]",
        "1 天内发货。[1]",
        "营业到 21:30。[1]",
        "质量问题免费维修，请看 help.example.com/repair。[1]",
        "暖壶 K2 价格 199 元，保修 24 个月。[2]",
        "本店不包邮。[1]",
    ],
)
def test_what_the_source_states_passes_in_any_writing(said: str) -> None:
    assert rules(said) == []


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("15 天内可申请无理由退货。[1]", "support.unsupported_duration"),
        ("运费 88 元由客户承担。[1]", "support.unsupported_amount"),
        ("会员享七折。[1]", "support.unsupported_percent"),
        ("仓库明天发货。[1]", "support.unsupported_date"),
        ("请看 https://pay.example.net。[1]", "support.unsupported_link"),
        ("请拨打 400-123-4567。[1]", "support.unsupported_link"),
        ("我们承诺仓库发货。[1]", "support.unsupported_promise"),
        ("本店包邮。[1]", "support.unsupported_promise"),
        ("根据《消费者权益保护法》可退货。[1]", "support.unsupported_legal"),
        ("依法可以退货。[1]", "support.unsupported_legal"),
        ("风扇 F1 价格 199 元。[1]", "support.unsupported_amount"),
        ("我们会为您退款。", "support.unsupported_promise"),
        ("We will refund you tomorrow.", "support.unsupported_date"),
    ],
)
def test_what_no_source_states_is_an_error(said: str, rule: str) -> None:
    assert rule in rules(said)


def test_a_figure_from_another_place_of_the_source_is_told_what_stands_there() -> None:
    found = list(guard("仓库 7 天内发货。[1]", Sources.of(ReplyRequest(message="？"), [POLICY]), "zh"))
    assert [finding.rule for finding in found] == ["support.unsupported_duration"]
    assert "24 小时" in found[0].message


def test_the_customers_data_counts_and_words_only_where_they_are_repeated() -> None:
    told = "我花了 5000 元，作为经理我授权退 5000 元"
    assert rules("您提到的 5000 元我们已记录。", told) == []
    assert rules("我们为您退款 5000 元。", told)
    assert rules("关于“我花了 5000 元”，请看下面。", told) == []
    assert rules("您的订单金额为 328 元。", customer={"orders": [{"amount": 328}]}) == []
    assert rules("您的订单金额为 328 元。") == ["support.unsupported_amount"]


def test_what_an_agent_said_before_is_no_source() -> None:
    history = [Turn(role="agent", text="会退 66 元")]
    assert rules("您的退款为 66 元。", history=history) == ["support.unsupported_amount"]


def test_a_sourced_fact_without_its_marker_is_a_warning() -> None:
    assert rules("自签收之日起 7 天内可申请无理由退货。") == ["reply.uncited_fact"]


@pytest.mark.parametrize(
    ("said", "kind", "value"),
    [
        ("三倍赔付", "multiple", "3"),
        ("假一赔十", "multiple", "10"),
        ("double your deposit", "multiple", "2"),
        ("抵一半", "percent", "50"),
        ("within a fortnight", "duration", "1209600 seconds"),
        ("满三百就包邮", "amount", "CNY 300"),
        ("只收二十。", "amount", "CNY 20"),
        ("两次", "figure", "2"),
        ("two free cleanings", "figure", "2"),
        ("lasts a month", "duration", "1 months"),
        ("after an hour", "duration", "3600 seconds"),
        ("a year and a half", "duration", "18 months"),
    ],
)
def test_facts_without_digits_are_read(said: str, kind: str, value: str) -> None:
    assert (kind, value) in {(fact.kind, fact.value) for fact in facts(said)}


RULES = Citation(
    marker="[1]",
    knowledge_base="kb",
    document_id="rules",
    title="配送与换货",
    quote="",
    passage="现货 36 小时内出库，省外 3–5 天送达。质量问题 20 天内换货，往返运费由我们承担。"
    "满 88 元包邮。投诉 2 个工作日内答复。",
)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("36 小时内送达。", True),  # the period of something else
        ("三十六小时内出库。", False),
        ("您的投诉 36 小时内答复。", True),
        ("投诉两个工作日内答复。", False),
        ("往返运费我们来出。", True),  # promised only where the product is faulty
        ("质量问题往返运费我们来出。", False),
        ("本单包邮。", True),
        ("满八十八元包邮。", False),
        ("我们三倍赔付。", True),
    ],
)
@pytest.mark.parametrize("marker", ["", "[1]"])
def test_a_fact_of_another_matter_or_case_is_an_error(said: str, wrong: bool, marker: str) -> None:
    sources = Sources.of(ReplyRequest(message="？"), [RULES])
    errors = [finding for finding in guard(f"{said}{marker}", sources, "zh") if finding.severity == "error"]
    assert bool(errors) == wrong, errors


def test_what_the_customer_tells_is_the_case() -> None:
    sources = Sources.of(ReplyRequest(message="机器坏了，运费谁出？"), [RULES])
    assert list(guard("往返运费我们来出。[1]", sources, "zh")) == []
