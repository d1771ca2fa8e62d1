import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from documents.builder import Builder
from documents.encoding import decode
from documents.html import read_html
from workbench.errors import DocumentError


def parts(document) -> list[tuple[str, str]]:
    return [(block.kind, document.slice(block)) for block in document.blocks]


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("本合同由甲乙双方签订，自盖章之日起生效。", "utf-8"),
        ("本合同由甲乙双方签订，自盖章之日起生效。", "utf-8-sig"),
        ("本合同由甲乙双方签订，自盖章之日起生效。", "gb18030"),
        ("合同", "gbk"),
        ("本合約由甲乙雙方簽訂，自蓋章之日起生效。", "big5"),
        ("轻轻的我走了\n正如我轻轻的来 once more\n", "utf-16"),
        ("轻轻的我走了\n正如我轻轻的来 once more\n", "utf-16-le"),
        ("轻轻的我走了\n正如我轻轻的来 once more\n", "utf-16-be"),
        ("Grüße aus München – see “terms”", "cp1252"),
        ("plain", "ascii"),
    ],
)
def test_encodings_are_told_apart(words, encoding):
    assert decode(words.encode(encoding), "a.txt") == words


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(DocumentError):
        decode(bytes(range(256)) * 10, "a.txt")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\ufeff", exclude_categories=["Cc"])))
def test_utf_8_is_read_as_it_was_written(words):
    assert decode(words.encode(), "a.txt") == words


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=200))
@example("刣一")
def test_any_bytes_are_read_or_refused(words):
    for encoding in ("gb18030", "utf-16-le", "utf-8"):
        try:
            decode(words.encode(encoding)[:-1], "a.txt")
        except DocumentError as error:
            assert "a.txt" in error.text("en")


def test_html_keeps_the_visible_words_in_order(file):
    document = file(
        "a.html",
        "<html><head><title>x</title></head><nav>menu</nav><div>Loose <b>wo</b>rds<br>next</div><h2>Head</h2>"
        "<ul><li>one<ul><li>inner</li></ul></li></ul><script>evil()</script><form>in a form<input value=x></form>",
    )
    assert parts(document) == [
        ("paragraph", "Loose words\nnext"),
        ("heading", "Head"),
        ("list", "one"),
        ("list", "inner"),
        ("paragraph", "in a form"),
    ]


def test_html_tables_keep_rows_and_columns(file):
    document = file(
        "a.html",
        "<table><tr><th rowspan=2>Region</th><th colspan=2>Price</th></tr><tr><th>net</th><th>gross</th></tr>"
        "<tr><td>North</td><td>1</td><td>2</td></tr></table>",
    )
    assert document.text.splitlines()[-1] == "| North | 1 | 2 |"
    assert document.text.splitlines()[2] == "| Region | net | gross |"


def test_html_that_does_not_show_is_kept_apart(file):
    document = file(
        "a.html",
        '<p>Seen</p><p style="display:none">a</p><p style="color:#FFF">b</p><p style="font-size:1px">c</p>'
        '<div style="background:#000"><p style="color:#fff">On black</p></div>',
    )
    assert document.text == "Seen\n\nOn black"
    assert [(one.text, one.how) for one in document.hidden] == [("a", "marked"), ("b", "colour"), ("c", "size")]


def test_html_states_its_encoding(file):
    words = "<meta charset=windows-1256><p>السلام عليكم</p>"
    assert file("a.html", words.encode("cp1256")).text == "السلام عليكم"


@given(st.text(st.sampled_from("<>/ptdrbahiv =\"'&;x 一"), max_size=200))
def test_any_html_is_walked(markup):
    from contextlib import suppress

    from lxml.etree import LxmlError

    with suppress(LxmlError):
        read_html(markup, Builder())


def test_markdown_blocks(file):
    document = file(
        "a.md", "Title\n=====\n\nItem | Price\n--- | ---\nApple | 2\n\n1. one\n   more\n\n~~~\n# no head\n~~~\n"
    )
    assert parts(document) == [
        ("heading", "Title"),
        ("table", "Item | Price\n--- | ---\nApple | 2"),
        ("list", "1. one\n   more"),
        ("code", "~~~\n# no head\n~~~"),
    ]


def test_chapters_of_a_chinese_text_are_headings(file):
    document = file("a.txt", "员工手册\n\n第一章 总则\n为规范管理，制定本手册。\n一、适用范围\n全体员工。")
    assert [block.level for block in document.blocks] == [0, 1, 0, 2, 0]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_csv_is_a_table_whatever_separates_it(file, mark):
    document = file("a.csv", f"品名{mark}价格\n苹果{mark}3.50\n".encode("gbk"))
    assert document.text == "| 品名 | 价格 |\n| --- | --- |\n| 苹果 | 3.50 |"


def test_a_csv_that_is_none_is_refused(file):
    with pytest.raises(DocumentError):
        file("a.csv", '"' + "x" * 200_000)
