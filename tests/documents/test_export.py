import json
import re
import zipfile
from datetime import UTC, datetime
from types import SimpleNamespace

import openpyxl
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from documents.export import DocumentExporter
from documents.export.excel import _sheet_name
from documents.export.markdown import escaped
from documents.export.paper import clean
from workbench.errors import DocumentError
from workbench.evidence import Citation
from workbench.findings import Finding, Where
from workbench.run import Run, Version
from workbench.scenario import Section

NOW = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
METADATA = {"Label": "1", "ContentProducer": '甲公司 "A" & <B>', "ProduceID": "r1-2"}
LABEL = SimpleNamespace(visible="本内容由人工智能生成", metadata=METADATA)
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


def write(run, path, sections=SECTIONS, one=None):
    exporter = DocumentExporter(lambda run, version: sections, lambda run, version: LABEL)
    return exporter.export(run, one or version(), path.suffix[1:], path)


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
    assert paragraphs[:2] == [LABEL.visible, "采购合同审查意见 🙂"]
    assert paragraphs.count("采购合同审查意见 🙂") == 1
    assert "换行后。" in paragraphs
    assert "[1] 民法典，第 12 页：“应当 遵循公平原则。”" in paragraphs
    assert "[2] 没有对应的来源" in paragraphs
    assert {"付款", "警告", "缺少违约金", "民法典第585条"} <= set(cells)
    assert Document(path).sections[0].header.paragraphs[0].text == LABEL.visible


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
    assert json.loads(entry[0].text) == METADATA


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
    assert [[cell.value for cell in row] for row in book["条款"].iter_rows(min_row=3)][1] == ["1", "付款"]
    assert json.loads(book.custom_doc_props["AIGC"].value) == METADATA
    assert (book.properties.title, book.properties.creator) == ("采购合同审查意见 🙂", "韩梅梅")


@pytest.mark.parametrize("start", "=+-@\t")
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
    assert "".join(sheet.cell(row, 1).value for row in range(3, sheet.max_row + 1)) == "长" * 70_000


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

    assert yaml.safe_load(front) == {"AIGC": METADATA}
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


@pytest.mark.parametrize("form", ["docx", "xlsx", "md"])
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


@pytest.mark.parametrize("form", ["docx", "xlsx", "md"])
def test_a_ragged_table_and_an_empty_document_are_written(run, tmp_path, form):
    write(
        run,
        tmp_path / f"a.{form}",
        (Section(table=(("a",), ("b", "c"))), Section()),
        version(citations=[], findings=[]),
    )
    write(run, tmp_path / f"b.{form}", (), version(citations=[], findings=[]))
    assert (tmp_path / f"b.{form}").exists()


@pytest.mark.parametrize("form", ["docx", "xlsx", "md"])
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
    from workbench.texts import text

    assert Document(tmp_path / "a.docx").core_properties.title == text("scenarios.support:title", "zh")
