"""Text in pictures and scans, by RapidOCR where it is installed (requirements-ocr.txt). Nothing is downloaded."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from workbench.errors import DocumentError
from workbench.settings import Limits

from .builder import Builder

SUFFIXES = frozenset({"png", "jpg", "jpeg", "bmp", "webp", "tif", "tiff"})
"""Pictures that can be read."""

_DOTS = 150 / 72  # 150 dots an inch: smaller letters blur, more dots only take longer
_LONGEST = 2600  # dots on the longer side
_SURE = 0.5


def is_ready(limits: Limits) -> bool:
    """Whether text recognition is wanted and installed."""
    return limits.ocr_pages > 0 and find_spec("rapidocr") is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def lines(picture: Any) -> list[str]:
    """The lines of a picture, an array of height x width x 3 bytes, from top to bottom; doubtful ones left out."""
    found = _engine()(picture)
    texts, scores = found.txts or (), found.scores or ()
    return [text for text, score in zip(texts, scores, strict=True) if score >= _SURE and text.strip()]


def lines_of_page(page: Any) -> list[str]:
    """The lines of a pypdfium2 page, as it is drawn."""
    scale = min(_DOTS, _LONGEST / max(*page.get_size(), 1.0))
    return lines(page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False).to_numpy()[:, :, :3])


def read_picture(path: Path, limits: Limits, name: str, built: Builder) -> None:
    """Fill ``built`` from a picture; each of a file's pictures is a page. Raises ``DocumentError``."""
    if not is_ready(limits):
        raise DocumentError("documents:scan", name=name)
    import numpy
    from PIL import Image, ImageOps, ImageSequence

    try:
        with Image.open(path) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
                if number > limits.ocr_pages:
                    raise DocumentError("documents:too_many_scans", name=name, limit=limits.ocr_pages)
                upright = ImageOps.exif_transpose(frame).convert("RGB")
                upright.thumbnail((_LONGEST, _LONGEST))
                built.page(number, ocr=True)
                built.add("paragraph", "\n".join(lines(numpy.asarray(upright)[:, :, ::-1])))
                built.beat()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DocumentError("documents:damaged", name=name) from error
    built.note("documents:note.ocr")
