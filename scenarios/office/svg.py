"""Pictures as SVG text: boxes, lines and words that fit, and the same as PNG."""

from collections.abc import Sequence
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, SimHei, sans-serif"
INK, MUTED, RULE, PAPER, SHADE = "#1f2937", "#6b7280", "#d6dbe4", "#ffffff", "#f5f7fb"
ACCENT, ACCENT_SOFT, WARM, WARM_SOFT = "#2563c9", "#e3ecfa", "#b45309", "#fdf0dc"

Point = tuple[float, float]


def picture(width: float, height: float, parts: Sequence[str], alt: str) -> str:
    """The whole on white; ``alt`` is what a screen reader says."""
    arrow = (
        '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        f'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="{MUTED}"/></marker></defs>'
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" font-family={quoteattr(FONT)}><title>{escape(alt)}</title>'
    )
    return "".join([head, arrow, box(0, 0, width, height, PAPER, PAPER, round=0), *parts, "</svg>"])


def box(x: float, y: float, width: float, height: float, fill: str, line: str = RULE, *, round: float = 6) -> str:
    """A rectangle."""
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{round:g}"'
    return f'<rect {place} fill="{fill}" stroke="{line}"/>'


def words(
    text: str, x: float, y: float, *, size: float = 12, colour: str = INK, anchor: str = "middle", bold: bool = False
) -> str:
    """A line of words; ``y`` is its middle."""
    weight = ' font-weight="600"' if bold else ""
    look = f'font-size="{size:g}" fill="{colour}" text-anchor="{anchor}"{weight}'
    return f'<text x="{x:g}" y="{y + size * 0.36:g}" {look}>{escape(_clean(text))}</text>'


def block(text: str, x: float, y: float, width: float, lines: int, *, size: float = 12, colour: str = INK) -> str:
    """Words around the middle ``(x, y)``, broken to ``width``, at most ``lines``."""
    told = wrapped(text, width / size, lines)
    top = y - (len(told) - 1) * size * 0.66
    return "".join(words(line, x, top + at * size * 1.32, size=size, colour=colour) for at, line in enumerate(told))


def path(points: Sequence[Point], *, arrow: bool = True, dashed: bool = False) -> str:
    """A line through ``points``."""
    way = " ".join(f"{x:g},{y:g}" for x, y in points)
    mark = ' marker-end="url(#arrow)"' if arrow else ""
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<polyline points="{way}" fill="none" stroke="{MUTED}" stroke-width="1.2"{dash}{mark}/>'


def rule(x: float, top: float, bottom: float, colour: str = RULE) -> str:
    """A line from ``top`` to ``bottom``."""
    return f'<path d="M{x:g} {top:g}V{bottom:g}" stroke="{colour}"/>'


def wrapped(text: str, ems: float, lines: int) -> list[str]:
    """``text`` in lines of at most ``ems`` times the size of its letters; what is too long ends in an ellipsis."""
    made, line = [], ""
    for piece in _pieces(_clean(text)):
        if line and measure(line + piece.rstrip()) > ems:
            made.append(line.rstrip())
            line = ""
        line += piece
    made.append(line.rstrip())
    if len(made) > lines:
        last = made[lines - 1]
        while last and measure(last + "…") > ems:
            last = last[:-1]
        made = [*made[: lines - 1], last + "…"]
    return made


def measure(text: str) -> float:
    """Width in sizes of a letter: a Chinese character is one, others a little more than half."""
    return sum(1.0 if ord(char) > 0x2E7F else 0.56 for char in text)


def _pieces(text: str) -> list[str]:
    """Chinese characters one by one, other words whole with the space behind them."""
    pieces, word = [], ""
    for char in text:
        if ord(char) > 0x2E7F:
            pieces += [word, char] if word else [char]
            word = ""
        else:
            word += char
            if char == " ":
                pieces.append(word)
                word = ""
    return [*pieces, word] if word else pieces


def _clean(text: str) -> str:
    """Without characters that XML forbids."""
    return "".join(char if char >= " " else " " for char in text)


@lru_cache(maxsize=32)
def png(svg: str) -> bytes:
    """The picture at twice its size."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=2))
