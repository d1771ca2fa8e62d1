import importlib.util
import io
import os

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from documents import ocr
from workbench.errors import DocumentError
from workbench.settings import Limits

installed = importlib.util.find_spec("rapidocr") is not None or os.environ.get("WORKBENCH_REQUIRE_ALL")
needs_ocr = pytest.mark.skipif(not installed, reason="rapidocr is not installed (requirements-ocr.txt)")


def picture() -> Image.Image:
    drawn = Image.new("RGB", (900, 200), "white")
    ImageDraw.Draw(drawn).text((40, 60), "Invoice total 4250 euros", fill="black", font=ImageFont.load_default(60))
    return drawn


def as_png() -> bytes:
    content = io.BytesIO()
    picture().save(content, "PNG")
    return content.getvalue()


def scanned() -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content)
    canvas.drawString(72, 700, "A first page with words of its own, no scan.")
    canvas.showPage()
    canvas.drawImage(ImageReader(picture()), 50, 500, 450, 100)
    canvas.save()
    return content.getvalue()


def test_without_text_recognition_a_picture_says_how_to_get_it(file, monkeypatch):
    monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    with pytest.raises(DocumentError) as caught:
        file("a.png", as_png())
    assert "requirements-ocr.txt" in caught.value.text("zh")


def test_pages_that_are_pictures_are_read_and_marked(file, monkeypatch):
    """The engine is a stand-in here; the real one is below."""
    monkeypatch.setattr(ocr, "find_spec", lambda name: object())
    monkeypatch.setattr(ocr, "lines", lambda picture: [f"{picture.ndim} {picture.shape[2]} " + "recognised " * 4])
    document = file("a.pdf", scanned())
    assert [page.ocr for page in document.pages] == [False, True]
    assert document.page_at(document.text.index("3 3 recognised")) == 2
    assert document.notes == ("documents:note.ocr",)


def test_recognition_can_be_switched_off_and_has_a_limit(file, monkeypatch):
    monkeypatch.setattr(ocr, "find_spec", lambda name: object())
    assert file("a.pdf", scanned(), Limits(ocr_pages=0)).notes == ("documents:note.page_without_text",)
    content = io.BytesIO()
    picture().save(content, "TIFF", save_all=True, append_images=[picture()])
    monkeypatch.setattr(ocr, "lines", lambda picture: ["words"])
    with pytest.raises(DocumentError) as caught:
        file("a.tiff", content.getvalue(), Limits(ocr_pages=1))
    assert caught.value.key == "documents:too_many_scans"


def test_a_broken_picture_is_refused(file, monkeypatch):
    monkeypatch.setattr(ocr, "find_spec", lambda name: object())
    with pytest.raises(DocumentError) as caught:
        file("a.png", as_png()[:100])
    assert caught.value.key == "documents:damaged"


@needs_ocr
@pytest.mark.model
def test_the_real_engine_reads_a_picture(file):
    document = file("a.png", as_png())
    assert "4250" in document.text
    assert document.pages[0].ocr
