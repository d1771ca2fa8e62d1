import io
import json
import re
import tempfile
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import openpyxl
import pypdfium2
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from PIL import Image

from documents.carriers import carrier
from documents.export import DocumentExporter
from documents.export.excel import _sheet_name, put
from documents.export.markdown import escaped
from documents.export.paper import clean, shown
from governance.seal import Seals
from workbench.errors import DocumentError, NotFoundError, RequestError
from workbench.evidence import Citation
from workbench.findings import Finding, Where
from workbench.run import Run, Version
from workbench.scenario import Extra, Formula, Picture, Section
from workbench.services import ExportFormat
from workbench.texts import text

NOW = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
METADATA = {"Label": "1", "ContentProducer": '甲公司 "A" & <B>', "ProduceID": "r1-2"}
LABEL = SimpleNamespace(visible="本内容由人工智能生成", metadata=METADATA, kept=1.0, quotes=False)
FORMS = get_args(ExportFormat)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SECTIONS = (
    Section("采购合同审查意见 🙂", ("第一段。[1]", "第二段\n换行后。")),
    Section("条款", table=(("编号", "条款"), ("1", "付款"), ("2", "=1+1"))),
)


@pytest.fixture
def run():
    return Run(run_id="r1", scenario="support", task="reply", lang="zh", author="李雷", created_at=NOW)


def version(**values):
    cited = Citation(
        marker="[1]",
        knowledge_base="k",
        document_id="d",
        title="民法典",
        page=12,
        quote="应当\n遵循公平原则。",
        verified=True,
    )
    unknown = Citation(marker="[2]", knowledge_base="", document_id="", title="", quote="")
    finding = Finding(
        rule="r",
        severity="warning",
        message="缺少违约金",
        where=Where(quote="甲方"),
        basis="民法典第585条",
        suggestion="补充",
    )
    filled = {"number": 2, "text": "", "deliverable": {}, "citations": [cited, unknown], "findings": [finding]}
    return Version(**filled | {"created_at": NOW, "author": "韩梅梅"} | values)


def exporter(folder, sections=SECTIONS, known=None, **values):
    def version_of(run_id, number):
        if known is None or (run_id, number) != ("r1", known.number):
            raise NotFoundError("workbench:run.no_version", run_id=run_id, version=number)
        return known

    return DocumentExporter(
        lambda run, version: sections,
        lambda run, version: LABEL,
        Seals(folder.parent / "labels.key"),
        lambda run, version: None,
        version_of,
        "星河公司",
        **values,
    )


def write(run, path, sections=SECTIONS, one=None, final=False, **values):
    return exporter(path.parent, sections, **values).export(run, one or version(), path.suffix[1:], path, final=final)


def without_seal(fields):
    return {name: value for name, value in fields.items() if name != "ReservedCode1"}


def words_of(path):
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs], cells


def test_the_visible_label_is_returned(run, tmp_path):
    assert write(run, tmp_path / "合同 审查.docx") == LABEL.visible


def test_word_holds_title_label_paragraphs_table_sources_and_findings(run, tmp_path):
    path = tmp_path / "合同 审查.docx"
    write(run, path)
    paragraphs, cells = words_of(path)
    assert paragraphs[:3] == [
        "采购合同审查意见 🙂",
        f"{text('scenarios.support:title', 'zh')} · 韩梅梅 · 2026-03-01 · 第 2 版 · 草稿",
        LABEL.visible,
    ]
    assert paragraphs.count("采购合同审查意见 🙂") == 1
    assert "换行后。" in paragraphs
    assert "[1] 民法典，第 12 页：“应当 遵循公平原则。”" in paragraphs
    assert "[2] 没有对应的来源" in paragraphs
    assert {"付款", "警告", "缺少违约金", "民法典第585条"} <= set(cells)
    page = Document(path).sections[0]
    assert page.header.paragraphs[0].text == "星河公司\t草稿"
    assert page.footer.paragraphs[0].text.startswith(LABEL.visible)
    fields = [node.text for node in page.footer._element.iter(f"{W}instrText")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_word_names_title_and_author(run, tmp_path):
    write(run, tmp_path / "a.docx")
    properties = Document(tmp_path / "a.docx").core_properties
    assert (properties.title, properties.author, properties.comments) == ("采购合同审查意见 🙂", "韩梅梅", "")


def test_word_carries_the_metadata_as_a_custom_property(run, tmp_path):
    write(run, tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        types, relations = archive.read("[Content_Types].xml").decode(), archive.read("_rels/.rels").decode()
        root = etree.fromstring(archive.read("docProps/custom.xml"))
    assert (
        'PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-prop'
        in types
    )
    assert "relationships/custom-properties" in relations
    [entry] = root
    assert (entry.get("name"), entry.get("pid")) == ("AIGC", "2")
    assert without_seal(json.loads(entry[0].text)) == METADATA


def test_word_uses_a_chinese_font_and_repeats_table_headers(run, tmp_path):
    write(run, tmp_path / "a.docx")
    document = Document(tmp_path / "a.docx")
    for style in ("Normal", "Title", "Heading 1"):
        fonts = document.styles[style].element.rPr.rFonts
        assert fonts.get(f"{W}eastAsia") == "微软雅黑"
        assert not any("Theme" in name for name in fonts.attrib)
    for table in document.tables:
        repeats = [row._tr.trPr.find(f"{W}tblHeader") is not None for row in table.rows]
        assert repeats == [True] + [False] * (len(repeats) - 1)


def test_excel_has_a_sheet_for_each_section_with_the_label(run, tmp_path):
    write(run, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["采购合同审查意见 🙂", "条款", "检查结果", "引用来源"]
    assert {sheet["A1"].value for sheet in book} == {LABEL.visible}
    assert next(book["条款"].iter_rows(min_row=5, values_only=True)) == ("1", "付款")
    assert without_seal(json.loads(book.custom_doc_props["AIGC"].value)) == METADATA
    assert (book.properties.title, book.properties.creator) == ("采购合同审查意见 🙂", "韩梅梅")


@pytest.mark.parametrize("start", [*"=+-@\t|%＝", " ="])
def test_excel_never_makes_a_formula_of_a_text(run, tmp_path, start):
    bad = f"{start}HYPERLINK(1)"
    write(run, tmp_path / "a.xlsx", (Section("s", (bad,), (("h", bad), (bad, "x"))),))
    cells = [c for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["s"].iter_rows() for c in row if c.value == bad]
    assert len(cells) == 3
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_excel_keeps_a_paragraph_that_is_longer_than_a_cell(run, tmp_path):
    write(run, tmp_path / "a.xlsx", (Section("s", ("长" * 70_000,)),))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["s"]
    assert "".join(sheet.cell(row, 1).value for row in range(4, sheet.max_row + 1)) == "长" * 70_000


@given(st.text(max_size=40), st.sampled_from(["=", "+", "-", "@", "\t", "\r", " =", ""]))
def test_excel_cells_hold_the_text_and_nothing_that_acts(words, start):
    cell = openpyxl.Workbook().active["A1"]
    put(cell, start + words)
    assert cell.data_type == "s"
    assert cell.value == clean(start + words)
    assert cell.quotePrefix or not (start + words).lstrip(" ").startswith(tuple("=+-@\t\r"))


def test_excel_keeps_types_formats_and_the_header_in_sight(run, tmp_path):
    table = (
        ("项", "数", "金额", "占比", "日", "时"),
        ("a", 12345, Decimal("12.5"), 0.125, date(2026, 3, 1), NOW),
        ("b", 2.5, 3, float("nan"), None, None),
    )
    write(run, tmp_path / "a.xlsx", (Section("s", table=table, kinds=("", "", "money", "percent")),))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["s"]
    cells = sheet[5]
    assert [cell.value for cell in cells][1:5] == [12345, 12.5, 0.125, datetime(2026, 3, 1)]
    assert [cell.number_format for cell in cells][1:5] == ["#,##0", "#,##0.00", "0.0%", "yyyy-mm-dd"]
    assert sheet["F5"].value == NOW.replace(tzinfo=None)
    assert sheet["D6"].value == "nan"
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A5", "A4:F6", "$4:$4")
    assert all(6 < dimension.width <= 60 for dimension in sheet.column_dimensions.values())


@pytest.mark.parametrize(
    ("cell", "kind", "words"),
    [
        (0.125, "percent", "12.5%"),
        (Decimal("1234.5"), "money", "1,234.50"),
        (1234567, "", "1,234,567"),
        (2.50, "", "2.5"),
        (1000.0, "", "1,000"),
        (date(2026, 3, 1), "", "2026-03-01"),
        (None, "money", ""),
        ("=1", "money", "=1"),
    ],
)
def test_cells_are_shown_as_a_spreadsheet_shows_them(cell, kind, words):
    assert shown(cell, kind) == words


@given(st.lists(st.text(max_size=60), max_size=8))
def test_sheet_names_are_valid_and_unique(headings):
    taken = {"history"}
    names = [_sheet_name(clean(heading), taken) for heading in headings]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) <= 62
        assert not re.search(r"[\[\]:*?/\\]", name)


def test_markdown_begins_with_metadata_and_label(run, tmp_path):
    write(run, tmp_path / "a.md")
    content = (tmp_path / "a.md").read_text("utf-8")
    assert content.startswith('---\nAIGC:\n  Label: "1"\n')
    _, front, body = content.split("---\n", 2)
    import yaml

    assert without_seal(yaml.safe_load(front)["AIGC"]) == METADATA
    assert body.strip().startswith(f"> {LABEL.visible}\n\n# 采购合同审查意见 🙂\n")
    html = MarkdownIt("commonmark").enable("table").render(body)
    assert "<td>付款</td>" in html
    assert "[1] 民法典，第 12 页" in html


ATTACKS = (
    "<script>alert(1)</script>",
    "![](http://evil/x.png)",
    "[click](javascript:alert(1))",
    "[a]: http://evil",
    "<http://evil>",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "    code",
    "`code`",
    "***",
    "---",
    "| a | b |",
    "&lt;b&gt;",
    "\\<b>",
    "- \\",
)


def rendered(line):
    tokens = MarkdownIt("commonmark").enable("table").parse(escaped(line))
    return [token.type for token in tokens], [child.type for t in tokens for child in t.children or ()], tokens


@pytest.mark.parametrize("attack", ATTACKS)
def test_markdown_shows_a_text_as_itself(attack):
    kinds, inline, tokens = rendered(attack)
    assert kinds == ["paragraph_open", "inline", "paragraph_close"]
    assert set(inline) <= {"text", "text_special"}
    assert "".join(child.content for child in tokens[1].children) == attack.strip()


@given(st.text(min_size=1).map(lambda line: " ".join(clean(line).split())).filter(bool))
def test_markdown_shows_any_text_as_itself(line):
    kinds, inline, tokens = rendered(line)
    assert kinds == ["paragraph_open", "inline", "paragraph_close"]
    assert set(inline) <= {"text", "text_special"}
    assert "".join(child.content for child in tokens[1].children) == line


def test_markdown_addresses_do_not_become_links_by_themselves():
    assert escaped("https://evil www.evil.com a@evil.com") == r"https\://evil www\.evil.com a\@evil.com"


@pytest.mark.parametrize("form", FORMS)
def test_control_characters_long_texts_and_long_tables_are_written(run, tmp_path, form):
    rows = (("a", "b\x00\x0b"), *((str(number), "很长的文字" * 20) for number in range(500)))
    section = Section("\x01标题\ud83d\uffff", ("x" * 200_000, "\x1f控制\x08字符"), rows)
    path = tmp_path / f"很长的文件名 🙂.{form}"
    write(run, path, (section,))
    assert path.stat().st_size > 1000
    if form == "docx":
        paragraphs, cells = words_of(path)
        assert "控制字符" in paragraphs
        assert cells.count("很长的文字" * 20) == 500
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("form", FORMS)
def test_a_ragged_table_and_an_empty_document_are_written(run, tmp_path, form):
    write(
        run,
        tmp_path / f"a.{form}",
        (Section(table=(("a",), ("b", "c"))), Section()),
        version(citations=[], findings=[]),
    )
    write(run, tmp_path / f"b.{form}", (), version(citations=[], findings=[]))
    assert (tmp_path / f"b.{form}").exists()


@pytest.mark.parametrize("form", FORMS)
def test_a_place_that_cannot_be_written_is_one_sentence(run, tmp_path, form):
    with pytest.raises(DocumentError, match="cannot be written: No such file or directory"):
        write(run, tmp_path / "none" / f"a.{form}")
    (tmp_path / f"taken.{form}").mkdir()
    with pytest.raises(DocumentError, match="cannot be written"):
        write(run, tmp_path / f"taken.{form}")
    assert [one.name for one in tmp_path.iterdir()] == [f"taken.{form}"]


def test_a_failed_export_leaves_the_old_file(run, tmp_path):
    path = tmp_path / "a.md"
    path.write_text("old")
    with pytest.raises(AttributeError):
        write(run, path, (SimpleNamespace(heading="x"),))
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]


def test_the_title_is_the_scenario_when_no_section_has_a_heading(run, tmp_path):
    write(run, tmp_path / "a.docx", (Section(paragraphs=("x",)),))
    assert Document(tmp_path / "a.docx").core_properties.title == text("scenarios.support:title", "zh")


def test_word_lists_count_from_one_each_and_are_real_lists(run, tmp_path):
    sections = (
        Section("a", items=("一", "二")),
        Section("b", items=("甲",)),
        Section("c", items=("x",), ordered=False),
    )
    write(run, tmp_path / "a.docx", sections)
    document = Document(tmp_path / "a.docx")
    listed = [p for p in document.paragraphs if p.style.name.startswith("List")]
    assert [p.style.name for p in listed] == ["List Number", "List Number", "List Number", "List Bullet"]
    numbers = [p._p.pPr.numPr.numId.val for p in listed]
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 3
    assert [p.style.name for p in document.paragraphs if p.text == "b"] == ["Heading 1"]


def test_a_draft_shows_its_findings_and_a_final_text_does_not(run, tmp_path):
    write(run, tmp_path / "draft.md")
    write(run, tmp_path / "final.md", final=True)
    draft, final = ((tmp_path / name).read_text("utf-8") for name in ("draft.md", "final.md"))
    assert "草稿" in draft
    assert "缺少违约金" in draft
    assert "定稿" in final
    assert "草稿" not in final
    assert "缺少违约金" not in final
    assert "民法典" in final


@pytest.mark.parametrize("form", FORMS)
def test_a_draft_says_that_it_is_one_in_every_format(run, tmp_path, form):
    path = tmp_path / f"a.{form}"
    write(run, path)
    assert "草稿" in "\n".join(carrier(form).content(path).texts)


def test_what_may_not_be_final_is_refused_before_anything_is_written(run, tmp_path):
    def refuse(run, version):
        raise RequestError("workbench:approval.missing", version=2)

    held = exporter(tmp_path)
    held = replace(held, require_final=refuse)
    with pytest.raises(RequestError, match="not approved"):
        held.export(run, version(), "docx", tmp_path / "a.docx", final=True)
    assert not list(tmp_path.iterdir())
    assert "not approved" in str(held.obstacle(run, version()))
    held.export(run, version(), "docx", tmp_path / "a.docx")


def test_plain_text_is_for_pasting_and_ends_with_the_label(run, tmp_path):
    one = version(findings=[], citations=[])
    section = Section("回复", ("您好。[1]", "三天内退款。[2]"))
    write(run, tmp_path / "a.txt", (section,), one)
    first, _, last = (tmp_path / "a.txt").read_text("utf-8").strip().rpartition("\n")
    assert first.strip() == "您好。\n三天内退款。\n\n（本内容由人工智能生成；草稿）"
    assert without_seal(json.loads(last.removeprefix("AIGC:"))) == METADATA
    exporter(tmp_path, (section,)).export(run, one, "txt", tmp_path / "b.txt", markers=True)
    assert "您好。[1]" in (tmp_path / "b.txt").read_text("utf-8")


def test_pdf_holds_its_text_with_page_numbers(run, tmp_path):
    rows = (("编号", "说明"), *((number, "很长的说明" * 30) for number in range(60)))
    write(run, tmp_path / "a.pdf", (Section("标题", ("第一段 & <b>。",), rows, ("甲", "乙")),))
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in document]
    assert len(pages) > 2
    assert "第一段 & <b>。" in pages[0]
    assert LABEL.visible in pages[-1]
    assert all("编号" in page for page in pages[1:3])


def png(width=80, height=40):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, "PNG")
    return out.getvalue()


def test_a_spreadsheet_reckons_and_the_other_formats_show_what_it_comes_to(run, tmp_path):
    table = (
        ("项目", "单价", "合计"),
        ("甲", 2, Formula("=B{row}*3", 6)),
        ("总计", None, Formula("=SUM(C{first}:C2)", 6.5)),
    )
    sections = (Section("价格", ("说明",), table, kinds=("", "", "money")),)
    write(run, tmp_path / "a.xlsx", sections)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["价格"]
    assert sheet["C6"].value == "=B6*3" and sheet["C7"].value == "=SUM(C6:C2)"
    assert sheet["C6"].number_format == "#,##0.00"
    shown = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["价格"]
    assert (shown["C6"].value, shown["C7"].value) == (6, 6.5), "programs that only read see the values"
    write(run, tmp_path / "a.md", sections)
    assert r"| 总计 |  | 6\.50 |" in (tmp_path / "a.md").read_text("utf-8")
    assert exporter(tmp_path).verify(tmp_path / "a.xlsx").outcome != "altered"


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_leaves_in_every_format(run, tmp_path, form):
    sections = (
        Section("图", picture=Picture(png(), "蓝色的图")),
        Section("长图", picture=Picture(png(40, 4000), "高")),
    )
    path = tmp_path / f"a.{form}"
    write(run, path, sections)
    match form:
        case "docx":
            shapes = Document(path).inline_shapes
            assert len(shapes) == 2 and round(shapes[0].width.cm, 1) <= 16 and shapes[1].height.cm <= 21
            assert shapes[0]._inline.docPr.get("descr") == "蓝色的图"
        case "xlsx":
            assert len(openpyxl.load_workbook(path)["图"]._images) == 1
        case "pdf":
            assert any(one.type == 3 for page in pypdfium2.PdfDocument(path) for one in page.get_objects())
        case _:
            assert "蓝色的图" in path.read_text("utf-8")


@pytest.mark.parametrize("name", ["wave.png", "deck.docx", "plan.ics"])
def test_a_further_file_carries_the_label_where_its_kind_can(run, tmp_path, name):
    content = png(400, 300) if name.endswith("png") else b"BEGIN:VCALENDAR"
    if name.endswith("docx"):
        Document().save(out := io.BytesIO())
        content = out.getvalue()
    path = tmp_path / name
    exporter(tmp_path).write_extra(run, version(), Extra(name, "文件", lambda: content), path)
    if name.endswith("ics"):
        assert path.read_bytes() == content
    else:
        assert without_seal(carrier(path.suffix[1:]).fields(path)) == METADATA


def test_a_further_file_that_may_not_be_final_is_not_written(run, tmp_path):
    def refuse(run, version):
        raise RequestError("workbench:approval.missing", version=version.number)

    made = replace(exporter(tmp_path), require_final=refuse)
    with pytest.raises(RequestError):
        made.write_extra(run, version(), Extra("a.ics", "", lambda: b"x"), tmp_path / "a.ics", final=True)
    assert not (tmp_path / "a.ics").exists()


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200), st.text(max_size=30))
def test_any_text_can_leave_in_every_format(words, heading):
    run = Run(run_id="r1", scenario="support", task="reply", lang="zh", author=heading, created_at=NOW)
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMS:
            path = Path(folder) / f"a.{form}"
            write(run, path, (Section(heading, (words,), (("h", words),), (words,)),))
            assert exporter(path.parent).verify(path).outcome == "intact"
