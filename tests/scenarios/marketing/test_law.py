"""What the advertising check finds, and what it leaves alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.marketing.law import suspicion
from scenarios.marketing.law.rewriting import rewrite
from scenarios.marketing.law.rulebook import laws, rules
from scenarios.marketing.law.violations import Context, findings
from vectorstore.laws import LawLibrary
from workbench.texts import ROOT


def broken(copy: str, **known: str) -> list[str]:
    return [finding.rule for finding in findings(copy, Context(**known), "zh")]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("copy", "family"),
    [
        ("全国销量第一的破壁机", "absolute"),
        ("蕞好喝的奶茶", "absolute"),
        ("国 家 级配方，买它", "absolute"),
        ("全网zui低价", "absolute"),
        ("全网最🔥低价", "absolute"),
        ("全國頂級工藝", "absolute"),
        ("每天一杯，氵台疗失眠", "medical"),
        ("红枣茶可以治疗贫血", "medical"),
        ("理财稳赚不赔", "finance"),
        ("签约保过，不过退费", "education"),
        ("95%的用户都说皮肤变亮了", "citation"),
        ("活动最终解释权归本店所有", "price"),
        ("人民大会堂特供茶", "state"),
        ("The world's best vacuum cleaner", "en"),
        ("喝上半个月，多年的咳嗽都好了", "medical"),
        ("用它敷膝盖，不用打针吃药", "medical"),
        ("论修表，这条街没人敢称第一", "absolute"),
        ("存一万，每年稳拿九个点", "finance"),
        ("五个邻居里有四个都在喝", "citation"),
        ("出售本市车主电话名单", "message"),
        ("Wipes out migraines in a day", "en"),
        ("Outlasts every other brand", "en.comparison"),
        ("Pharmacists everywhere swear by this balm", "en.endorsement"),
        ("Eat all the cake you like and the kilos still vanish, a weight you will love", "en.weight"),
        ("We guarantee your dog will love it", "en.guarantee"),
        ("A free tent when you sign a contract", "en.trap"),
        ("The deal ends in ten minutes", "en.urgency"),
        ("Built in America with parts from Mexico", "en.origin"),
        ("Kids, ask your parents for it tonight", "en"),
        ("乡下姑娘嫁不出去，快用这瓶。", "discrimination"),
    ],
)
def test_a_violation_is_found_with_its_family(copy: str, family: str) -> None:
    assert any(rule.startswith(family) for rule in broken(copy)), broken(copy)


@pytest.mark.parametrize(
    "copy",
    [
        "第一步，把滤网取下；最后，晾干。",
        "最近上新，每台设备都有唯一标识。",
        "最佳食用期三天，请冷藏。",
        "我们力争做到行业第一。",
        "这不是最好的茶，但我每天喝。",
        "广告法规定，不得使用“国家级”“最佳”等用语。",
        "治愈系插画展，周末开放。",
        "据某研究院2024年报告，该品牌位列全国空气炸锅销量第一。",
        "Best before 12 months from the production date.",
        "墙面最好等漆干透再贴。",
        "运动后小腿酸痛属于正常现象。",
        "每台设备最多连接八个传感器。",
        "No. 1 Harbour Street, open from nine.",
    ],
)
def test_what_only_looks_unlawful_is_left_alone(copy: str) -> None:
    assert broken(copy) == []


def test_the_place_of_a_finding_points_into_the_copy_as_it_was_given() -> None:
    copy = "  ＡＢ🙂全國第①茶，欢迎品尝"
    (finding,) = findings(copy, Context(), "zh")
    assert finding.where.start is not None
    assert copy[finding.where.start : finding.where.end] == finding.where.quote
    assert finding.where.quote.endswith("第①")
    assert finding.basis.startswith("《广告法》第九条第（三）项")


def test_the_industry_of_the_request_switches_rules() -> None:
    copy = "治疗颈椎病，请挂骨科。"
    assert broken(copy, industry="食品")
    assert broken(copy, industry="医疗") == []


def test_own_words_are_found_and_brand_words_excused() -> None:
    found = findings("最生活毛巾，比甲牌软", Context(names=["最生活"], banned=["软"], competitors=["甲牌"]), "zh")
    assert {"own.banned", "own.competitor"} <= {finding.rule for finding in found}
    assert not any(finding.where.quote.startswith("最") for finding in found)


@pytest.mark.parametrize(
    "copy",
    [
        "全网最好吃的手工月饼，豆沙馅，皮薄。",
        "稳赚不赔，欢迎咨询。",
        "专利技术加热，十分钟出水。",
        "顶级面料，国家级工艺，柔软亲肤。",
    ],
)
def test_the_rewrite_passes_the_check_and_keeps_the_rest(copy: str) -> None:
    made = rewrite(copy, Context())
    assert made.passes
    assert broken(made.text) == []
    assert made.text


def test_a_health_food_rewrite_gains_its_disclaimer() -> None:
    made = rewrite("保健食品，有助于增强免疫力。", Context(industry="保健食品"))
    assert "本品不能代替药物" in made.text
    assert made.passes


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("最第一好顶级zui ab,，。🔥１①國家治疗100%"), max_size=40))
def test_offsets_hold_for_any_text(copy: str) -> None:
    for finding in findings(copy, Context(), "zh"):
        assert finding.where.start is not None and finding.where.end is not None
        assert 0 <= finding.where.start < finding.where.end <= len(copy)
        assert copy[finding.where.start : finding.where.end] == finding.where.quote


def test_every_rule_speaks_both_languages_and_cites_an_article() -> None:
    for compiled in rules():
        rule = compiled.rule
        assert set(rule.reason) == set(rule.fix) == {"zh", "en"}, rule.id
        assert all(basis.words(lang) for basis in rule.basis for lang in ("zh", "en")), rule.id


def test_every_cited_article_of_a_statute_is_in_the_law_library() -> None:
    library = LawLibrary.read(ROOT / "knowledge" / "laws.yaml")
    cited = {(basis.law, basis.article) for one in rules() for basis in one.rule.basis if basis.article}
    statutes = [(law, article) for law, article in cited if not laws()[law].regulation and not law.startswith("ftc")]
    assert statutes
    missing = [
        (law, article)
        for law, article in statutes
        if library.article(laws()[law].zh.split("（")[0], int(article.split("(")[0].split(".")[0])) is None
    ]
    assert missing == []


def test_wording_like_a_violation_is_suspected_where_no_rule_names_it() -> None:
    (finding,) = findings("苹果很脆。买它，孩子就聪明。", Context(), "zh")
    assert finding.rule.startswith("suspect.") and finding.severity == "warning"
    assert finding.where.start is not None and finding.where.start >= len("苹果很脆。")
    assert "《广告法》" in finding.basis


def test_every_suspicion_has_a_rule_to_cite() -> None:
    assert {weight.family for weight in suspicion._weights().values()} - {""} <= suspicion.suspected().keys()


def test_everyday_copy_is_not_suspected() -> None:
    for copy in ("裙摆垂到脚踝，走路时轻轻晃。", "早上烤的面包，下午还是软的。", "Soft sheets and a quiet room."):
        assert broken(copy) == []


@pytest.mark.parametrize("copy", ["国家J手艺制作", "本店唯①正品", "bao本bao息", "zui好用的锅"])
def test_words_masked_with_letters_or_circles_have_no_innocent_reading(copy: str) -> None:
    (finding, *_) = findings(copy, Context(), "zh")
    assert "变形" in finding.message or "写法" in finding.message


@pytest.mark.parametrize("copy", ["第1号楼在左边", "USB-C接口的充电线", "嘬一口汤汁"])
def test_plain_letters_and_numbers_mask_nothing(copy: str) -> None:
    assert broken(copy) == []


@pytest.mark.parametrize(
    ("copy", "goods"),
    [("国家药监局推荐的鱼油", "鱼油"), ("加盟即赚，三个月回本", "产品"), ("押题命中率90%", "课程")],
)
def test_copy_of_which_nothing_may_stay_becomes_a_plain_line_about_the_goods(copy: str, goods: str) -> None:
    made = rewrite(copy, Context())
    assert made.passes and goods in made.text and broken(made.text) == []


def test_where_nothing_may_stay_the_line_speaks_of_the_same_goods_and_topic() -> None:
    copies = {
        "这款枕头能治疗颈椎病。": "枕头",
        "史上最强续航，没有对手。": "续航",
        "This herbal tea cures insomnia in a week.": "herbal tea",
        "The softest bath towel in the world.": "bath towel",
    }
    lines = {copy: rewrite(copy, Context()).text for copy in copies}
    assert all(kept in lines[copy] and broken(lines[copy]) == [] for copy, kept in copies.items()), lines
    assert len(set(lines.values())) == len(lines)


def test_a_half_sentence_is_not_kept() -> None:
    assert "after" not in rewrite("Permanent weight loss, even after you stop taking it.", Context()).text


def test_a_scrap_left_of_a_sentence_is_not_kept_and_figures_stay_whole() -> None:
    assert (
        rewrite("抹一抹，妊娠纹彻底消失。瓶身容量1,600毫升，按压出液。", Context()).text
        == "瓶身容量1,600毫升，按压出液。"
    )
