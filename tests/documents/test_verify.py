import io
import json
import shutil
import wave
import zipfile
from typing import get_args

import docx
import openpyxl
import pptx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter

from documents.carriers import carrier
from documents.carriers.carrier import KNOWN
from tests.documents.test_export import LABEL, exporter, version, write
from tests.documents.test_export import run as run  # the fixture
from workbench.errors import DocumentError, WorkbenchError
from workbench.services import ExportFormat
from workbench.texts import LANGS

FORMS = get_args(ExportFormat)


def sound(streamed=False):
    """A little WAV file; ``streamed`` as it comes through a pipe, with a size that nobody knew."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\x01\x02" * 40)
    data = out.getvalue()
    return data[:4] + b"\xff\xff\xff\x7f" + data[8:40] + b"\xff\xff\xff\x7f" + data[44:] if streamed else data


@pytest.fixture
def files(run, tmp_path):
    """A file of every kind, exported or marked."""
    made = {}
    for form in FORMS:
        made[form] = tmp_path / f"a.{form}"
        write(run, made[form])
    deck = pptx.Presentation()
    for _ in range(3):
        deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "方案"
    made["pptx"] = tmp_path / "a.pptx"
    deck.save(made["pptx"])
    made["png"] = tmp_path / "a.png"
    Image.new("RGB", (640, 400), "white").save(made["png"])
    made["wav"] = tmp_path / "a.wav"
    made["wav"].write_bytes(sound())
    for form in ("pptx", "png", "wav"):
        exporter(tmp_path).mark(run, version(), made[form], final=True)
    return made


@pytest.mark.parametrize("form", KNOWN)
def test_a_file_of_ours_tells_whose_it_is(files, tmp_path, form):
    found = exporter(tmp_path, known=version()).verify(files[form])
    assert (found.format, found.outcome, found.run_id, found.version) == (form, "intact", "r1", 2)
    assert (found.known, found.author, found.signed) == (True, "韩梅梅", True)
    assert found.final == (form in ("pptx", "png", "wav"))
    assert found.label.metadata["Label"] == "1"
    assert LABEL.visible in found.label.visible
    for lang in LANGS:
        assert "r1" in found.sentence(lang)


@pytest.mark.parametrize("form", KNOWN)
def test_a_file_without_label_is_one_sentence(tmp_path, form):
    path = tmp_path / f"a.{form}"
    match form:
        case "docx":
            docx.Document().save(path)
        case "xlsx":
            openpyxl.Workbook().save(path)
        case "pptx":
            pptx.Presentation().save(path)
        case "pdf":
            writer = PdfWriter()
            writer.add_blank_page(100, 100)
            writer.write(path)
        case "png":
            Image.new("RGB", (10, 10)).save(path)
        case "wav":
            path.write_bytes(sound())
        case _:
            path.write_text("你好", "utf-8")
    found = exporter(tmp_path).verify(path)
    assert (found.outcome, found.label.metadata, found.intact, found.run_id) == ("unlabelled", None, None, None)
    assert "no AI-content label" in found.sentence("en")


def alter(form, path):
    match form:
        case "docx":
            document = docx.Document(path)
            document.paragraphs[3].add_run("。")
            document.save(path)
        case "xlsx":
            book = openpyxl.load_workbook(path)
            book.worksheets[0]["C30"] = 1
            book.save(path)
        case "pptx":
            deck = pptx.Presentation(path)
            deck.slides[1].shapes.title.text = "别的"
            deck.save(path)
        case "pdf":
            writer = PdfWriter(clone_from=PdfReader(path))
            writer.add_blank_page(100, 100)
            writer.write(path)
        case "wav":
            path.write_bytes(path.read_bytes().replace(b"\x01\x02", b"\x01\x03", 1))
        case "png":
            picture = Image.open(path)
            texts = PngImagePlugin.PngInfo()
            for name, value in picture.text.items():
                texts.add_itxt(name, value)
            picture.putpixel((0, 0), (255, 0, 0, 255))
            picture.save(path, pnginfo=texts)
        case _:
            path.write_text(path.read_text("utf-8").replace("民法典", "刑法"), "utf-8")
            if form == "txt":
                path.write_text(path.read_text("utf-8").replace("第一段", "第二段"), "utf-8")


@pytest.mark.parametrize("form", KNOWN)
def test_an_altered_content_is_noticed(files, tmp_path, form):
    alter(form, files[form])
    found = exporter(tmp_path).verify(files[form])
    assert (found.outcome, found.intact, found.run_id) == ("altered", False, "r1")


@pytest.mark.parametrize("form", ["docx", "xlsx", "pptx", "pdf", "png", "md", "txt"])
def test_saving_again_without_a_change_changes_nothing(files, tmp_path, form):
    path = files[form]
    match form:
        case "docx":
            docx.Document(path).save(path)
        case "xlsx":
            openpyxl.load_workbook(path).save(path)
        case "pptx":
            pptx.Presentation(path).save(path)
        case "pdf":
            PdfWriter(clone_from=PdfReader(path)).write(path)
        case "png":
            carrier("png").stamp(path, carrier("png").fields(path))
        case _:
            path.write_bytes(path.read_text("utf-8").replace("\n", "\r\n").encode("utf-8-sig"))
    assert exporter(tmp_path).verify(path).outcome == "intact"


def test_a_picture_put_into_a_word_file_is_noticed(files, tmp_path):
    document = docx.Document(files["docx"])
    document.add_picture(str(files["png"]))
    document.save(files["docx"])
    assert exporter(tmp_path).verify(files["docx"]).outcome == "altered"


def test_a_header_that_was_changed_is_noticed(files, tmp_path):
    document = docx.Document(files["docx"])
    document.sections[0].header.paragraphs[0].runs[0].text = "别的公司"
    document.save(files["docx"])
    assert exporter(tmp_path).verify(files["docx"]).outcome == "altered"


def test_a_label_that_was_changed_is_not_ours_any_more(files, tmp_path):
    holder = carrier("docx")
    holder.stamp(files["docx"], holder.fields(files["docx"]) | {"ProduceID": "other-7"})
    found = exporter(tmp_path).verify(files["docx"])
    assert (found.outcome, found.intact, found.signed, found.known) == ("elsewhere", True, False, False)


def test_a_file_of_another_workspace_is_told_apart(files, tmp_path):
    (tmp_path.parent / "labels.key").unlink()
    assert exporter(tmp_path).verify(files["pdf"]).outcome == "elsewhere"


@pytest.mark.parametrize("form", KNOWN)
def test_the_label_of_another_product_is_foreign(files, tmp_path, form):
    fields = {"Label": "1", "ContentProducer": "001191110000000000000000001", "ProduceID": "x", "ReservedCode1": "sig"}
    carrier(form).stamp(files[form], fields)
    found = exporter(tmp_path).verify(files[form])
    assert (found.outcome, found.producer, found.intact, found.run_id) == (
        "foreign",
        "001191110000000000000000001",
        None,
        None,
    )
    assert found.label.metadata == fields


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_words_without_metadata_are_told_as_such(tmp_path, name):
    path = tmp_path / name
    path.write_text("正文\n本文由AI辅助生成", "utf-8")
    found = exporter(tmp_path).verify(path)
    assert (found.outcome, found.label.visible) == ("visible_only", "本文由AI辅助生成")


@pytest.mark.parametrize("form", KNOWN)
def test_a_file_that_breaks_off_is_one_sentence(files, tmp_path, form):
    data = files[form].read_bytes()
    for part in (1, 9, len(data) // 2, len(data) - 20):
        files[form].write_bytes(data[:part])
        try:
            assert exporter(tmp_path).verify(files[form]).outcome
        except WorkbenchError as error:
            assert error.text("zh")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(KNOWN),
    st.binary(max_size=200),
    st.sampled_from([b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"PK\3\4"]),
)
def test_rubbish_is_one_sentence(tmp_path, form, rubbish, head):
    path = tmp_path / f"rubbish.{form}"
    path.write_bytes(head + rubbish)
    try:
        assert exporter(tmp_path).verify(path).outcome
    except WorkbenchError as error:
        assert error.text("zh")


def test_front_matter_of_others_stays_and_can_hold_anything(tmp_path):
    path = tmp_path / "a.md"
    for front in ("AIGC: 3", "AIGC: [1]", 'AIGC: {"Label": 1, "X": null}', "[", "AIGC: &a [*a]", "a: 1\nAIGC:"):
        path.write_text(f"---\n{front}\n---\nx", "utf-8")
        exporter(tmp_path).verify(path)
    path.write_text("---\ntitle: 甲\n---\nx", "utf-8")
    carrier("md").stamp(path, {"Label": "1"})
    assert "title: " in path.read_text("utf-8")
    assert carrier("md").fields(path) == {"Label": "1"}


def test_entities_in_a_file_are_not_followed(files, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    evil = (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]><Properties xmlns="http://schemas.openxmlformats.org/'
        'officeDocument/2006/custom-properties"><property name="AIGC">{"Label":"&x;"}</property></Properties>'
    )
    path = tmp_path / "evil.docx"
    with zipfile.ZipFile(files["docx"]) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, evil if entry.filename == "docProps/custom.xml" else old.read(entry))
    assert "SECRET" not in str(exporter(tmp_path).verify(path))


def test_other_custom_properties_stay(tmp_path):
    book = openpyxl.Workbook()
    from openpyxl.packaging.custom import StringProperty

    book.custom_doc_props.append(StringProperty(name="Dept", value="法务"))
    book.save(tmp_path / "a.xlsx")
    carrier("xlsx").stamp(tmp_path / "a.xlsx", {"Label": "1"})
    carrier("xlsx").stamp(tmp_path / "a.xlsx", {"Label": "2"})
    kept = openpyxl.load_workbook(tmp_path / "a.xlsx").custom_doc_props
    assert kept["Dept"].value == "法务"
    assert json.loads(kept["AIGC"].value) == {"Label": "2"}
    assert len(kept) == 2


def test_pdf_metadata_stand_in_information_and_xmp(files):
    reader = PdfReader(files["pdf"])
    assert json.loads(reader.metadata["/AIGC"])["Label"] == "1"
    packet = reader.root_object["/Metadata"].get_object().get_data().decode()
    assert "http://www.tc260.org.cn/ns/AIGC/1.0/" in packet
    del reader.metadata["/AIGC"]
    writer = PdfWriter(clone_from=reader)
    writer._info = None
    writer.write(files["pdf"])
    assert carrier("pdf").fields(files["pdf"])["ProduceID"] == "r1-2"


def test_slides_show_the_label_first_and_last_and_once(files, run, tmp_path):
    exporter(tmp_path).mark(run, version(), files["pptx"])
    slides = pptx.Presentation(files["pptx"]).slides
    shown = [sum(LABEL.visible in s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in slides]
    assert shown == [1, 0, 1]


def test_a_picture_shows_the_label_large_enough(files):
    picture = Image.open(files["png"]).convert("L")
    dark = [y for y in range(400) if any(picture.getpixel((x, y)) < 200 for x in range(400, 640))]
    assert dark
    assert max(dark) - min(dark) >= 400 * 0.05
    assert picture.getpixel((5, 5)) == 255


def test_a_plain_text_cannot_be_marked_afterwards(files, run, tmp_path):
    with pytest.raises(DocumentError, match="pptx, pdf, png"):
        exporter(tmp_path).mark(run, version(), files["md"])
    shutil.copy(files["txt"], tmp_path / "b.png")
    with pytest.raises(DocumentError):
        exporter(tmp_path).mark(run, version(), tmp_path / "b.png")


def test_sound_that_came_through_a_pipe_is_mended_and_can_be_played(tmp_path):
    path = tmp_path / "a.wav"
    path.write_bytes(sound(streamed=True))
    carrier("wav").stamp(path, {"Label": "1"})
    with wave.open(str(path)) as file:
        assert file.readframes(99) == b"\x01\x02" * 40
    assert carrier("wav").fields(path) == {"Label": "1"}
