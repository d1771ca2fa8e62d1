"""Colours: contrast as WCAG 2.2 reckons it, and palettes that keep to it.

Relative luminance and contrast ratio: WCAG 2.2, definitions; AA asks 4.5 for text and 3 for large text (SC 1.4.3),
AAA 7 (SC 1.4.6). https://www.w3.org/TR/WCAG22/
"""

from collections.abc import Mapping, Sequence
from typing import get_args

from .models import Contrast, Swatch

AA, AA_LARGE, AAA = 4.5, 3.0, 7.0
_PAIRS = {
    "text": ("ink", "paper"),
    "headline": ("main", "paper"),
    "button": ("button", "main"),
    "soft": ("ink", "soft"),
    "accent": ("accent", "paper"),
}


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, from 0 for black to 1 for white."""
    parts = []
    for place in (1, 3, 5):
        value = int(colour[place : place + 2], 16) / 255
        parts.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    red, green, blue = parts
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def legible(colour: str, background: str, least: float) -> str:
    """``colour``, moved towards black or white just as far as ``least`` against ``background`` asks."""
    goal = "#000000" if ratio("#000000", background) >= ratio("#ffffff", background) else "#ffffff"
    for step in range(101):
        made = mixed(colour, goal, step / 100)
        if ratio(made, background) >= least:
            return made
    return goal


def mixed(first: str, second: str, share: float) -> str:
    """``first`` with ``share`` of ``second``."""
    parts = (
        round(int(first[place : place + 2], 16) * (1 - share) + int(second[place : place + 2], 16) * share)
        for place in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)


def palette(base: Mapping[str, str], brand: Sequence[str]) -> dict[str, str]:
    """Role -> colour: the direction's, a brand's own as main and accent, each moved where its contrast falls short.

    ``button`` is what is written on the main colour.
    """
    made = {role: colour.lower() for role, colour in base.items()}
    if brand:
        made["main"] = brand[0].lower()
        made["accent"] = brand[1].lower() if len(brand) > 1 else made["accent"]
        made["soft"] = mixed(made["main"], made["paper"], 0.88)
    made["ink"] = legible(made["ink"], made["paper"], AAA)
    made["main"] = legible(made["main"], made["paper"], AA)
    made["accent"] = legible(made["accent"], made["paper"], AA)
    if ratio(made["ink"], made["soft"]) < AA:
        made["soft"] = mixed(made["soft"], made["paper"], 0.7)
    plain = max(("#ffffff", "#000000"), key=lambda colour: ratio(colour, made["main"]))
    tinted = made["ink"] if ratio(made["ink"], made["main"]) >= AA else made["paper"]
    made["button"] = tinted if ratio(tinted, made["main"]) >= AA else plain
    return made


def swatches(colours: Mapping[str, str]) -> list[Swatch]:
    """The palette as the brief lists it."""
    roles = get_args(Swatch.model_fields["role"].annotation)
    return [Swatch(role=role, hex=colours[role]) for role in roles]


def contrasts(colours: Mapping[str, str]) -> list[Contrast]:
    """Every pair that a direction uses with its ratio, to two places rounded down so that none is told too high."""
    made = []
    for use, (front, back) in _PAIRS.items():
        value = int(ratio(colours[front], colours[back]) * 100) / 100
        values = {"aa": value >= AA, "aa_large": value >= AA_LARGE, "aaa": value >= AAA}
        made.append(
            Contrast.model_validate(
                {"use": use, "foreground": colours[front], "background": colours[back], "ratio": value, **values}
            )
        )
    return made
