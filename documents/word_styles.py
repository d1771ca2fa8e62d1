"""What a Word paragraph or run looks like once its styles are followed: heading level, list, hidden or not."""

import re
from collections.abc import Iterator
from typing import Any, Literal

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)$", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")
_LEAST = 4  # half-points: nobody reads letters under two points
_PAPER = re.compile(r"F[A-F0-9]F[A-F0-9]F[A-F0-9]$", re.IGNORECASE)


class Styles:
    """The styles of one document. ``root`` is its ``w:styles``, or None."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._usual: dict[str, str] = {}
        self._defaults: Any = None
        if root is not None:
            self._defaults = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
            for style in root.iter(f"{_W}style"):
                self._styles[style.get(f"{_W}styleId", "")] = style
                if style.get(f"{_W}default") in ("1", "true"):
                    self._usual[style.get(f"{_W}type", "")] = style.get(f"{_W}styleId", "")
        self._levels: dict[str, int] = {}
        self._shows: dict[tuple[str, str], dict[str, str]] = {}

    def name_of(self, paragraph: Any) -> str:
        """The id of a paragraph's style."""
        return _value(paragraph.find(f"{_W}pPr"), "pStyle") or self._usual.get("paragraph", "")

    def heading(self, paragraph: Any) -> int:
        """Heading depth from 1 to 9; 0 for body text."""
        own = _value(paragraph.find(f"{_W}pPr"), "outlineLvl")
        if own.isdigit():
            return int(own) + 1 if int(own) < 9 else 0
        name = self.name_of(paragraph)
        if name not in self._levels:
            self._levels[name] = self._heading_of(name)
        return self._levels[name]

    def _heading_of(self, name: str) -> int:
        for style in self._chain(name):
            called = _value(style, "name")
            if match := _HEADING.match(called):
                return int(match.group(1))
            if called.lower() in ("title", "标题"):
                return 1
            level = _value(style.find(f"{_W}pPr"), "outlineLvl")
            if level.isdigit():
                return int(level) + 1 if int(level) < 9 else 0
        return 0

    def listing(self, paragraph: Any) -> tuple[str, int | None, str]:
        """(list number, level or None, id of the style that says so) of a paragraph; ("", None, "") outside lists."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        number, depth = _value(own, "numId"), _value(own, "ilvl")
        if number:
            return ("", None, "") if number == "0" else (number, int(depth) if depth.isdigit() else 0, "")
        for style in self._chain(self.name_of(paragraph)):
            given = style.find(f"{_W}pPr/{_W}numPr")
            if number := _value(given, "numId"):
                inner = depth or _value(given, "ilvl")
                level = int(inner) if inner.isdigit() else None
                return ("", None, "") if number == "0" else (number, level, style.get(f"{_W}styleId", ""))
        return "", None, ""

    def hiding(self, run: Any, paragraph_style: str, shaded: bool) -> Literal["marked", "colour", "size"] | None:
        """How a run is kept from being seen, or None. ``shaded``: the paper behind it may be of another colour."""
        properties = run.find(f"{_W}rPr")
        shows = self._style_shows(paragraph_style, _value(properties, "rStyle"))
        if properties is not None:
            shows = shows | _shows(properties)
        if not shows:
            return None
        if shows.get("vanish", "0") not in _OFF:
            return "marked"
        if shows.get("sz", "99").isdigit() and int(shows.get("sz", "99")) < _LEAST:
            return "size"
        if _PAPER.match(shows.get("color", "")) and not shaded and not shows.get("shade"):
            return "colour"
        return None

    def _style_shows(self, paragraph: str, character: str) -> dict[str, str]:
        known = self._shows.get((paragraph, character))
        if known is None:
            known = _shows(self._defaults)
            for name in (paragraph, character):
                for style in reversed(list(self._chain(name))):
                    known = known | _shows(style.find(f"{_W}rPr"))
            self._shows[paragraph, character] = known
        return known

    def shades(self, style: str) -> bool:
        """Whether a paragraph or table style fills the paper behind its words."""
        return any(is_shaded(shade) for entry in self._chain(style) for shade in entry.iter(f"{_W}shd"))

    def _chain(self, name: str) -> Iterator[Any]:
        seen = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = _value(self._styles[name], "basedOn")


def is_shaded(shade: Any) -> bool:
    """Whether a ``w:shd`` makes the paper any other colour than white."""
    if shade is None:
        return False
    fill = shade.get(f"{_W}fill", "auto")
    return fill.lower() not in ("auto", "ffffff", "") or shade.get(f"{_W}val", "clear") not in ("clear", "nil")


def _shows(properties: Any) -> dict[str, str]:
    """What run properties say about being seen; a key that is missing is not said."""
    if properties is None:
        return {}
    said = {}
    for node in properties:
        match node.tag.rpartition("}")[2] if isinstance(node.tag, str) else "":
            case "vanish":
                said["vanish"] = node.get(f"{_W}val", "1")
            case "sz":
                said["sz"] = node.get(f"{_W}val", "99")
            case "color":
                said["color"] = node.get(f"{_W}val", "auto")
            case "highlight" if node.get(f"{_W}val") not in ("none", "white"):
                said["shade"] = "1"
            case "shd" if is_shaded(node):
                said["shade"] = "1"
            case "glow" | "shadow" | "textOutline" | "outline":  # white letters with an edge are seen
                said["shade"] = "1"
    return said


def _value(node: Any, name: str) -> str:
    found = node.find(f"{_W}{name}") if node is not None else None
    return found.get(f"{_W}val", "") if found is not None else ""
