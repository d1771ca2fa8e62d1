"""A voice is learned from copy, and copy is scored against it with reasons."""

from hypothesis import given
from hypothesis import strategies as st

from scenarios.marketing.voice.models import Voice, VoiceRequest
from scenarios.marketing.voice.profile import learn, likeness
from scenarios.marketing.voice.traits import traits

CALM = [
    "清晨的光落在桌上，水刚好烧开。",
    "一只杯子，用了很多年，还是顺手。",
    "木头有自己的纹路，我们只是把它磨平。",
    "雨停了，把窗打开，屋里有青草的味道。",
    "慢慢做饭，慢慢吃，今天不赶时间。",
    "布洗过几次，更软了一点。",
]


def voice(**more: object) -> Voice:
    return learn(VoiceRequest.model_validate({"name": "慢", "copies": CALM, **more}), CALM)


def test_a_text_in_the_voice_scores_high_and_a_loud_one_low_with_reasons() -> None:
    known = voice()
    near = likeness(known, "灯关了一半，茶还温着，书翻到了最后几页。", "zh")
    far = likeness(known, "家人们冲鸭！！！限时3折！买2送1！！！真的绝了🔥🔥你还在等什么？？", "zh")
    assert near.score >= 85 > 60 > far.score
    assert any("感叹号" in reason for reason in far.reasons) and near.score > far.score


def test_a_banned_word_costs_and_is_named() -> None:
    known = voice(banned=["奢华"])
    plain, banned = (likeness(known, f"一把{word}椅子，坐着看雨，很安静。", "zh") for word in ("普通", "奢华"))
    assert banned.score == plain.score - 15
    assert any("奢华" in reason for reason in banned.reasons)


def test_favourites_are_words_that_recur_and_none_is_banned() -> None:
    pieces = ["慢慢吃饭。", "慢慢走路。", "慢慢说话。", "慢慢变老。"]
    assert "慢慢" in learn(VoiceRequest(name="慢"), pieces).favourites
    assert "慢慢" not in learn(VoiceRequest(name="慢", banned=["慢慢"]), pieces).favourites


def test_english_is_counted_in_words() -> None:
    assert traits("We bake bread. You eat it!")["sentence"] == 3


@given(st.text(max_size=60))
def test_any_text_has_a_score_between_0_and_100(copy: str) -> None:
    assert 0 <= likeness(voice(), copy, "zh").score <= 100
