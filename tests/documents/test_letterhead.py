import docx
import pytest
from docx.shared import Pt

from documents.export.letterhead import FIELDS, built_in, filled, opened
from tests.documents.test_export import exporter, version
from tests.documents.test_export import run as run  # the fixture
from workbench.errors import ConfigError
from workbench.texts import LANGS


def template(path, *paragraphs):
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    document.save(path)
    return path


@pytest.mark.parametrize("lang", LANGS)
def test_the_built_in_letterhead_is_a_usable_template(tmp_path, lang):
    built_in(lang).save(tmp_path / "a.docx")
    opened(tmp_path / "a.docx")


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        (("{{content}}",), "lacks the field {{label}}"),
        (("{{label}}",), "lacks the field {{content}}"),
        (("{{label}}", "{{content}}", "{{titel}}"), "unknown field {{titel}}"),
        (("{{label}}", "{{content}}", "{{}}"), "unknown field {{}}"),
        (("{{label}}", "Text: {{content}}"), "must stand once"),
        (("{{label}}", "{{content}}", "{{content}}"), "must stand once"),
        (("{{label}}", "{{content}}", "{{ title }"), "do not pair"),
    ],
)
def test_a_template_with_a_wrong_field_is_one_sentence(tmp_path, paragraphs, told):
    path = template(tmp_path / "t.docx", *paragraphs)
    with pytest.raises(ConfigError) as error:
        opened(path)
    assert told in error.value.text("en")
    assert str(path) in error.value.text("zh")


def test_content_in_a_table_or_header_is_refused(tmp_path):
    document = docx.Document()
    document.add_paragraph("{{label}}")
    document.add_table(1, 1).cell(0, 0).text = "{{content}}"
    document.save(tmp_path / "t.docx")
    with pytest.raises(ConfigError, match="must stand once"):
        opened(tmp_path / "t.docx")


def test_a_template_that_is_none_is_one_sentence(tmp_path):
    with pytest.raises(ConfigError, match="cannot be opened"):
        opened(tmp_path / "none.docx")
    (tmp_path / "t.docx").write_text("x")
    with pytest.raises(ConfigError, match="no valid"):
        opened(tmp_path / "t.docx")


def test_a_field_that_word_cut_into_pieces_is_filled_in_its_own_looks():
    document = docx.Document()
    paragraph = document.add_paragraph("致 ")
    for piece in ("{{", "ti", "tle}", "}，"):
        paragraph.add_run(piece)
    paragraph.runs[1].font.size = Pt(20)
    filled(document, {"title": "标题"})
    assert paragraph.text == "致 标题，"
    assert [run.text for run in paragraph.runs if run.font.size == Pt(20)] == ["标题"]


def test_an_empty_value_leaves_no_separator():
    document = docx.Document()
    for words in ("{{author}} · {{date}}", "{{date}} · {{author}}", "{{author}}"):
        document.add_paragraph(words)
    filled(document, {"author": "", "date": "2026-03-01"})
    assert [paragraph.text for paragraph in document.paragraphs] == ["2026-03-01", "2026-03-01", ""]


def test_values_are_words_and_never_fields():
    document = docx.Document()
    document.add_paragraph("{{title}} {{author}}")
    filled(document, {"title": "{{author}}", "author": "{{title}}"})
    assert document.paragraphs[0].text == "{{author}} {{title}}"


def test_a_companys_template_keeps_its_own_looks_and_gets_the_content_in_place(run, tmp_path):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "银杏公司 {{date}}"
    cover = document.add_table(1, 1).cell(0, 0)
    cover.text = "{{title}} / {{version}} / {{status}}"
    document.add_paragraph("{{label}}")
    document.add_paragraph("{{content}}")
    document.add_paragraph("盖章处")
    document.save(tmp_path / "t.docx")
    exporter(tmp_path, template=tmp_path / "t.docx").export(run, version(), "docx", tmp_path / "a.docx", final=True)
    made = docx.Document(tmp_path / "a.docx")
    words = [paragraph.text for paragraph in made.paragraphs]
    assert made.sections[0].header.paragraphs[0].text == "银杏公司 2026-03-01"
    assert made.tables[0].cell(0, 0).text == "采购合同审查意见 🙂 / 第 2 版 / 定稿"
    assert words[0] == "本内容由人工智能生成"
    assert words[-1] == "盖章处"
    assert "第一段。[1]" in words
    assert not any("{{" in one for one in words)


def test_a_template_without_lists_and_heading_styles_gets_them(run, tmp_path):
    path = template(tmp_path / "t.docx", "{{label}}", "{{content}}")
    document = docx.Document(path)
    for name in ("Heading 1", "List Number"):
        document.styles[name].element.getparent().remove(document.styles[name].element)
    for rel in [rel for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")]:
        del document.part.rels[rel.rId]
    document.save(path)
    from workbench.scenario import Section

    held = exporter(tmp_path, (Section("甲", ("x",)), Section("乙", items=("一", "二"))), template=path)
    held.export(run, version(), "docx", tmp_path / "a.docx")
    styles = [paragraph.style.name for paragraph in docx.Document(tmp_path / "a.docx").paragraphs]
    assert "Heading 1" in styles
    assert styles.count("List Number") == 2


def test_every_field_can_stand_in_a_template(run, tmp_path):
    path = template(tmp_path / "t.docx", *(f"{{{{{field}}}}}" for field in FIELDS))
    exporter(tmp_path, template=path).export(run, version(), "docx", tmp_path / "a.docx")
    words = [paragraph.text for paragraph in docx.Document(tmp_path / "a.docx").paragraphs]
    assert "r1-2" in words
    assert "星河公司" in words
