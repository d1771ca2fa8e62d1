"""What is read out of deals told as chat notes, mail, tables and lists; all invented."""

from decimal import Decimal
from typing import Any

import pytest

from scenarios.contracts.drafting.deal import read_deal

DEALS: dict[str, tuple[str, dict[str, Any]]] = {
    "chat": (
        "老王：我们（临江仪表有限公司）买他们12台数控车床，单价18.5万\n小李：付款呢？\n老王：签合同付30%，到货验收合格付60%，"
        "剩下10%质保期满付。质保两年，2026年8月15日前送到我们芜湖厂区",
        {"contract_type": "purchase", "warranty_months": 24, "delivery_place": "芜湖厂区"},
    ),
    "table": (
        "| 项目 | 内容 |\n| --- | --- |\n| 合同类型 | 服务合同 |\n"
        "| 委托方 | 宁波启帆物流有限公司 |\n| 服务方 | 上海知行数据有限公司 |\n"
        "| 服务内容 | 仓储系统运维 |\n| 合同金额 | 人民币480,000元 |\n| 税率 | 6% |",
        {"contract_type": "services", "subject": "仓储系统运维", "amount": 480_000, "tax_rate": 6},
    ),
    "sheet": (
        "采购要点\n采购方\t芜湖远航电缆有限公司\n供应商\t铜陵金川铜业有限公司\n标的物\t电解铜\n质保期\t6个月",
        {"contract_type": "purchase", "subject": "电解铜", "warranty_months": 6},
    ),
    "loan between people": (
        "出借人张建国，借款人刘芳，借款金额20万元，用于装修，年利率6%，期限12个月，到期一次还本付息。",
        {"contract_type": "loan", "amount": 200_000, "annual_rate": 6, "repayment": "lump", "purpose": "装修"},
    ),
    "lease by quarters": (
        "出租方：苏州润禾置业有限公司，承租方：苏州蓝岸设计有限公司，月租金25,600元，押金76,800元，租金按季支付。",
        {"contract_type": "lease", "rent": 25_600, "security": 76_800, "rent_months": 3},
    ),
    "shares of a cooperation": (
        "合作：甲方西安云岭旅游有限公司提供景区场地，乙方西安星辰传媒有限公司负责活动策划，收益按6:4分成，期限三年。",
        {
            "contract_type": "cooperation",
            "term_months": 36,
            "contributions": [
                {"party": "a", "contribution": "景区场地", "share": Decimal(60)},
                {"party": "b", "contribution": "活动策划", "share": Decimal(40)},
            ],
        },
    ),
    "results": (
        "技术开发：委托方河北冀安电力有限公司 委托 天津智控科技有限公司 开发巡检软件，"
        "开发费用150万元，成果归委托方所有。",
        {"contract_type": "technology", "subject": "巡检软件", "amount": 1_500_000, "ip_owner": "a"},
    ),
    "small works": (
        "厂房屋面维修小工程，发包人：昆山德力模具有限公司，承包人：昆山宏筑建设有限公司，合同价款356,000元，质保金5%。",
        {"contract_type": "construction", "subject": "厂房屋面维修小工程", "retention": 5, "amount": 356_000},
    ),
    "deposit": (
        "销售合同，卖方：佛山正元陶瓷有限公司，买方：长沙建材有限公司，合计31万元，预付10万元定金，逾期每天按万分之五。",
        {"contract_type": "sales", "amount": 310_000, "deposit": 100_000, "late_rate": Decimal("0.05")},
    ),
    "secrecy": (
        "甲方：北辰医药科技有限公司 乙方：合川生物技术有限公司 双方为洽谈新药合作签保密协议，保密期限五年，互相披露。",
        {"contract_type": "nda", "secrecy_months": 60, "mutual": True, "purpose": "新药合作"},
    ),
    "mail in English": (
        "Please draw up a services agreement between Brookline Analytics LLC and Harper Retail Group Inc. Harper pays "
        "USD 84,000 for a data platform support service. Governing law: New York.",
        {"contract_type": "services", "amount": 84_000, "currency": "USD", "law": "New York"},
    ),
    "NDA in English": (
        "Mutual NDA between Fernway Robotics Inc. and Castell Motors GmbH dated March 3, 2026, purpose: a gripper "
        "project, confidentiality for three years, governed by the laws of England.",
        {"contract_type": "nda", "secrecy_months": 36, "mutual": True, "law": "England"},
    ),
}


@pytest.mark.parametrize(("words", "fields"), DEALS.values(), ids=DEALS)
def test_a_deal_is_read(words: str, fields: dict[str, Any]) -> None:
    read = read_deal(words)
    assert {name: read.get(name) for name in fields} == fields


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (DEALS["loan between people"][0], ["张建国", "刘芳"]),
        (DEALS["results"][0], ["河北冀安电力有限公司", "天津智控科技有限公司"]),
        (DEALS["mail in English"][0], ["Harper Retail Group Inc", "Brookline Analytics LLC"]),  # the client is who pays
        ("拟录用周晓彤担任工程师，月薪18000元。公司：杭州星图软件有限公司。", ["杭州星图软件有限公司", "周晓彤"]),
    ],
)
def test_both_parties_of_a_deal_are_seated(words: str, names: list[str]) -> None:
    assert [party["name"] for party in read_deal(words)["parties"]] == names


def test_the_day_of_delivery_is_no_day_of_payment() -> None:
    words = "购买离心泵，总价10万元，签订后10日内付40%，验收合格后付60%，2026年12月20日前交付。"
    assert [one.get("due") for one in read_deal(words)["payments"]] == [None, None]
