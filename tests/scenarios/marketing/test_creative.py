"""Variants keep their limits, the law and their sources."""

import csv
from itertools import combinations
from typing import Any, get_args
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.marketing.creative.claims import UNPROVEN, alike, ledger
from scenarios.marketing.creative.compose import formats, likeness
from scenarios.marketing.creative.facts import gather
from scenarios.marketing.creative.lengths import cut, fits, length
from scenarios.marketing.creative.models import Channel, Creative, CreativeDraft, CreativeRequest, Variant
from scenarios.marketing.creative.task import CreativeTask
from tests.fakes.knowledge import NoKnowledge
from workbench.evidence import Citation
from workbench.language import shingles
from workbench.run import RunContext
from workbench.texts import Lang

SHEET = """香脆 F6 空气炸锅产品说明

香脆 F6 是一款可视窗空气炸锅，型号为 PY-F6，官方零售价为 399 元。
容量为 5.5 升，一次可以做 3–5 人份的食物，放得下一只 1.2 kg 的整鸡。
使用前请勿放入塑料。除菌率 99.9%，全国第一。

| 项目 | 数值 |
| --- | --- |
| 额定功率 | 1,600 W |
| 整机保修 | 18 个月 |
"""
OTHERS = """| 商品 | 整机保修 |
| --- | --- |
| 香脆 F6 空气炸锅 | 12 个月 |
| 恒温 K2 电热水壶 | 99 个月 |
"""


def passage(marker: str, title: str, text: str) -> Citation:
    return Citation(marker=marker, knowledge_base="shop", document_id=title, title=title, quote=text, passage=text)


PASSAGES = [passage("[1]", "常见问题", OTHERS), passage("[2]", "香脆 F6 空气炸锅产品说明", SHEET)]


def run(lang: Lang = "zh", passages: list[Citation] | None = None, **brief: Any) -> tuple[Creative, list[str]]:
    task = CreativeTask()
    request = CreativeRequest.model_validate(
        {"product": "香脆 F6 空气炸锅", "channels": list(get_args(Channel)), **brief}
    )
    context = RunContext(lang, NoKnowledge(), ())  # type: ignore[arg-type]
    context.passages = list(PASSAGES if passages is None else passages)
    task.gather(request, context)
    made = task.compose(request, context)
    return made, [finding.rule for finding in task.check(request, made, context) if finding.severity != "info"]


def test_facts_are_the_products_own_and_the_own_sheet_wins() -> None:
    found = {fact.text: fact.source for fact in gather("香脆 F6 空气炸锅", ["送食谱一本"], PASSAGES, "zh")}
    assert found["送食谱一本"] == "brief"
    assert found["整机保修18个月"] == "[2]"
    assert "额定功率1,600 W" in found and "一次可以做3–5人份的食物" in found
    assert not any("12个月" in text or "99个月" in text or "塑料" in text for text in found)


def test_every_variant_keeps_its_limits_and_the_law() -> None:
    made, findings = run(audiences=["租房青年", "新婚家庭"], offer="6月1日至18日下单立减40元", brand="蒲屿")
    assert len(made.variants) == 2 * 7 * len(get_args(Channel))
    for variant in made.variants:
        form = formats()[variant.channel]
        assert fits(variant.headline, form.headline, form.measure), variant
        assert fits(variant.body, form.body, form.measure), variant
        assert fits(variant.call_to_action, form.call_to_action, form.measure), variant
        assert len(variant.hashtags) <= form.hashtags
    assert findings == []


def test_a_text_message_is_signed_and_can_be_refused() -> None:
    made, _ = run(channels=["sms"], brand="蒲屿", must_say=["门店同价"])
    for variant in made.variants:
        assert variant.body.startswith("【蒲屿】") and variant.body.endswith("拒收请回复R")
        assert "门店同价" in variant.body


def test_every_claim_of_the_composer_has_a_source() -> None:
    made, _ = run()
    claims = [claim for variant in made.variants for claim in variant.claims]
    assert claims and all(claim.source != UNPROVEN for claim in claims)
    assert any(claim.source.startswith("[2] 香脆 F6") for claim in claims)


def test_an_unlawful_fact_is_never_used() -> None:
    made, _ = run(facts=["全国销量第一", "手柄可拆"])
    words = "".join(variant.headline + variant.body for variant in made.variants)
    assert "第一" not in words and "99.9" not in words and "手柄可拆" in words


def test_a_product_without_facts_is_said_so() -> None:
    made, findings = run(passages=[])
    assert made.variants and "creative.no_facts" in findings


def test_english_briefs_are_written_in_english() -> None:
    made, _ = run("en", product="Kettle K2", facts=["Holds 1.5 L", "Keeps warm for 12 hours"], passages=[])
    assert all(variant.body.isascii() or "–" in variant.body for variant in made.variants)


def test_a_models_variant_is_cut_rewritten_and_its_inventions_reported() -> None:
    task = CreativeTask()
    request = CreativeRequest(product="香脆 F6 空气炸锅", channels=["moments"], never_say=["神器"])
    context = RunContext("zh", NoKnowledge(), ())  # type: ignore[arg-type]
    context.passages = list(PASSAGES)
    body = "全网最好的炸锅。容量为5.5升。噪声只有20分贝。神器。" + "很长的话，" * 20
    draft = CreativeDraft.model_validate({"variants": [{"channel": "moments", "angle": "fab", "body": body}]})
    made = task.settle(request, draft, context)
    (variant,) = made.variants
    assert "最好" not in variant.body and fits(variant.body, 40, "characters")
    sources = {claim.text: claim.source for claim in variant.claims}
    assert sources["容量为5.5升"].startswith("[2]") and sources["噪声只有20分贝"] == UNPROVEN
    rules = [finding.rule for finding in task.check(request, made, context)]
    assert "creative.unproven" in rules and "own.banned" in rules


def test_an_edited_variant_is_read_back_and_a_struck_one_is_gone() -> None:
    task = CreativeTask()
    made, _ = run(channels=["moments"], angles=["fab", "pas"])
    edited = task.text(made).replace(made.variants[0].body, "换一句话。").split("\n\n")[0]
    again = task.revised(made, edited)
    assert [variant.body for variant in again.variants] == ["换一句话。"]
    assert task.text(again) == edited


def test_copy_like_past_copy_is_found() -> None:
    assert alike("容量5.5升，一家人够用", ["容量5.5升，一家人够用！", "别的"]) == "容量5.5升，一家人够用！"
    assert alike("容量5.5升，一家人够用", ["睡前调暗灯光"]) is None


def test_figures_need_a_source_and_soft_words_do_not() -> None:
    found = {claim.text: claim.source for claim in ledger("省电30%，用着安心。", [], [])}
    assert found == {"省电30%": UNPROVEN}


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("空气炸锅F6", "gbk", 10),
        ("空气炸锅F6", "google", 10),
        ("空气炸锅F6", "weibo", 5),
        ("你好🙂", "sms", 4),
        ("a" * 160, "sms", 70),
    ],
)
def test_lengths_are_counted_as_the_platform_counts(text: str, measure: Any, expected: int) -> None:
    assert length(text, measure) == expected


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.integers(0, 40), st.sampled_from(["characters", "sms", "gbk", "google", "weibo"]))
def test_a_cut_text_fits_and_is_a_beginning(text: str, limit: int, measure: Any) -> None:
    piece = cut(text, limit, measure)
    assert fits(piece, limit, measure)
    assert text.startswith(piece) or piece in text


@pytest.mark.parametrize("tone", ["plain", "warm", "lively"])
def test_variants_of_a_channel_differ_and_keep_every_rule_in_each_tone(tone: str) -> None:
    made, findings = run(
        audiences=["租房青年", "新婚家庭"], channels=["xiaohongshu", "moments", "product_page"], tone=tone
    )
    assert findings == []
    for channel in ("xiaohongshu", "moments", "product_page"):
        words = [shingles(one.headline + one.body) for one in made.variants if one.channel == channel]
        alike = [likeness(first, second) for first, second in combinations(words, 2)]
        assert max(alike) < 0.95 and sum(alike) / len(alike) < 0.6


def test_the_tone_is_heard() -> None:
    made = {tone: run(channels=["xiaohongshu"], tone=tone)[0].variants for tone in ("plain", "warm", "lively")}
    bodies = {tone: "".join(one.body for one in variants) for tone, variants in made.items()}
    assert bodies["lively"].count("！") > 3 * bodies["plain"].count("！") + 3
    assert "您" in bodies["warm"] and bodies["warm"] != bodies["plain"]


def test_the_kit_tracks_each_variant_and_holds_no_formula() -> None:
    link = "https://shop.example/f6?ref=1&utm_source=old"
    request = CreativeRequest(product="香脆 F6", link=link, campaign="双十一 主会场")
    context = RunContext("zh", NoKnowledge(), ())  # type: ignore[arg-type]
    one = Variant(id="sms-001", channel="sms", angle="fab", headline="=1+1", body="正文")
    (extra,) = CreativeTask().extras(request, Creative(variants=[one]), context)
    (row,) = list(csv.DictReader(extra.make().decode("utf-8-sig").splitlines()))
    query = parse_qs(urlsplit(row["link"]).query)
    assert query["utm_content"] == ["sms-001"] and query["utm_source"] == ["sms"] and query["ref"] == ["1"]
    assert query["utm_campaign"] == ["双十一-主会场"] and row["headline"] == "'=1+1"


def test_requests_for_two_audiences_do_not_say_the_same() -> None:
    made = [one for audience in ("租房青年", "新婚家庭") for one in run(audiences=[audience])[0].variants]
    said = [(one.channel, one.headline, one.body) for one in made]
    assert len(set(said)) > 0.97 * len(said)
