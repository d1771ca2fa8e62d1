"""Playbooks: where a contract departs from the company's positions, told without a model."""

from pathlib import Path

import pytest
import yaml

from scenarios.contracts.contract import Contract
from scenarios.contracts.playbooks.deviations import bounds, outcomes
from scenarios.contracts.playbooks.findings import against
from scenarios.contracts.playbooks.playbook import as_rows, from_document, from_file, playbook, shipped, suited
from workbench.document import Block, SourceDocument
from workbench.errors import ConfigError
from workbench.files import NoFiles
from workbench.texts import ROOT

CASES: dict[str, dict[str, dict[str, list[str]]]] = yaml.safe_load(
    (ROOT / "bench" / "data" / "positions.yaml").read_text("utf-8")
)
HEAD = {
    "purchase": "采购合同\n甲方（买方）：北京天元信息技术有限公司\n乙方（卖方）：深圳市蓝海电子股份有限公司\n",
    "sales": "销售合同\n甲方（买方）：北京天元信息技术有限公司\n乙方（卖方）：深圳市蓝海电子股份有限公司\n",
    "lease": "租赁合同\n甲方（出租方）：北京天元信息技术有限公司\n乙方（承租方）：深圳市蓝海电子股份有限公司\n",
    "services": "服务合同\n甲方（委托方）：北京天元信息技术有限公司\n乙方（服务方）：深圳市蓝海电子股份有限公司\n",
    "nda": "保密协议\n甲方（披露方）：北京天元信息技术有限公司\n乙方（接收方）：深圳市蓝海电子股份有限公司\n",
    "employment": "劳动合同\n甲方（用人单位）：北京天元信息技术有限公司\n乙方（劳动者）：王芳\n",
    "loan": "借款合同\n甲方（出借人）：北京天元信息技术有限公司\n乙方（借款人）：深圳市蓝海电子股份有限公司\n",
    "software": "软件许可\n甲方（被许可方）：北京天元信息技术有限公司\n乙方（许可方）：深圳市蓝海电子股份有限公司\n",
}
SENTENCES = [
    pytest.param(name, position, level, words, id=f"{name}-{position}-{level}-{place}")
    for name, positions in CASES.items()
    for position, levels in positions.items()
    for level, sentences in levels.items()
    for place, words in enumerate(sentences)
]


def levels(name: str, words: str) -> dict[str, str]:
    contract = Contract(f"{HEAD[name]}第一条 约定\n{words}\n")
    return {one.position.id: one.level for one in outcomes(contract, playbook(name))}


@pytest.mark.parametrize(("name", "position", "level", "words"), SENTENCES)
def test_a_wording_is_weighed_against_its_position(name: str, position: str, level: str, words: str) -> None:
    assert levels(name, words)[position] == level


@pytest.mark.parametrize("name", sorted(HEAD))
def test_every_position_has_its_cases_and_its_words(name: str) -> None:
    book = playbook(name)
    assert {one.id for one in book.positions} == set(CASES[name])
    assert len({one.id for one in book.positions}) == len(book.positions)
    for one in book.positions:
        assert (one.preferred.endswith("。") and "never" in CASES[name][one.id]) or not one.never


def test_all_eight_are_shipped() -> None:
    assert set(shipped()) == set(HEAD)


def test_a_side_chooses_the_playbook() -> None:
    assert (suited("purchase", "卖方"), suited("purchase", "买方"), suited("purchase")) == (
        "sales",
        "purchase",
        "purchase",
    )
    assert suited("gift") == ""


def test_what_is_required_and_nowhere_is_missing() -> None:
    assert levels("purchase", "乙方应向甲方交付货物。")["warranty"] == "missing"


def test_a_finding_shows_their_wording_ours_and_the_fallback() -> None:
    contract = Contract(HEAD["purchase"] + "第一条 质保\n质量保证期为3个月。")
    found = next(f for f in against(contract, playbook("purchase"), "", "zh") if f.where.quote == "质量保证期为3个月。")
    assert (found.rule, found.severity, found.role) == ("playbook.deviation", "warning", "business")
    assert "不少于24个月" in found.basis and "不少于24个月" in found.suggestion and "不少于12个月" in found.suggestion


@pytest.mark.parametrize(
    ("words", "expected"),
    [("不超过30%", [(True, 30, "percent")]), ("不少于2年", [(False, 24, "months")]),
     ("至少十日", [(False, 10, "days")]),
     ("不超过30%且不少于3个月", [(True, 30, "percent"), (False, 3, "months")]), ("按约定", [])],
)  # fmt: skip
def test_limits_are_read_from_a_position(words: str, expected: list[tuple[bool, int, str]]) -> None:
    assert [(one.most, one.value, one.measure) for one in bounds(words)] == expected


def table(rows: list[tuple[str, ...]]) -> SourceDocument:
    words = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
    return SourceDocument(words, "公司立场", "text/markdown", blocks=(Block("table", 0, len(words), 0),))


def test_a_table_from_word_is_a_playbook() -> None:
    book = from_document(
        table(
            [
                ("条款", "我方立场", "可接受", "不接受", "负责"),
                ("付款期限", "验收后不超过30日内付款。", "不超过60日。", "收到客户回款后付款。", "财务"),
            ]
        )
    )
    assert (book.positions[0].role, book.positions[0].fallback) == ("finance", "不超过60日。")
    contract = Contract("采购合同\n第一条 付款期限\n付款期限为验收合格后90日内支付。")
    assert [one.level for one in outcomes(contract, book)] == ["deviation"]


@pytest.mark.parametrize("name", sorted(HEAD))
def test_a_shipped_playbook_survives_its_table(name: str) -> None:
    again = from_document(table(as_rows(playbook(name))))
    assert [(one.clause, one.preferred, one.never, one.role, one.required) for one in again.positions] == [
        (one.clause, one.preferred, one.never, one.role, one.required) for one in playbook(name).positions
    ]


def test_a_file_without_a_playbook_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        from_document(SourceDocument("一段话", "随便", "text/plain"))
    wrong = tmp_path / "book.yaml"
    wrong.write_text("title: x\npositions: []", "utf-8")
    for path in (wrong, tmp_path / "none.yaml"):
        with pytest.raises(ConfigError):
            from_file(str(path), NoFiles())
    with pytest.raises(ConfigError):
        playbook("nothing")
