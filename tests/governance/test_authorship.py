import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.authorship import kept_share

DRAFT = "采购方应在收到发票后三十日内付款，逾期每日按未付金额的万分之五支付违约金。供应方应保证货物符合国家标准。"
ENGLISH = "The buyer shall pay within thirty days of receiving the invoice, and each day of delay costs a fee."


@given(st.text())
def test_a_share_is_between_none_and_all(text):
    assert 0 <= kept_share(DRAFT, text) <= 1
    assert 0 <= kept_share(text, DRAFT) <= 1


@pytest.mark.parametrize("draft", [DRAFT, ENGLISH])
def test_an_unchanged_text_is_wholly_the_drafts(draft):
    assert kept_share(draft, draft) == 1
    assert kept_share(draft, draft.upper().replace("，", " , ")) == 1


def test_moved_sentences_are_still_the_drafts():
    first, second, _ = DRAFT.split("。")
    assert kept_share(DRAFT, f"{second}。{first}。") == 1


def test_added_words_lower_the_share_by_their_part():
    added = "另行约定送货方式与包装规格以及验收地点由双方书面确认"
    expected = len([char for char in DRAFT if char not in "，。"])
    assert kept_share(DRAFT, DRAFT + added) == pytest.approx(expected / (expected + len(added)), abs=0.01)


def test_a_text_on_the_same_matter_in_other_words_is_not_the_drafts():
    other = "买家拿到票据满一个月之前须结清货款，晚付要赔偿；卖家交来的东西必须达到国标。"
    assert kept_share(DRAFT, other) < 0.05
    assert kept_share(ENGLISH, "Payment is due a month after billing; late payers are charged daily.") < 0.05


def test_short_texts_count_when_they_stand_in_the_draft():
    assert kept_share("好的，谢谢您的来信", "谢谢") == 1
    assert kept_share("好的", "不行") == 0
    assert kept_share("", "不行") == kept_share("好的", "。") == 0
