"""Markers are verified against the passages behind them."""

import pytest

from workbench.citations import cite, nearest_sentence, supported, unverified
from workbench.evidence import Citation
from workbench.findings import Finding, Where

PASSAGE = Citation(
    marker="[1]",
    knowledge_base="kb",
    document_id="d1",
    title="售后政策",
    heading="退货",
    quote="",
    passage="自签收之日起 7 天内可申请无理由退货。退货运费由客户承担。定制商品除外。",
)


def test_the_quote_is_the_sentence_behind_the_marker():
    (found,) = cite("退货的运费由客户承担[1]。", [PASSAGE])
    assert (found.quote, found.verified) == ("退货运费由客户承担。", True)


@pytest.mark.parametrize(
    "claim",
    ["签收后 15 天内可申请无理由退货[1]。", "签收后十五天内可申请无理由退货[1]。", "我们的门店周末营业到晚上[1]。"],
    ids=["other figure", "other figure in words", "other subject"],
)
def test_a_claim_that_the_passage_does_not_hold_stays_unverified(claim):
    (found,) = cite(claim, [PASSAGE])
    assert not found.verified


def test_one_wrong_sentence_spoils_the_marker_it_shares():
    (found,) = cite("7 天内可申请无理由退货[1]。退货运费 20 元由客户承担[1]。", [PASSAGE])
    assert not found.verified


def test_a_marker_without_passage_is_kept_and_unverified():
    known, unknown = cite("7 天内可退货[1]，运费全免[9]。", [PASSAGE])
    assert known.marker == "[1]"
    assert (unknown.marker, unknown.quote, unknown.verified) == ("[9]", "", False)


def test_citations_come_in_the_order_of_their_first_marker():
    other = PASSAGE.model_copy(update={"marker": "[2]"})
    found = cite("定制商品除外[2]。7 天内可申请无理由退货[1]。", [PASSAGE, other])
    assert [citation.marker for citation in found] == ["[2]", "[1]"]


def test_figures_in_words_and_digits_are_the_same():
    assert supported("七天内可申请无理由退货", PASSAGE.passage)


def test_the_nearest_sentence_is_word_for_word():
    assert nearest_sentence("customised goods 定制商品", PASSAGE.passage) == "定制商品除外。"
    assert nearest_sentence("anything", "") == ""


def test_a_sentence_that_its_passage_does_not_bear_out_is_a_warning_with_its_place():
    text = "7 天内可申请无理由退货[1]。退货运费 20 元由客户承担[1]。全场包邮[9]。"
    doubted, unknown = unverified(text, [PASSAGE], [], "zh")
    assert (doubted.rule, doubted.severity) == ("citation.unverified", "warning")
    assert (doubted.where.quote, unknown.where.quote) == ("退货运费 20 元由客户承担[1]。", "全场包邮[9]。")
    assert text[doubted.where.start : doubted.where.end] == doubted.where.quote
    assert "[1]" in doubted.message
    assert "[9]" in unknown.message


def test_what_the_task_reported_itself_is_not_said_twice():
    text = "退货运费 20 元由客户承担[1]。"
    own = Finding(rule="reply.unsupported", severity="error", message="-", where=Where(start=0, end=len(text)))
    assert unverified(text, [PASSAGE], [own], "zh") == []
