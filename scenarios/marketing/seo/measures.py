"""How long titles and descriptions are for a search engine: bytes of GBK for Baidu, pixels of Arial for Google."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from ..creative.lengths import length
from .models import Engine

_SIZES = {"title": 20, "description": 14}
Part = Literal["title", "description"]


def shown(text: str, part: Part, engine: Engine) -> int:
    """The length of ``text`` as the engine counts it. Helvetica's widths are Arial's; a Chinese sign is a square."""
    if engine == "baidu":
        return length(text, "gbk")
    from reportlab.pdfbase.pdfmetrics import stringWidth

    size = _SIZES[part]
    latin = "".join(sign for sign in text if ord(sign) < 256)
    width: float = stringWidth(latin, "Helvetica", size)
    return round(width) + size * (len(text) - len(latin))


def limit(part: Part, engine: Engine) -> int:
    """How much the engine shows."""
    return int(entries()["limits"][engine][part])


def fit(pieces: list[str], joint: str, part: Part, engine: Engine) -> str:
    """The pieces joined as long as they fit; the first one always, cut where it is too long."""
    text = pieces[0]
    while text and shown(text, part, engine) > limit(part, engine):
        text = text[:-1]
    for piece in pieces[1:]:
        if piece and shown(longer := text + joint + piece, part, engine) <= limit(part, engine):
            text = longer
    return text


@cache
def entries() -> dict[str, Any]:
    """``intents.yaml``."""
    read: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "intents.yaml").read_text("utf-8"))
    return read
