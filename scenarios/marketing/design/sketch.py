"""A layout sketch as SVG: where picture, words and button go, in the direction's colours, marked as AI-made."""

from collections.abc import Mapping, Sequence
from html import escape

from .models import Layout, Placement

FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, SimHei, sans-serif"
Box = tuple[float, float, float, float]
"""x, y, width, height."""

# Shares of the area inside the margin: picture, words. Wide, tall and square formats differ.
_LAYOUTS: dict[Layout, dict[str, tuple[Box, Box]]] = {
    "split": {
        "wide": ((0.56, 0, 0.44, 1), (0, 0.05, 0.52, 0.9)),
        "tall": ((0, 0.5, 1, 0.5), (0, 0, 1, 0.46)),
        "square": ((0.5, 0.1, 0.5, 0.8), (0, 0.05, 0.46, 0.9)),
    },
    "scene": {
        "wide": ((0, 0, 0.6, 1), (0.64, 0.05, 0.36, 0.9)),
        "tall": ((0, 0, 1, 0.58), (0, 0.62, 1, 0.38)),
        "square": ((0, 0, 1, 0.52), (0, 0.56, 1, 0.44)),
    },
    "number": {
        "wide": ((0.66, 0.1, 0.34, 0.8), (0, 0.05, 0.62, 0.9)),
        "tall": ((0.15, 0.55, 0.7, 0.45), (0, 0, 1, 0.52)),
        "square": ((0.28, 0.56, 0.44, 0.44), (0, 0, 1, 0.53)),
    },
    "centre": {
        "wide": ((0.3, 0, 0.4, 0.56), (0.1, 0.6, 0.8, 0.4)),
        "tall": ((0.1, 0.08, 0.8, 0.54), (0.05, 0.66, 0.9, 0.34)),
        "square": ((0.2, 0, 0.6, 0.55), (0.05, 0.58, 0.9, 0.42)),
    },
    "diagonal": {
        "wide": ((0.5, 0.15, 0.5, 0.85), (0, 0, 0.48, 0.85)),
        "tall": ((0.2, 0.48, 0.8, 0.52), (0, 0, 0.85, 0.45)),
        "square": ((0.42, 0.42, 0.58, 0.58), (0, 0, 0.8, 0.4)),
    },
    "column": {
        "wide": ((0, 0, 0.62, 1), (0.66, 0, 0.34, 1)),
        "tall": ((0, 0, 0.62, 0.7), (0, 0.73, 1, 0.27)),
        "square": ((0, 0, 0.62, 0.62), (0, 0.65, 1, 0.35)),
    },
}


def sketch(
    place: Placement, layout: Layout, colours: Mapping[str, str], words: Mapping[str, str], mark: str, picture: str
) -> str:
    """The SVG. ``words`` has headline, support, offer and action, empty ones being left out; ``mark`` is the label that
    says that the picture is AI-made; ``picture`` describes what goes into the picture's place."""
    width, height, margin = place.width, place.height, place.safe
    inner: Box = (margin, margin, width - 2 * margin, height - 2 * margin)
    kind = "wide" if width > 1.3 * height else "tall" if height > 1.2 * width else "square"
    image, copy = (_inside(inner, share) for share in _LAYOUTS[layout][kind])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f"<metadata>{escape(mark)}</metadata><title>{escape(words['headline'])}</title>",
        f'<rect width="{width}" height="{height}" fill="{colours["paper"]}"/>',
        *_ground(layout, width, height, colours),
        *_picture(image, colours, picture),
        *_copy(copy, colours, words, centred=layout in ("number", "centre")),
        *_mark(width, height, margin, colours, mark),
        "</svg>",
    ]
    return "".join(parts)


def wrapped(words: str, size: float, width: float) -> list[str]:
    """Lines of ``words`` that fit ``width`` at ``size``; a Chinese sign is as wide as the size, others half of it."""
    lines, line, length = [], "", 0.0
    for piece in _pieces(words):
        wide = _width(piece, size)
        if line and length + wide > width:
            lines.append(line.rstrip())
            line, length = "", 0.0
            piece = piece.lstrip()
            wide = _width(piece, size)
        line += piece
        length += wide
    return [*lines, line.rstrip()] if line.strip() else lines


def _balanced(lines: list[str], words: str, size: float, width: float) -> list[str]:
    """The same number of lines, as even as they go, so that no word stands alone."""
    for share in range(95, 40, -5):
        narrower = wrapped(words, size, width * share / 100)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _pieces(words: str) -> list[str]:
    pieces: list[str] = []
    for sign in words:
        joined = pieces and (
            sign in "，。！？、；：）,.!?;:)%" or (sign.isascii() and sign != " " and pieces[-1][-1].isascii())
        )
        if joined:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def _width(words: str, size: float) -> float:
    return sum(size * (0.56 if sign.isascii() else 1.0) for sign in words)


def _inside(outer: Box, share: Box) -> Box:
    x, y, width, height = outer
    return (x + share[0] * width, y + share[1] * height, share[2] * width, share[3] * height)


def _ground(layout: Layout, width: int, height: int, colours: Mapping[str, str]) -> Sequence[str]:
    soft = colours["soft"]
    match layout:
        case "diagonal":
            return [f'<polygon points="0,{height} {width},{height * 0.35:.0f} {width},{height}" fill="{soft}"/>']
        case "scene":
            return [f'<rect y="{height * 0.86:.0f}" width="{width}" height="{height * 0.14:.0f}" fill="{soft}"/>']
        case "split":
            return [f'<rect x="{width * 0.8:.0f}" width="{width * 0.2:.0f}" height="{height}" fill="{soft}"/>']
        case "number":
            return [
                f'<circle cx="{width / 2:.0f}" cy="{height:.0f}" r="{min(width, height) * 0.45:.0f}" fill="{soft}"/>'
            ]
        case "centre":
            edge = min(width, height) * 0.025
            place = f'x="{edge:.0f}" y="{edge:.0f}" width="{width - 2 * edge:.0f}" height="{height - 2 * edge:.0f}"'
            return [f'<rect {place} fill="none" stroke="{colours["main"]}" stroke-width="{edge / 6:.1f}"/>']
        case "column":
            return [f'<rect width="{width}" height="{height * 0.012:.0f}" fill="{colours["main"]}"/>']


def _picture(box: Box, colours: Mapping[str, str], words: str) -> Sequence[str]:
    """A place for the picture: a field with a cross, and what it should show where there is room."""
    x, y, width, height = box
    field = colours["soft"] if colours["soft"] != colours["paper"] else colours["accent"]
    line = f'stroke="{colours["accent"]}" stroke-opacity="0.45" stroke-width="{max(1, min(width, height) * 0.006):.1f}"'
    made = [
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" rx="{min(width, height) * 0.04:.0f}" '
        f'fill="{field}" {line}/>',
        f'<path d="M{x:.0f} {y:.0f}l{width:.0f} {height:.0f}m0 {-height:.0f}l{-width:.0f} {height:.0f}" {line}/>',
    ]
    size = min(width / 14, height / 6)
    if size >= 9:
        lines = wrapped(words, size, width * 0.8)[:3]
        top = y + height / 2 - (len(lines) - 1) * size * 0.7
        made += [
            _text(x + width / 2, top + place * size * 1.4, size, colours["ink"], line, "middle")
            for place, line in enumerate(lines)
        ]
    return made


def _copy(box: Box, colours: Mapping[str, str], words: Mapping[str, str], *, centred: bool) -> Sequence[str]:
    """Headline, support, offer and button from top to bottom, the largest sizes that fit the box."""
    x, y, width, height = box
    headline, support, offer, action = (words.get(name, "") for name in ("headline", "support", "offer", "action"))
    small = 0.42
    size = height * 0.5
    lines: list[str] = []
    below: list[tuple[str, str]] = []
    while size > 7:
        lines = wrapped(headline, size, width)
        below = [(line, "ink") for line in wrapped(support, size * small, width)[:2]]
        below += [(line, "accent") for line in wrapped(offer, size * small, width)[:2]]
        used = len(lines) * size * 1.25 + len(below) * size * small * 1.6 + (size * 1.25 if action else 0)
        if len(lines) <= 3 and used <= height and max((_width(line, size) for line in lines), default=0) <= width:
            break
        size *= 0.92
    lines = _balanced(lines, headline, size, width)
    anchor, left = ("middle", x + width / 2) if centred else ("start", x)
    made, top = [], y + size
    for line in lines:
        made.append(_text(left, top, size, colours["main"], line, anchor, bold=True))
        top += size * 1.25
    top -= size * 0.35
    for line, role in below:
        made.append(_text(left, top, size * small, colours[role], line, anchor, bold=role == "accent"))
        top += size * small * 1.6
    if action:
        tall = size * 0.9
        wide = min(_width(action, size * small) + size * 1.1, width)
        start = left - wide / 2 if centred else left
        made.append(
            f'<rect x="{start:.0f}" y="{top:.0f}" width="{wide:.0f}" height="{tall:.0f}" rx="{tall / 2:.0f}" '
            f'fill="{colours["main"]}"/>'
        )
        made.append(
            _text(start + wide / 2, top + tall * 0.64, size * small, colours["button"], action, "middle", bold=True)
        )
    return made


def _mark(width: int, height: int, margin: int, colours: Mapping[str, str], mark: str) -> Sequence[str]:
    """The label in a corner, at least a twentieth of the shorter side high, as GB 45438-2025 asks of pictures."""
    size = max(min(width, height) * 0.05, 9)
    wide = _width(mark, size) + size
    size, wide = (size, wide) if wide <= width else (size * width / wide, float(width))
    x, y = width - wide, height - size * 1.5
    return [
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{wide:.0f}" height="{size * 1.5:.0f}" fill="{colours["paper"]}"/>',
        _text(width - size / 2, height - size * 0.4, size, colours["ink"], mark, "end"),
    ]


def _text(x: float, y: float, size: float, colour: str, words: str, anchor: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-family="{FONT}" font-size="{size:.1f}" fill="{colour}" '
        f'text-anchor="{anchor}"{weight}>{escape(words)}</text>'
    )
