"""A brief that a designer can work from: readable colours, true sizes, lawful words, sketches with their mark."""

from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from scenarios.marketing.design.brief import sizes, styles
from scenarios.marketing.design.colours import contrasts, legible, palette, ratio
from scenarios.marketing.design.models import Design, DesignDraft, DesignRequest
from scenarios.marketing.design.sketch import wrapped
from scenarios.marketing.design.task import DesignTask
from tests.fakes.knowledge import NoKnowledge
from workbench.run import RunContext
from workbench.texts import LANGS, Lang

TASK = DesignTask()
COLOUR = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def brief(lang: Lang = "zh", **asked: Any) -> tuple[DesignRequest, Design, RunContext, list[str]]:
    request = DesignRequest.model_validate({"product": "青山 A1 台灯", **asked})
    context = RunContext(lang, NoKnowledge(), ())  # type: ignore[arg-type]
    TASK.gather(request, context)
    made = TASK.compose(request, context)
    return request, made, context, [finding.rule for finding in TASK.check(request, made, context)]


def test_contrast_is_that_of_wcag() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the well-known grey that just fails
    assert ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@given(COLOUR, COLOUR)
def test_a_colour_is_moved_until_it_can_be_read(colour: str, ground: str) -> None:
    assert ratio(legible(colour, ground, 4.5), ground) >= 4.5


@given(st.lists(COLOUR, max_size=2), st.sampled_from(sorted(styles())))
def test_every_pair_that_a_direction_uses_passes_aa_whatever_the_brand(brand: list[str], name: str) -> None:
    assert all(pair.aa for pair in contrasts(palette(styles()[name].palette, brand)))


def test_three_directions_with_their_sketches_in_the_sizes_asked_for() -> None:
    _, made, _, rules = brief(placements=["小红书", "海报"], facts=["色温可调3000到5000K", "底座重1.2千克"])
    assert len({one.id for one in made.directions}) == len(made.directions) == 3
    assert [place.id for place in made.placements] == ["xiaohongshu_cover", "poster_a3"]
    for one in made.directions:
        assert one.do and one.dont and one.typography and one.composition and one.image_prompt
        for sketch in one.sketches:
            root = ET.fromstring(sketch.svg)  # noqa: S314  # our own
            assert root.get("viewBox") == f"0 0 {sketch.width} {sketch.height}"
            assert "AI 生成" in "".join(root.itertext())
    assert "design.no_facts" not in rules and "design.contrast" not in rules


def test_what_the_law_forbids_is_in_no_sketch() -> None:
    _, made, _, _ = brief(
        headline="全国销量第一的台灯", facts=["能治疗近视", "色温可调3000到5000K"], offer="史上最低价"
    )
    words = made.summary + "".join(message.text for message in made.messages)
    assert "第一的" not in words and "治疗" not in words and "最低" not in words


def test_a_need_chooses_the_direction() -> None:
    assert brief(need="高端礼盒，安静有质感")[1].directions[0].id == "quiet"
    assert brief(need="B2B 专业参数对比")[1].directions[0].id == "clear"


def test_sketches_leave_as_pictures_and_as_svg() -> None:
    request, made, context, _ = brief(placements=["banner"])
    files = {one.name: one.make for one in TASK.extras(request, made, context)}
    name = next(name for name in files if name.endswith(".png"))
    assert max(Image.open(BytesIO(files[name]())).size) == 2000
    assert files[name.replace(".png", ".svg")]().startswith(b"<svg")


def test_an_unlawful_headline_of_a_model_is_not_taken() -> None:
    request, _, context, _ = brief()
    assert "全国第一" not in TASK.settle(request, DesignDraft(headline="全国第一的台灯", summary=""), context).summary
    assert "一盏好用的灯" in TASK.settle(request, DesignDraft(headline="一盏好用的灯", summary=""), context).summary


def test_unknown_places_and_missing_facts_are_said() -> None:
    rules = brief(placements=["月球背面"])[3]
    assert {"design.placement_unknown", "design.no_facts", "design.confirm_sizes"} <= {*rules}


def test_every_size_and_direction_has_its_words_in_both_languages() -> None:
    assert all(one[lang] for one in sizes().values() for lang in LANGS)
    for one in styles().values():
        assert one.zh.keys() == one.en.keys()


@given(st.text(alphabet="青山台灯 abc，。12", max_size=40), st.floats(10, 80), st.floats(60, 400))
def test_no_word_is_lost_in_lines(words: str, size: float, width: float) -> None:
    assert "".join(wrapped(words, size, width)).replace(" ", "") == words.replace(" ", "")
