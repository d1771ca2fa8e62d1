"""Small facts about Chinese and English text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.language import (
    detect,
    figures,
    han_number,
    markers,
    sentences,
    shingles,
    with_digits,
    without_markers,
)

TEXT = st.text(st.sampled_from("退货7天。！？.\n [1]abc Mr3%，；"), max_size=80)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("退货运费谁出？", "zh"),
        ("Who pays the freight?", "en"),
        ("我的 iPhone 能退吗", "zh"),
        ("What does 保修 mean in your policy?", "en"),
        ("12345", "en"),
    ],
)
def test_the_language_is_the_one_most_words_are_in(text, lang):
    assert detect(text) == lang


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("可以退。运费自理！", ["可以退。", "运费自理！"]),
        ("It weighs 3.5 kg. See file.pdf for more.", ["It weighs 3.5 kg.", "See file.pdf for more."]),
        ("Ask Dr. Li, e.g. by mail. Thanks.", ["Ask Dr. Li, e.g. by mail.", "Thanks."]),
        ("七天内可退。[1] 运费自理。 [2]", ["七天内可退。[1]", "运费自理。 [2]"]),
        ("“可以退。”他说。", ["“可以退。”", "他说。"]),
        ("一行\n\n另一行", ["一行", "另一行"]),
    ],
)
def test_sentences_keep_their_marks(text, parts):
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(TEXT)
def test_sentences_hold_everything_but_white_space_in_order(text):
    spans = list(sentences(text))
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert "".join("".join(text[slice(*span)].split()) for span in spans) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("满 1,000 元减 50.00 元", {"1000", "50"}),
        ("一千元以内", {"1000"}),
        ("百分之五的折扣，即 5%", {"5%"}),
        ("二十四个月", {"24"}),
        ("两年", {"2"}),
        ("１２ 天", {"12"}),
        ("第[3]条", set()),
        ("一起来", set()),
    ],
)
def test_figures_are_spelt_one_way(text, found):
    assert figures(text) == found


@given(st.integers(0, 99_999_999))
def test_a_chinese_numeral_is_read_back(number):
    assert han_number(_han(number)) == number


def _han(number: int) -> str:
    """``number`` in full Chinese writing."""
    if number >= 10_000:
        rest = number % 10_000
        between = "零" if rest and rest < 1000 else ""
        return _han(number // 10_000) + "万" + (between + _han(rest) if rest else "")
    out, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("零" if zero and out else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        else:
            zero = True
    return out or "零"


def test_years_are_read_digit_by_digit():
    assert han_number("二〇二六") == 2026


@given(TEXT)
def test_markers_are_exactly_what_is_taken_away(text):
    assert len(without_markers(text)) == len(text) - sum(end - start for _, start, end in markers(text))


def test_shingles_are_pairs_of_characters_and_whole_words():
    assert shingles("退货 Policy 7天") == {"退货", "policy", "7", "天"}


@pytest.mark.parametrize(
    ("written", "in_digits"),
    [
        ("七天无理由", "7天无理由"),
        ("两千元", "2000元"),
        ("百分之五", "5%"),
        ("一个也没有", "一个也没有"),
        ("一年", "1年"),
        ("二十四", "24"),
        ("万一", "万一"),
    ],
)
def test_chinese_amounts_become_digits(written, in_digits):
    assert with_digits(written) == in_digits
