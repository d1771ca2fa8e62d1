import io
import zipfile
from datetime import date, datetime

import pytest
from docx import Document
from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Inches

from documents.excel import shown
from workbench.errors import DocumentError
from workbench.settings import Limits


def packed(entries: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in entries.items():
            container.writestr(name, data)
    return content.getvalue()


def saved(document) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def refusal(file, name: str, content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(DocumentError) as caught:
        file(name, content, limits)
    assert caught.value.text("zh") and name in caught.value.text("en")
    return caught.value.key


def test_what_cannot_be_read_is_refused_by_its_reason(file):
    assert refusal(file, "a.txt", b"") == "documents:empty"
    assert refusal(file, "a.txt", b" \n") == "documents:no_text"
    assert refusal(file, "a.txt", b"x" * (2**20 + 1), Limits(megabytes=1)) == "documents:too_large"
    assert refusal(file, "a.docx", b"not a zip") == "documents:mislabelled"
    assert refusal(file, "a.docx", saved(Document())[:-300]) == "documents:damaged"
    assert refusal(file, "a.zip", packed({"b.txt": b"x"})) == "documents:archive"
    assert refusal(file, "a.docx", packed({"word/document.xml": b"0" * 20 * 2**20})) == "documents:bomb"
    assert refusal(file, "a.docx", packed({"word/document.xml": b"<broken"})) == "documents:damaged"
    assert refusal(file, "a.exe", b"MZ") == "documents:unsupported"


def test_entities_are_not_expanded(file):
    laughs = (
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        b"<w:t>Words &b; &c;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert file("a.docx", packed({"word/document.xml": laughs})).text == "Words"


def test_content_decides_over_the_name(file):
    document = Document()
    document.add_paragraph("In Word")
    assert file("a.pdf", saved(document)).media_type.endswith("wordprocessingml.document")


def test_a_sheet_is_a_heading_and_a_table_for_each_block(file):
    book = Workbook()
    sheet = book.active
    sheet.title = "价目"
    for line in (
        ["2026 年价目表"],
        ["品名", "价格", None, "折扣"],
        ["苹果", 3.0, None, 0.125],
        [],
        ["城市", "电话"],
        ["上海", "021"],
        ["北京", "010"],
    ):
        sheet.append(line)
    sheet["D3"].number_format = "0.0%"
    document = file("a.xlsx", saved(book))
    assert document.text == (
        "价目\n\n2026 年价目表\n\n| 品名 | 价格 | 折扣 |\n| --- | --- | --- |\n| 苹果 | 3 | 12.5% |\n\n"
        "| 城市 | 电话 |\n| --- | --- |\n| 上海 | 021 |\n| 北京 | 010 |"
    )


def test_an_empty_row_below_the_header_does_not_part_it_from_its_rows(file):
    book = Workbook()
    for line in (["Item", "Price"], [], ["Apple", 2], ["Pear", 3]):
        book.active.append(line)
    assert file("a.xlsx", saved(book)).text.endswith("| Item | Price |\n| --- | --- |\n| Apple | 2 |\n| Pear | 3 |")


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (None, "", ""), (True, "", "TRUE"), (2.0, "", "2"), (0.1 + 0.2, "", "0.3"), (0.5, "0%", "50%"),
        (1234567.5, "", "1234567.5"),
        (datetime(2026, 1, 2), "", "2026-01-02"), (datetime(2026, 1, 2, 3, 4), "", "2026-01-02 03:04:00"),
        (date(2026, 1, 2), "", "2026-01-02"),
    ],
)  # fmt: skip
def test_cells_show_as_people_write(value, form, words):
    assert shown(value, form) == words


def test_slides_are_pages_with_groups_tables_charts_and_notes(file):
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Plan"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "In a group"
    data = CategoryChartData()
    data.categories = ["Q1", "Q2"]
    data.add_series("Sales", (1, 2.5))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Inches(3), Inches(3), data)
    slide.notes_slide.notes_text_frame.text = "Say it slowly"
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "End"
    document = file("a.pptx", saved(deck))
    assert "In a group" in document.text
    assert "|  | Sales |\n| --- | --- |\n| Q1 | 1 |\n| Q2 | 2.5 |" in document.text
    assert document.page_at(document.text.index("Say it slowly")) == 1
    assert document.page_at(document.text.index("End")) == 2
