"""Word-by-word comparison and the merge of two edits."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.comparison import Piece, compare, merge, tokens

TEXT = st.text(alphabet="甲方乙应在内支付货款。，\n 7 30天ab.[1]", max_size=60)


def side(rows, name):
    return "".join(piece.text for row in rows for piece in getattr(row, name))


def changes(rows):
    return [piece for row in rows for piece in (*row.before, *row.after) if piece.kind != "same"]


def test_chinese_words_are_compared_as_words():
    rows = compare("甲方应在7天内支付货款。", "甲方应在30天内付清货款。")
    assert changes(rows) == [
        Piece("delete", "7"),
        Piece("delete", "支付"),
        Piece("insert", "30"),
        Piece("insert", "付清"),
    ]


def test_a_figure_is_one_word():
    assert changes(compare("共1,000.50元", "共1,200.50元")) == [
        Piece("delete", "1,000.50"),
        Piece("insert", "1,200.50"),
    ]


def test_an_inserted_paragraph_stands_alone():
    rows = compare("第一条\n第二条\n", "第一条\n新的一条\n第二条\n")
    assert [row.changed for row in rows] == [False, True, False]
    assert rows[1].before == ()


def test_equal_texts_have_no_changes():
    assert changes(compare("甲方\n乙方", "甲方\n乙方")) == []


@given(TEXT)
def test_tokens_joined_are_the_text(text):
    assert "".join(tokens(text)) == text


@given(TEXT, TEXT)
def test_the_sides_joined_are_the_texts(before, after):
    rows = compare(before, after)
    assert side(rows, "before") == before
    assert side(rows, "after") == after


def test_edits_of_different_places_are_both_kept():
    merged = merge(
        "甲方应在7天内支付。运费由乙方承担。",
        "甲方应在30天内支付。运费由乙方承担。",
        "甲方应在7天内支付。运费由甲方承担。",
    )
    assert merged.text == "甲方应在30天内支付。运费由甲方承担。"
    assert merged.conflicts == ()


def test_edits_of_the_same_words_are_both_kept_and_told():
    merged = merge("保修24个月。", "保修36个月。", "保修12个月。")
    assert merged.conflicts == (("36", "12"),)
    assert "36" in merged.text and "12" in merged.text


@given(TEXT, TEXT)
def test_an_edit_merged_with_none_is_the_edit(base, edited):
    assert merge(base, edited, base).text == edited
    assert merge(base, base, edited).text == edited
    assert merge(base, edited, edited).text == edited
    assert merge(base, edited, edited).conflicts == ()


def test_long_texts_are_compared_paragraph_by_paragraph():
    clause = "第{n}条 甲方应当在收到发票之日起7日内向乙方支付货款，逾期按日承担违约金。\n"
    before = "".join(clause.format(n=n) for n in range(2000))
    after = before.replace("第1500条 甲方", "第1500条 乙方")
    assert changes(compare(before, after)) == [Piece("delete", "甲方"), Piece("insert", "乙方")]
