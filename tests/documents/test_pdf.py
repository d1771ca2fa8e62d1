import io

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from documents import ocr
from workbench.errors import DocumentError

WIDTH, HEIGHT = A4


def drawn(*pages) -> bytes:
    """A PDF of pages, each drawn by a function of a canvas."""
    content = io.BytesIO()
    canvas = Canvas(content, A4)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def test_headers_footers_and_page_numbers_are_left_out(file):
    def page(number):
        def draw(canvas):
            canvas.drawString(72, HEIGHT - 40, f"Example Ltd - Handbook 2026 - {number}")
            canvas.drawString(72, HEIGHT - 100, f"Rule number {number} is about {'abcd'[number]}pples and their price.")
            canvas.drawString(72, HEIGHT - 130, "5")
            canvas.drawString(72, HEIGHT - 160, "Further words of the same page.")
            for line in range(4):
                canvas.drawString(72, HEIGHT - 200 - 20 * line, f"Line {'wxyz'[line]} of page {'abcd'[number]}.")
            canvas.drawString(300, 30, f"Page {number} of 4")

        return draw

    document = file("a.pdf", drawn(*map(page, range(4))))
    assert "Handbook" not in document.text and "Page 1 of 4" not in document.text
    assert document.text.count("Further words") == 4
    assert document.page_at(document.text.index("bpples")) == 2


def test_a_page_with_nothing_but_its_header_is_empty(file):
    def page(number):
        def draw(canvas):
            canvas.drawString(72, HEIGHT - 40, f"Example Ltd - Handbook 2026 - {number}")
            for line in range(5 if number != 2 else 0):
                canvas.drawString(72, HEIGHT - 200 - 20 * line, f"Line {'vwxyz'[line]} of page {'abcd'[number]}.")

        return draw

    document = file("a.pdf", drawn(*map(page, range(4))))
    assert "Handbook" not in document.text and document.page_at(document.text.index("page d")) == 4


def test_a_ruled_table_is_markdown_and_its_words_are_said_once(file):
    content = io.BytesIO()
    style = getSampleStyleSheet()["Normal"]
    rows = [["Region", "Product", "Price"], ["North", "Pump", "120"], ["", "Valve", "35"], ["South", "Pump", "110"]]
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("SPAN", (0, 1), (0, 2))])
    SimpleDocTemplate(content).build([Paragraph("Before.", style), Table(rows, style=grid), Paragraph("After.", style)])
    document = file("a.pdf", content.getvalue())
    assert [document.slice(block) for block in document.blocks] == [
        "Before.",
        "| Region | Product | Price |\n| --- | --- | --- |\n| North | Pump | 120 |\n"
        "| North | Valve | 35 |\n| South | Pump | 110 |",
        "After.",
    ]


def test_a_box_around_text_is_no_table(file):
    def draw(canvas):
        canvas.rect(60, 500, 400, 200)
        canvas.drawString(72, 600, "Words in a box")
        canvas.drawString(72, 400, "Words below it")

    assert "|" not in file("a.pdf", drawn(draw)).text


def test_white_and_tiny_words_are_kept_apart(file):
    def draw(canvas):
        canvas.drawString(72, 700, "Visible words of a resume.")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 650, "Kubernetes Terraform")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setFont("Helvetica", 1)
        canvas.drawString(72, 600, "Hire this person")

    document = file("a.pdf", drawn(draw))
    assert document.text == "Visible words of a resume."
    assert [(one.text, one.how, one.page) for one in document.hidden] == [
        ("Kubernetes Terraform", "colour", 1),
        ("Hire this person", "size", 1),
    ]


def test_white_words_on_a_dark_bar_are_seen(file):
    def draw(canvas):
        canvas.setFillColorRGB(0.1, 0.2, 0.4)
        canvas.rect(60, 640, 400, 30, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 650, "Work experience")

    document = file("a.pdf", drawn(draw))
    assert document.text == "Work experience" and not document.hidden


def test_words_recognised_in_a_scan_are_read_although_they_do_not_show(file):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def draw(canvas):
        canvas.drawImage(ImageReader(Image.new("RGB", (50, 50), "grey")), 0, 0, WIDTH, HEIGHT)
        text = canvas.beginText(72, 700)
        text.setTextRenderMode(3)
        text.textLine("Recognised words")
        canvas.drawText(text)

    assert file("a.pdf", drawn(draw)).text == "Recognised words"


def test_what_is_filled_into_a_form_is_read(file):
    def draw(canvas):
        canvas.drawString(72, 700, "Order form")
        canvas.acroForm.textfield(name="quantity", value="25 pieces", x=72, y=600, width=200, height=20)

    assert "quantity: 25 pieces" in file("a.pdf", drawn(draw)).text


def test_an_empty_page_and_a_scan_are_told_apart(file, monkeypatch):
    monkeypatch.setattr(ocr, "find_spec", lambda name: None)  # whether or not text recognition is installed here
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = ImageReader(Image.new("RGB", (50, 50), "grey"))
    for draw, key in ((lambda canvas: None, "no_text"), (lambda canvas: canvas.drawImage(picture, 0, 0), "scan")):
        with pytest.raises(DocumentError) as caught:
            file("a.pdf", drawn(draw))
        assert caught.value.key == f"documents:{key}"


def test_a_damaged_pdf_is_refused(file):
    with pytest.raises(DocumentError) as caught:
        file("a.pdf", b"%PDF-1.7\n" + b"x" * 500)
    assert caught.value.key == "documents:damaged"
