"""What the rules of a review find, and what they leave alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.contracts.contract import Contract
from scenarios.contracts.folding import fold
from scenarios.contracts.identity import credit_check, id_check
from scenarios.contracts.review import issues, review

FOUND = {
    "amount.words_mismatch": [
        "合同总价为人民币1,000,000元（大写：壹佰零壹万元整）。",
        "总价款¥120,000.00（大写：人民币壹拾万元整）",
        "合同价款：（大写）壹佰万元整 （小写）¥1,100,000.00元",
        "服务费为50万元（伍拾伍万圆整）。",
        "金额（大写）：人民币叁万贰仟元整，小写：３２，５００元。",
        "租金为每月人民币捌仟伍佰元整（¥8,600.00）。",
        "The fee is one hundred thousand dollars ($120,000).",
        "within thirty (60) days after receipt",
    ],
    "amount.sum_mismatch": [
        "合同总价为100万元。分三期支付：第一期支付30万元，第二期支付40万元，第三期支付20万元。",
        "合同总价款人民币200,000元。\n1、预付款60,000元；\n2、到货款100,000元；\n3、尾款50,000元。",
        "采购数量100台，单价5,000元，合同总价510,000元。",
        "合同总价为500000元。签约后支付合同总价的30%，即160000元。",
        "| 名称 | 数量 | 单价 | 金额 |\n| --- | --- | --- | --- |\n| 椅子 | 10 | 200 | 2,100 |\n",
        "月租金为8000元，年租金为98000元。",
    ],
    "amount.percent_sum": [
        "签约后支付合同总价的30%，到货后支付合同总价的60%，质保期满支付尾款5%。",
        "预付款30%，进度款50%，尾款30%。",
        "签约后付30%，验收后付至90%，质保金5%在一年后支付。",
        "利润由甲方分得60%，乙方分得50%。",
    ],
    "amount.tax_arithmetic": [
        "不含税价为100,000元，增值税税率13%，税额13,000元，含税价为115,000元。",
        "不含税金额100,000元，税率6%，税额9,000元。",
    ],
    "date.invalid": ["于2025年2月30日前交付", "签于2025-13-01", "截至2月30日", "by February 30, 2025"],
    "date.order": [
        "租期自2025年6月1日起至2024年5月31日止。",
        "开工日期：2025年3月1日，竣工日期：2025年2月1日",
        "签订日期：2025年5月1日\n乙方应于签订后交货，交货日期为2025年4月1日。",
    ],
    "term.duration_mismatch": [
        "租赁期限为三年，自2023年1月1日起至2024年12月31日止。",
        "服务期自2025年1月1日至2025年12月31日，共计18个月。",
        "for a term of two years, from January 1, 2024 to December 31, 2026",
    ],
    "blank.placeholder": [
        "交货地点为____。",
        "单价【】元",
        "联系人：XXX",
        "价格待定",
        "The price is TBD.",
        "[●] shares",
    ],
    "identity.credit_code": ["统一社会信用代码：91110108MA01ABCD1A", "纳税人识别号: 91110108MA01ABCD1"],
    "identity.id_number": [
        "身份证号：110105199002301234",
        "身份证号码 11010519900307123",
        "身份证号：110101199003077773",
    ],
    "currency.mixed": ["合同总价为USD5,000元人民币。", "总价为壹万元整（$10,000）。"],
}
CLEAN = [
    "合同总价为人民币1,000,000元（大写：壹佰万元整）。分三期支付：第一期支付30万元，第二期支付40万元，第三期支付30万元。",
    "服务费为50.5万元（大写：伍拾万伍仟元整），于签约后付30%，验收合格后付至95%，剩余5%为质保金。",
    "单价5,000元，数量100台，合同总价500,000元。逾期每日按合同总价的0.1%支付违约金。",
    "不含税价为100,000元，增值税税率13%，税额13,000元，价税合计113,000元。",
    "租赁期限为三年，自2023年1月1日起至2025年12月31日止，提前30日通知。",
    "合同期限：12个月（2023年1月1日至2024年1月1日）",
    "甲方（盖章）：________  乙方（盖章）：________\n日期：____年__月__日",
    "账号：110105199002301234567，电话 13800138000",
    "折合人民币700,000元，合同总价为100,000美元",
    "within thirty (30) days; one hundred thousand dollars ($100,000.00)",
    "首期出资20%于签约时缴付，逾期按未付金额的5%支付违约金。",
]


def rules(text: str) -> set[str]:
    return {issue.rule for issue in issues(Contract(text))}


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in FOUND.items() for text in texts])
def test_a_defect_is_found(rule: str, text: str) -> None:
    assert rule in rules(text)


ARITHMETIC = ("amount.", "date.", "term.", "blank.", "identity.", "currency.")


@pytest.mark.parametrize("text", CLEAN)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert {rule for rule in rules(text) if rule.startswith(ARITHMETIC)} == set()


def test_a_finding_points_at_its_words_and_says_what_is_wrong_in_both_languages() -> None:
    text = "第一条\n合同总价为人民币1,000,000元（大写：壹佰零壹万元整）。"
    for lang in ("zh", "en"):
        finding = next(f for f in review(Contract(text), lang) if f.rule == "amount.words_mismatch")
        assert text[finding.where.start : finding.where.end] == finding.where.quote
        assert "1,010,000" in finding.message and "1,000,000" in finding.message
        assert finding.basis and finding.suggestion


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="甲乙方合同第条款元整壹贰拾佰万１２3.,，。%年月日（）()：:|_-至自X【】\n ", max_size=120))
def test_no_text_breaks_a_rule(text: str) -> None:
    for issue in issues(Contract(text)):
        assert issue.start is None or 0 <= issue.start < (issue.end or 0) <= len(text)


def test_check_characters_of_known_numbers() -> None:
    assert credit_check("91350100M000100Y4") == "3", "the example of GB 32100-2015"
    assert id_check("11010519491231002") == "X", "the example of GB 11643-1999"
