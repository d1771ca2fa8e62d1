"""A marked-up Word file: accepting all gives the proposed text, rejecting all the text as it was."""

import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.marked import add_footnote
from bench.planting import seeded
from documents.files import RequestFiles
from documents.reader import read
from documents.redline.file import marked_up, plain_word
from tests.documents.conftest import write_word
from workbench.document import SourceDocument
from workbench.redline import Redline, Remark
from workbench.settings import Limits

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
LINES = [
    "第一条 总价为100元，于5日内支付。",
    "The Seller shall deliver within thirty days.",
    "双方应当保密",
    "争议由法院管辖。",
]
FORMATS = ["", "<w:b/>", '<w:sz w:val="28"/><w:color w:val="FF0000"/>', "<w:i/><w:u/>"]


def run(words: str, properties: str = "", tag: str = "t") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def redlined(path: Path, proposed: str, *remarks: Remark) -> SourceDocument:
    original = read(path, Limits()).text
    path.with_suffix(".made.docx").write_bytes(marked_up(path, Redline(original, proposed, "法务 Chen", AT, remarks)))
    return read(path.with_suffix(".made.docx"), Limits())


def xml(path: Path) -> str:
    with zipfile.ZipFile(path.with_suffix(".made.docx")) as container:
        return container.read("word/document.xml").decode()


@st.composite
def body(draw: st.DrawFn) -> str:
    """Paragraphs whose words are spread over runs, some of them tracked, linked or in a table."""
    made = []
    for line in draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=5)):
        cuts = sorted(draw(st.sets(st.integers(1, len(line) - 1), max_size=4)))
        pieces = [line[a:b] for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]
        runs = []
        for piece in pieces:
            plain = run(piece, draw(st.sampled_from(FORMATS)))
            shape = draw(
                st.sampled_from(
                    ["{}", "{}", "<w:ins w:id='7' w:author='Wang'>{}</w:ins>", "<w:hyperlink>{}</w:hyperlink>"]
                )
            )
            runs.append(shape.format(plain))
        runs.insert(
            draw(st.integers(0, len(runs))),
            draw(st.sampled_from(["", f"<w:del w:id='8'>{run('旧', tag='delText')}</w:del>"])),
        )
        made.append(paragraph(*runs))
    if draw(st.booleans()):
        cells = "".join(f"<w:tc>{paragraph(run(word[:2]), run(word[2:]))}</w:tc>" for word in ("货物名称", "单价50元"))
        made.append(f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells.replace('货物', '水泵')}</w:tr></w:tbl>")
    return "".join(made)


@st.composite
def edits(draw: st.DrawFn, text: str) -> str:
    blocks = text.split("\n\n")
    for at, block in enumerate(blocks):
        if not block.startswith("|") and draw(st.booleans()):
            start = draw(st.integers(0, len(block) - 2))
            end = draw(st.integers(start, min(start + 6, len(block) - 1)))
            blocks[at] = (
                block[:start] + draw(st.sampled_from(["", "九十", " the Buyer ", "，但书面同意的除外"])) + block[end:]
            )
        elif block.startswith("|"):
            blocks[at] = block.replace("50元", draw(st.sampled_from(["50元", "65.5元", ""])))
    if draw(st.booleans()):
        blocks.insert(draw(st.integers(0, len(blocks))), "本合同一式两份。")
    if len(blocks) > 1 and draw(st.booleans()):
        at = draw(st.integers(0, len(blocks) - 1))
        blocks = blocks if blocks[at].startswith("|") else blocks[:at] + blocks[at + 1 :]
    return "\n\n".join(blocks)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_accepting_gives_the_proposed_text_and_rejecting_the_original(tmp_path: Path, data: st.DataObject) -> None:
    path = write_word(tmp_path / "a.docx", data.draw(body()))
    before = read(path, Limits())
    proposed = data.draw(edits(before.text))
    after = redlined(path, proposed)
    assert after.text.split() == proposed.split()
    was = before.text if before.original is None else before.original
    assert (after.text if after.original is None else after.original).split() == was.split()


def test_words_keep_their_formatting_and_the_marks_name_author_and_time(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", paragraph(run("总价为"), run("100元", "<w:b/>"), run("，含税。")))
    after = redlined(path, "总价为120元，含税。")
    assert [(one.kind, one.author, one.at, one.text) for one in after.revisions] == [
        ("delete", "法务 Chen", "2026-03-04T05:06:07Z", "100"),
        ("insert", "法务 Chen", "2026-03-04T05:06:07Z", "120"),
    ]
    assert xml(path).count("<w:rPr><w:b/></w:rPr>") == 3  # the old words, the new ones, and 元 behind them


def test_tracked_changes_of_others_are_kept(tmp_path: Path) -> None:
    inner = f'<w:ins w:id="1" w:author="Wang">{run("于三十日内")}</w:ins>'
    path = write_word(tmp_path / "a.docx", paragraph(run("买方"), inner, run("付款。")))
    after = redlined(path, "买方于六十日内付款。")
    assert after.text == "买方于六十日内付款。" and after.original == "买方付款。"
    assert {one.author for one in after.revisions} == {"Wang", "法务 Chen"}


def test_remarks_stand_in_the_margin_at_their_words(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", paragraph(run("第一条 违约金为"), run("50%", "<w:b/>"), run("。")))
    after = redlined(path, "第一条 违约金为20%。", Remark("过高", 8, 11), Remark("缺少保密条款"))
    assert [(one.author, one.text) for one in after.comments] == [("法务 Chen", "过高"), ("法务 Chen", "缺少保密条款")]
    assert after.comments[0].quote == "20%"
    with zipfile.ZipFile(path.with_suffix(".made.docx")) as container:
        assert "comments.xml" in container.read("word/_rels/document.xml.rels").decode()


def test_comments_that_were_there_stay(tmp_path: Path) -> None:
    words = '<w:commentRangeStart w:id="0"/>' + run("总价") + '<w:commentRangeEnd w:id="0"/>'
    comment = f'<w:comment w:id="0" w:author="Li">{paragraph(run("原有批注"))}</w:comment>'
    path = write_word(tmp_path / "a.docx", paragraph(words, run("为100元。")), comments=comment)
    after = redlined(path, "总价为120元。", Remark("核对", 3, 6))
    assert [one.text for one in after.comments] == ["原有批注", "核对"]


def test_a_number_that_word_makes_is_left_alone(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    path = write_word(
        tmp_path / "a.docx", paragraph(run("10 days"), properties=listed) + paragraph(run("Price"), properties=listed),
        numbering=numbering,
    )  # fmt: skip
    after = redlined(path, "1. 20 days\n\nNew line\n\n2. Price")
    assert after.text == "1. 20 days\n\nNew line\n\n2. Price"
    assert after.original == "1. 10 days\n\n2. Price"


def test_a_text_without_a_word_file_becomes_one(tmp_path: Path) -> None:
    files = RequestFiles(tmp_path / "kept", Limits())
    made = tmp_path / "made.docx"
    made.write_bytes(
        files.redline(None, Redline("第一条 总价100元\n第二条 交货", "第一条 总价120元\n第二条 交货", "Chen", AT))
    )
    after = read(made, Limits())
    assert after.text.split() == ["第一条", "总价120元", "第二条", "交货"]
    assert after.original is not None and "100元" in after.original


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(plain_word("第一条 总价为100元。\n第二条 卖方于三日内送达。"))
    redlined(path, "第一条 总价为120元。\n\n新的一段。\n\n第二条 卖方于九日内送达。", Remark("核对", 4, 6))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(path.with_suffix(".made.docx"))],
        check=True,
        timeout=120,
        capture_output=True,
    )
    shown = (tmp_path / "a.made.txt").read_text("utf-8-sig")
    assert "120" in shown and "新的一段。" in shown and "九日" in shown


def test_a_footnote_is_marked_up_and_a_line_behind_it_stands_in_the_body(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(plain_word("总价为100元。\n争议由法院管辖。"))
    add_footnote(path, seeded("a"))
    original = read(path, Limits()).text
    proposed = original.replace("不含运费", "不含运费和保险费").replace("保险费。", "保险费。\n\n货到后付款。")
    assert proposed != original
    made = redlined(path, proposed)
    assert made.text.split() == proposed.split() and made.original is not None
    assert made.original.split() == original.split()
    assert "货到后付款" in xml(path)
