import pytest

from documents.numbering import chinese, numeral, roman


def p(words: str = "", properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(words, run)}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def cell(words: str, properties: str = "", run: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(words, run=run)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def test_tracked_insertions_are_read_and_deletions_are_not(word):
    body = f"<w:p>{r('Pay in ')}<w:ins>{r('30')}</w:ins><w:del><w:r><w:delText>60</w:delText></w:r></w:del></w:p>"
    assert word(body).text == "Pay in 30"


def test_moved_text_stands_only_where_it_went(word):
    body = f"<w:p><w:moveFrom>{r('clause')}</w:moveFrom>{r('first')}</w:p><w:p><w:moveTo>{r('clause')}</w:moveTo></w:p>"
    assert word(body).text == "first\n\nclause"


def test_a_deleted_paragraph_end_joins_two_paragraphs(word):
    body = (
        p("The buyer ", "<w:rPr><w:del/></w:rPr>")
        + p("pays.")
        + table(row(cell("a"), cell("b"), properties="<w:del/>"))
    )
    assert word(body).text == "The buyer pays."


def test_comments_are_kept_apart_with_the_words_they_are_about(word):
    body = f'<w:p>{r("Term: ")}<w:commentRangeStart w:id="3"/>{r("two years")}<w:commentRangeEnd w:id="3"/></w:p>'
    document = word(body, comments=f'<w:comment w:id="3" w:author="Li">{p("Too long")}</w:comment>')
    (comment,) = document.comments
    assert (comment.author, comment.text, comment.quote) == ("Li", "Too long", "two years")
    assert "Too long" not in document.text


@pytest.mark.parametrize(
    ("properties", "how"),
    [("<w:vanish/>", "marked"), ('<w:color w:val="FFFFFF"/>', "colour"), ('<w:sz w:val="2"/>', "size")],
)
def test_words_that_do_not_show_are_kept_apart(word, properties, how):
    document = word(p("Plain words") + p("Ten years of Kubernetes", run=properties))
    assert document.text == "Plain words"
    assert [(one.text, one.how) for one in document.hidden] == [("Ten years of Kubernetes", how)]
    assert document.notes == ("documents:note.hidden",)


def test_a_style_can_hide_and_a_run_can_show_again(word):
    styles = '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p("out", run='<w:rStyle w:val="Gone"/>') + p("in", run='<w:rStyle w:val="Gone"/><w:vanish w:val="0"/>')
    assert word(body, styles=styles).text == "in"


@pytest.mark.parametrize(
    "body",
    [
        table(row(cell("Item", '<w:shd w:fill="1F4E79"/>', '<w:color w:val="FFFFFF"/>'), cell("Price"))),
        p("Title", '<w:shd w:fill="000000"/>', '<w:color w:val="FFFFFF"/>'),
        p("Marked", run='<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>'),
        p("Small print", run='<w:sz w:val="12"/>'),
    ],
    ids=["shaded cell", "shaded paragraph", "highlighted", "six points"],
)
def test_white_on_dark_and_small_print_are_seen(word, body):
    assert not word(body).hidden


def test_white_words_in_a_table_style_with_a_dark_header_are_seen(word):
    styles = (
        '<w:style w:type="table" w:styleId="Dark"><w:tblStylePr w:type="firstRow">'
        '<w:tcPr><w:shd w:fill="222222"/></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )
    body = table(
        row(cell("Item", run='<w:color w:val="FFFFFF"/>'), cell("Price")), properties='<w:tblStyle w:val="Dark"/>'
    )
    assert "Item" in word(body, styles=styles).text


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:lvlText w:val="第%1条"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def listed(words: str, level: int = 0, number: int = 1) -> str:
    return p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_numbers_are_those_that_word_shows(word):
    body = (
        listed("标的") + listed("价款") + listed("含税", 1) + listed("不含税", 1) + listed("期限") + listed("起算", 1)
    )
    body += listed("point", number=2) + listed("again", number=3)
    assert word(body, numbering=NUMBERING).text.split("\n\n") == [
        "第一条 标的", "第二条 价款", "2.1 含税", "2.2 不含税", "第三条 期限", "3.1 起算", "point", "第一条 again",
    ]  # fmt: skip


def test_a_heading_takes_level_and_number_from_its_style(word):
    styles = (
        '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="My"/><w:basedOn w:val="a1"/></w:style>'
    )
    document = word(p("总则", '<w:pStyle w:val="own"/>') + p("正文"), styles=styles, numbering=NUMBERING)
    assert [(block.kind, block.level, document.slice(block)) for block in document.blocks] == [
        ("heading", 1, "第一条 总则"),
        ("paragraph", 0, "正文"),
    ]


def test_a_table_is_markdown_and_a_merged_cell_is_said_in_each_row(word):
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row(cell("Region"), cell("Product"), cell("Price | net")),
        row(cell("North", start), cell("A"), cell("1")),
        row(cell("", on), cell("B"), cell("2")),
    )
    assert word(body).text.splitlines() == [
        "| Region | Product | Price \\| net |",
        "| --- | --- | --- |",
        "| North | A | 1 |",
        "| North | B | 2 |",
    ]


def test_a_frame_of_one_column_is_no_table(word):
    assert word(table(row(cell("A clause")), row(cell("Another")))).text == "A clause\n\nAnother"


def test_a_footnote_follows_its_paragraph_and_a_text_box_too(word):
    box = f"<w:r><w:pict><w:txbxContent>{p('In a box')}</w:txbxContent></w:pict></w:r>"
    body = f'<w:p>{r("Rent is due")}<w:r><w:footnoteReference w:id="2"/></w:r>{box}</w:p>' + p("Next")
    document = word(body, footnotes=f'<w:footnote w:id="2">{p("in advance")}</w:footnote>')
    assert document.text == "Rent is due\n\nIn a box\n\n[1] in advance\n\nNext"


def test_a_strict_file_is_read_like_any_other(file, tmp_path):
    from tests.documents.conftest import write_word

    path = write_word(tmp_path / "strict.docx", p("Strict words"))
    content = path.read_bytes()
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(
                name,
                old.read(name).replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                ),
            )
    assert file("strict2.docx", packed.getvalue()).text == "Strict words"


@pytest.mark.parametrize(
    ("count", "form", "shown"),
    [
        (105, "chineseCounting", "一百零五"), (10, "chineseCounting", "十"), (20, "japaneseCounting", "二十"),
        (1010, "chineseCountingThousand", "一千零一十"), (3, "upperRoman", "III"), (28, "lowerLetter", "bb"),
        (2, "decimalEnclosedCircle", "②"), (3, "ideographTraditional", "丙"), (7, "decimalZero", "07"),
        (5, "unknown", "5"),
        (22, "ordinal", "22nd"), (11, "chineseLegalSimplified", "拾壹"),
    ],
)  # fmt: skip
def test_number_formats(count, form, shown):
    assert numeral(count, form) == shown


def test_numerals_never_repeat():
    assert len({chinese(count) for count in range(1, 5000)}) == 4999
    assert len({roman(count) for count in range(1, 3000)}) == 2999


def test_a_file_with_tracked_changes_is_also_read_as_it_was_before_them(word):
    body = (
        f'<w:p>{r("Pay in ")}<w:ins w:author="Li" w:date="2026-01-02T03:04:05Z">{r("30")}</w:ins>'
        '<w:del w:author="Li"><w:r><w:delText>60</w:delText></w:r></w:del></w:p>'
        + p("The buyer ", "<w:rPr><w:ins/></w:rPr>")
        + p("pays.")
        + table(row(cell("new"), cell("row"), properties="<w:ins/>"), row(cell("a"), cell("b")))
    )
    document = word(body)
    assert document.original == "Pay in 60\n\nThe buyer pays.\n\n| a | b |\n| --- | --- |"
    assert document.text.startswith("Pay in 30\n\nThe buyer\n\npays.")
    first, second = document.revisions
    assert (first.kind, first.author, first.at, first.text) == ("insert", "Li", "2026-01-02T03:04:05Z", "30")
    assert (second.kind, second.text) == ("delete", "60")


def test_a_file_without_tracked_changes_has_no_other_text(word):
    assert word(p("Plain words")).original is None
