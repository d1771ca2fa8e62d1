"""A design brief as a document, with its sketches as pictures."""

from collections.abc import Iterator, Sequence
from functools import cache

from workbench.scenario import Picture, Section
from workbench.texts import Lang, text

from .models import Design

_SIDE = 900
"""Pixels of a sketch's longer side in a document."""


def document(made: Design, lang: Lang) -> Sequence[Section]:
    """The sections in order."""
    return list(_sections(made, lang))


@cache
def drawn(svg: str, width: int, height: int, side: int = _SIDE) -> bytes:
    """A sketch as PNG whose longer side has ``side`` pixels."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=side / max(width, height)))


def _sections(made: Design, lang: Lang) -> Iterator[Section]:
    def say(key: str) -> str:
        return text(f"scenarios.marketing:design.{key}", lang)

    def head(*names: str) -> tuple[str, ...]:
        return tuple(say(f"column.{name}") for name in names)

    yield Section(say("section.summary"), tuple(filter(None, made.summary.split("\n"))))
    messages = [(one.order, say(f"level.{one.level}"), one.text, one.size, one.source) for one in made.messages]
    yield Section(say("section.messages"), table=(head("order", "level", "text", "size", "source"), *messages))
    places = [
        (
            one.name,
            f"{one.width} × {one.height}",
            one.safe,
            one.headline_size,
            one.headline_limit,
            one.source + (say("confirm") if one.confirm else ""),
        )
        for one in made.placements
    ]
    header = head("placement", "pixels", "safe", "headline_size", "headline_limit", "source")
    yield Section(say("section.placements"), table=(header, *places))
    names = {one.id: one.name for one in made.placements}
    for number, one in enumerate(made.directions, 1):
        words = (one.idea, one.why, f"{say('typography')}{one.typography}", f"{say('composition')}{one.composition}")
        yield Section(f"{number}. {one.name}", words)
        yield Section(
            say("section.palette"),
            table=(head("role", "hex"), *((say(f"role.{swatch.role}"), swatch.hex) for swatch in one.palette)),
            level=2,
        )
        pairs = [
            (
                say(f"use.{pair.use}"),
                pair.foreground,
                pair.background,
                f"{pair.ratio:.2f}",
                say("passes" if pair.aa else "large" if pair.aa_large else "fails"),
            )
            for pair in one.contrasts
        ]
        yield Section(
            say("section.contrast"), table=(head("use", "front", "back", "ratio", "verdict"), *pairs), level=2
        )
        yield Section(say("section.do"), items=tuple(one.do), ordered=False, level=2)
        yield Section(say("section.dont"), items=tuple(one.dont), ordered=False, level=2)
        for sketch in one.sketches:
            alt = f"{one.name}: {names.get(sketch.placement, sketch.placement)}"
            width = 14 if sketch.width >= sketch.height else 9
            yield Section(alt, picture=Picture(drawn(sketch.svg, sketch.width, sketch.height), alt, width), level=3)
        yield Section(say("section.prompt"), (one.image_prompt,), level=2)
