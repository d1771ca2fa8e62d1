"""What the way a PDF is set tells of it: headings, paragraphs, columns and the title."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
BODY = [
    "The first line of the body is long enough to fill the width of this page, as most of them are",
    "and the second one goes on with the same sentence until it ends somewhere before the edge.",
]


def set_in(*lines: tuple[float, str], title: str = "", font: str = "Helvetica") -> bytes:
    """One page of (size, words), from the top, each line below the one before."""
    content = io.BytesIO()
    canvas = Canvas(content, A4)
    canvas.setTitle(title)
    height = HEIGHT - 72
    for size, words in lines:
        height -= size * 1.3
        bold = words.startswith("**")
        canvas.setFont("Helvetica-Bold" if bold else font, size)
        canvas.drawString(72, height, words.strip("*"))
    canvas.save()
    return content.getvalue()


def in_columns(left: list[str], right: list[str], heading: str = "") -> bytes:
    """A page drawn row by row: the left column's line, the right one's, the next row."""
    content = io.BytesIO()
    canvas = Canvas(content, A4)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 790, heading)
    for row, pair in enumerate(zip(left, right, strict=True)):
        for column, words in zip((60, 320), pair, strict=True):
            canvas.drawString(column, 760 - 14 * row, words)
    canvas.save()
    return content.getvalue()


def blocks(document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, document.slice(block)) for block in document.blocks]


def test_larger_lines_are_headings_by_their_size_and_the_largest_is_the_title(file):
    document = file(
        "scan-0042.pdf",
        set_in((20, "Returns and refunds"), *((10, line) for line in BODY), (14, "Who pays"), (10, BODY[0])),
    )
    assert document.title == "Returns and refunds"
    assert blocks(document) == [
        ("heading", 1, "Returns and refunds"),
        ("paragraph", 0, " ".join(BODY)),
        ("heading", 2, "Who pays"),
        ("paragraph", 0, BODY[0]),
    ]


def test_a_heading_is_not_glued_to_a_line_without_a_full_stop(file):
    unended = "This line fills the width of its page like all the others but nobody ever ended it with a stop"
    document = file("a.pdf", set_in((10, BODY[0]), (10, unended), (10, "**Warranty"), (10, BODY[1])))
    assert ("heading", 2, "Warranty") in blocks(document)
    assert ("paragraph", 0, f"{BODY[0]} {unended}") in blocks(document)


def test_a_heading_over_two_lines_is_one(file):
    document = file("a.pdf", set_in((18, "Rules for the return of goods"), (18, "bought at a distance"), (10, BODY[0])))
    assert document.title == "Rules for the return of goods bought at a distance"
    assert blocks(document)[0] == ("heading", 1, document.title)


def test_the_title_in_the_properties_counts_where_the_page_says_it_too(file):
    lines = ((10, "Example Ltd - Price protection"), (10, BODY[0]), (10, BODY[1]))
    assert file("a.pdf", set_in(*lines, title="Price Protection")).title == "Price Protection"
    assert file("b.pdf", set_in(*lines, title="Letter to the bank")).title == "b"
    assert file("c.pdf", set_in(*lines, title="Microsoft Word - draft3.docx")).title == "c"


def test_words_along_the_edge_of_the_paper_are_no_title(file):
    content = io.BytesIO()
    canvas = Canvas(content, A4)
    canvas.setFont("Helvetica", 10)
    for row in range(6):
        canvas.drawString(100, 700 - 13 * row, BODY[row % 2])
    canvas.rotate(90)
    canvas.setFont("Helvetica", 24)
    canvas.drawString(200, -60, "arXiv 2004 preprint")
    canvas.save()
    assert file("a.pdf", content.getvalue()).title == "a"


def test_two_columns_drawn_row_by_row_are_read_one_after_the_other(file):
    left = [f"left column line {'abcdefghijkl'[row]} goes on and on for a while" for row in range(12)]
    right = [f"right column line {'abcdefghijkl'[row]} goes on and on for a while" for row in range(12)]
    text = file("a.pdf", in_columns(left, right, "A heading that reaches over both of the columns of the page")).text
    assert text.startswith("A heading")
    assert " ".join(left) in text and " ".join(right) in text
    assert text.index(left[-1]) < text.index(right[0])


def test_names_and_values_side_by_side_stay_together(file):
    names = [f"Part {letter}" for letter in "abcdefghijkl"]
    prices = [f"{price} yuan" for price in range(100, 112)]
    text = file("a.pdf", in_columns(names, prices)).text
    assert all(f"{name} {price}" in text for name, price in zip(names, prices, strict=True))
