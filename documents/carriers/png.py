"""PNG: the label stands in an ``iTXt`` chunk called ``AIGC`` and in the XMP packet."""

import json
from collections.abc import Mapping
from pathlib import Path

from . import xmp
from .carrier import FIELD, Content
from .files import replaced
from .json_fields import strings

DRAWN = "Description"
"""The text chunk that repeats the label's visible words: pixels cannot be read back."""
_XMP = "XML:com.adobe.xmp"


class Png:
    """``Carrier`` for .png. Other texts in the file stay."""

    def stamp(self, path: Path, fields: Mapping[str, str]) -> None:
        from PIL import Image, PngImagePlugin

        with Image.open(path, formats=["PNG"]) as picture:
            picture.load()
            texts = PngImagePlugin.PngInfo()
            for name, value in getattr(picture, "text", {}).items():
                if name not in (FIELD, _XMP):
                    texts.add_itxt(name, str(value))
            texts.add_itxt(FIELD, json.dumps(dict(fields), ensure_ascii=False))
            texts.add_itxt(_XMP, xmp.packet(fields).decode())
            with replaced(path) as draft:
                picture.save(draft, "PNG", pnginfo=texts, dpi=picture.info.get("dpi"))

    def fields(self, path: Path) -> dict[str, str] | None:
        from PIL import Image

        with Image.open(path, formats=["PNG"]) as picture:
            picture.load()
            texts = getattr(picture, "text", {})
        if found := strings(str(texts.get(FIELD, ""))):
            return found
        return xmp.read(str(texts.get(_XMP, "")).encode())

    def content(self, path: Path) -> Content:
        """The pixels; packing them otherwise changes nothing. What is drawn as words stands in ``DRAWN`` too."""
        from PIL import Image

        with Image.open(path, formats=["PNG"]) as picture:
            pixels = picture.convert("RGBA")
            drawn = str(getattr(picture, "text", {}).get(DRAWN, ""))
        return Content((drawn,), (f"{pixels.width}x{pixels.height}".encode() + pixels.tobytes(),))
