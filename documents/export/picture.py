"""PNG: the visible label in the corner."""

from pathlib import Path
from typing import Any

from documents.carriers.files import replaced
from documents.carriers.png import DRAWN

from .fonts import chinese
from .paper import clean

_SHARE = 0.05  # of the shorter side: GB 45438-2025 asks for characters at least that high


def label_picture(path: Path, label: str, short: str) -> None:
    """Draw the label into the lower right corner of the .png at ``path``, on a dark strip that any picture lets read.

    ``short`` is drawn, in characters of at least 5% of the shorter side; ``label`` stands in the text chunk that
    ``carriers.png`` reads as the words. Where the machine has no Chinese font the words are English. Raises what Pillow
    raises for a file that is no picture.
    """
    from PIL import Image, ImageDraw, PngImagePlugin

    with Image.open(path, formats=["PNG"]) as opened:
        opened.load()
        texts = PngImagePlugin.PngInfo()
        for name, value in getattr(opened, "text", {}).items():
            if name != DRAWN:
                texts.add_itxt(name, str(value))
        picture = opened.convert("RGBA")
    size = max(12, round(min(picture.size) * _SHARE * 1.25))  # a font's size is more than its characters' height
    words, font = _drawable(short, size)
    strip = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(strip)
    left, top, right, bottom = pen.textbbox((0, 0), words, font=font)
    pad = size // 3
    width, height = right - left + 2 * pad, bottom - top + 2 * pad
    x, y = picture.width - width, picture.height - height
    pen.rectangle((x, y, picture.width, picture.height), fill=(0, 0, 0, 150))
    pen.text((x + pad - left, y + pad - top), words, font=font, fill=(255, 255, 255, 255))
    texts.add_itxt(DRAWN, clean(label))
    with replaced(path) as draft:
        Image.alpha_composite(picture, strip).save(draft, "PNG", pnginfo=texts)


def _drawable(short: str, size: int) -> tuple[str, Any]:
    from PIL import ImageFont

    if short.isascii():
        return short, ImageFont.load_default(size)
    path = chinese()
    if path is None:
        return "AI-generated", ImageFont.load_default(size)
    return short, ImageFont.truetype(str(path), size)
