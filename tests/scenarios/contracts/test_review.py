"""What the rules of a review find, and what they leave alone."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scenarios.contracts.contract import Contract
from scenarios.contracts.folding import fold
from scenarios.contracts.identity import credit_check, id_check
from scenarios.contracts.review import issues, review
from workbench.statutes import Article

HERE = Path(__file__).parent
DEFECTS: dict[str, list[str]] = yaml.safe_load((HERE / "defects.yaml").read_text("utf-8"))
CLEAN: dict[str, list[str]] = yaml.safe_load((HERE / "clean.yaml").read_text("utf-8"))


def rules(text: str) -> set[str]:
    return {issue.rule for issue in issues(Contract(text))}


@pytest.mark.parametrize(
    ("rule", "text"),
    [(rule, text) for rule, texts in DEFECTS.items() for text in texts],
)
def test_a_defect_is_found(rule: str, text: str) -> None:
    assert rule in rules(text)


@pytest.mark.parametrize("text", CLEAN["sentences"])
def test_what_is_right_is_left_alone(text: str) -> None:
    assert rules(text) == set()


@pytest.mark.parametrize("contract", CLEAN["contracts"])
def test_a_whole_contract_without_a_defect_raises_nothing(contract: str) -> None:
    assert issues(Contract(contract)) == []


def test_an_essential_clause_that_is_nowhere_is_named() -> None:
    clauses = [
        "租赁物：坐落于北京市的房屋，面积一百平方米。",
        "租金：每月一万元，按季支付。",
        "期限：自2025年1月1日至2025年12月31日。",
    ]
    text = "房屋租赁合同\n" + "\n".join(f"第{n}条 {words * 4}" for n, words in zip("一二三", clauses, strict=True))
    text += "说明" * 80
    found = review(Contract(text), "zh")
    missing = {finding.message for finding in found if finding.rule == "clause.missing"}
    assert missing == {f"没有找到“{name}”条款。" for name in ("维修责任", "违约责任", "争议解决")}
    assert all(finding.where.start is None for finding in found if finding.rule == "clause.missing")


class OneArticle:
    def article(self, law: str, number: int) -> Article | None:
        return Article(law, "第五百八十六条", date(2020, 5, 28), "定金……") if number == 586 else None


def test_the_basis_quotes_the_statute_and_says_when_it_could_not_be_verified() -> None:
    text = "签约后支付合同总价的30%作为定金。"
    finding = next(f for f in review(Contract(text), "zh", OneArticle()) if f.rule == "deposit.over_20_percent")
    assert finding.basis.startswith("《民法典》（2020-05-28 版）第五百八十六条（已在法律库核对）：定金……")
    unverified = next(f for f in review(Contract(text), "zh") if f.rule == "deposit.over_20_percent")
    assert "未核对" in unverified.basis


def test_every_rule_has_its_texts() -> None:
    for rule, texts in DEFECTS.items():
        for text in texts:
            for finding in review(Contract(text), "en"):
                assert finding.message and finding.basis and finding.suggestion, (rule, finding.rule)


def test_a_finding_points_at_its_words_and_says_what_is_wrong_in_both_languages() -> None:
    text = "第一条\n合同总价为人民币1,000,000元（大写：壹佰零壹万元整）。"
    for lang in ("zh", "en"):
        finding = next(f for f in review(Contract(text), lang) if f.rule == "amount.words_mismatch")
        assert text[finding.where.start : finding.where.end] == finding.where.quote
        assert "1,010,000" in finding.message and "1,000,000" in finding.message
        assert finding.basis and finding.suggestion


def test_a_deposit_is_told_by_its_own_share() -> None:
    found = review(Contract("签订后10日内支付合同总价的30%作为定金，到货后10日内支付合同总价的60%。"), "zh")
    assert [f.message for f in found if f.rule == "deposit.over_20_percent"] == [
        "定金约为合同标的额的 30%，超过 20% 的部分不产生定金的效力。"
    ]


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


ENGLISH = (
    """SERVICES AGREEMENT

This Services Agreement is entered into as of March 1, 2024 by and between Alpha Systems, Inc. and Beta Retail LLC.

1. Term. The initial term of this Agreement shall be two years.

2. Fees. Beta Retail LLC shall pay the fees stated in the order within thirty days after the invoice.

3. Assignment. Neither party may assign this Agreement without the prior written consent of the other party.

4. Liability. In no event shall either party be liable for any indirect or consequential damages.

5. Law. This Agreement shall be governed by the laws of the State of New York.
"""
    + "The parties have read this Agreement and agree to all of its terms. " * 8
)


def test_an_english_contract_is_told_by_its_clauses() -> None:
    found = review(Contract(ENGLISH), "en")
    present = {f.message.removesuffix(": present."): f.where.quote for f in found if f.rule == "clause.present"}
    assert present["Document Name"] == "SERVICES AGREEMENT"
    assert present["Governing Law"].startswith("This Agreement shall be governed by the laws")
    assert {"Parties", "Agreement Date", "Expiration Date", "Anti-Assignment", "Cap On Liability"} <= present.keys()
    assert "Insurance" not in present and "Non-Compete" not in present
    assert {f.severity for f in found} == {"info"}


def test_an_english_contract_without_a_governing_law_says_so() -> None:
    found = review(
        Contract(ENGLISH.replace("This Agreement shall be governed by the laws of the State of New York.", "")), "zh"
    )
    assert [f.message for f in found if f.rule == "clause.missing"] == ["没有找到“适用法律（Governing Law）”条款。"]
