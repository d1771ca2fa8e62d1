"""The designer's brief from a need: hierarchy, sizes, directions with colours that can be read, sketches."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from workbench.language import detect
from workbench.texts import Lang, text

from ..creative.compose import compose
from ..creative.facts import Fact
from ..creative.models import CreativeRequest
from ..law.rewriting import rewrite
from ..law.violations import Context
from .colours import contrasts, palette, swatches
from .models import Design, DesignRequest, Direction, Layout, Level, Message, Placement, Sketch
from .sketch import sketch

_HERE = Path(__file__).parent
_DEFAULT = ("moments_square", "xiaohongshu_cover", "vertical_video", "poster_a3")
_SKETCHED = 3
"""Placements of which each direction has a sketch."""
_HEADLINE = 0.075
"""Least size of a headline as a share of the shorter side."""
_SIZES: dict[Level, str] = {
    "headline": "100%", "support": "45%", "proof": "32%", "offer": "45%", "action": "40%", "small_print": ">= 14 px"
}  # fmt: skip


class Style(BaseModel):
    """A direction of ``directions.yaml``."""

    model_config = ConfigDict(extra="forbid")
    suits: str
    palette: dict[str, str]
    layout: Layout
    zh: dict[str, Any]
    en: dict[str, Any]


@cache
def styles() -> dict[str, Style]:
    """Key -> direction."""
    return {name: Style.model_validate(one) for name, one in _read("directions").items()}


@cache
def sizes() -> dict[str, dict[str, Any]]:
    """Key -> placement."""
    return _read("placements")


def designed(request: DesignRequest, facts: Sequence[Fact], lang: Lang) -> Design:
    """The whole brief. The words of the pictures keep to advertising law."""
    lawful = Context(request.industry, names=(request.product, request.brand))
    messages = _messages(request, facts, lawful, lang)
    places, _ = placements(request, lang)
    words = {one.level: one.text for one in reversed(messages)}
    chosen = _chosen(request)
    directions = [_direction(request, name, places, words, lang) for name in chosen]
    made = Design(
        product=request.product,
        need=request.need,
        audience=request.audience,
        messages=messages,
        placements=places,
        directions=directions,
        must_show=request.must_show,
        avoid=request.avoid,
        summary="-",
    )
    return made.model_copy(update={"summary": summary(made, lang)})


def with_headline(request: DesignRequest, made: Design, headline: str, lang: Lang) -> Design:
    """The brief with another headline, in its hierarchy and sketches."""
    messages = [one.model_copy(update={"text": headline}) if one.level == "headline" else one for one in made.messages]
    words = {one.level: one.text for one in reversed(messages)}
    directions = [_direction(request, one.id, made.placements, words, lang) for one in made.directions]
    changed = made.model_copy(update={"messages": messages, "directions": directions})
    return changed.model_copy(update={"summary": summary(changed, lang)})


def placements(request: DesignRequest, lang: Lang) -> tuple[list[Placement], list[str]]:
    """(sizes, words that name none). Without any the usual four."""
    keys: list[str] = []
    unknown = []
    for words in request.placements:
        lowered = words.casefold().strip()
        found = (
            [lowered]
            if lowered in sizes()
            else [key for key, one in sizes().items() if re.search(one["find"], lowered)]
        )
        keys += found
        if not found and lowered:
            unknown.append(words)
    made = []
    for key in dict.fromkeys(keys) or _DEFAULT:
        one = sizes()[key]
        shorter = min(one["width"], one["height"])
        safe, least = round(one["safe"] * shorter), max(round(_HEADLINE * shorter), 12)
        limit = max(int(2 * (one["width"] - 2 * safe) * 0.9 / least), 4)
        made.append(
            Placement(
                id=key, name=one[lang], width=one["width"], height=one["height"], safe=safe, headline_size=least,
                headline_limit=min(limit, 24), source=one["source"], confirm=one["confirm"],
            )
        )  # fmt: skip
    return made, unknown


def summary(made: Design, lang: Lang) -> str:
    """The brief in words, one statement a line."""

    def say(key: str, **values: object) -> str:
        return text(f"scenarios.marketing:design.summary.{key}", lang, **values)

    headline = next(one.text for one in made.messages if one.level == "headline")
    lines = [say("what", product=made.product, audience=made.audience or say("everybody"))]
    if made.need:
        lines.append(say("need", need=made.need))
    lines.append(say("first", headline=headline))
    rest = [one.text for one in made.messages if one.level in ("support", "proof", "offer")]
    if rest:
        lines.append(say("then", words=say("stop").join(rest)))
    lines.append(
        say("sizes", names=say("comma").join(f"{one.name} {one.width}×{one.height}" for one in made.placements))
    )
    for number, one in enumerate(made.directions, 1):
        lines.append(say("direction", number=number, name=one.name, idea=one.idea, why=one.why))
    if made.must_show:
        lines.append(say("show", words=say("comma").join(made.must_show)))
    if made.avoid:
        lines.append(say("avoid", words=say("comma").join(made.avoid)))
    return "\n".join(lines)


def _messages(request: DesignRequest, facts: Sequence[Fact], lawful: Context, lang: Lang) -> list[Message]:
    """What is read first, second and so on; nothing unlawful."""
    headline = rewrite(request.headline.strip(), lawful).text if request.headline.strip() else ""
    headline = headline or _headline(request, facts, lang)
    levels: list[tuple[Level, str, str]] = [("headline", headline, "brief" if request.headline else "")]
    levels += [
        ("support" if number == 0 else "proof", fact.text, fact.source)
        for number, fact in enumerate([fact for fact in facts if fact.text != headline][:3])
    ]
    if request.offer.strip():
        levels.append(("offer", rewrite(request.offer.strip(), lawful).text, "brief"))
    action = request.call_to_action.strip() or text("scenarios.marketing:design.action", lang)
    levels.append(("action", action, ""))
    levels.append(("small_print", text("scenarios.marketing:design.small_print", lang), ""))
    kept = [(level, words, source) for level, words, source in levels if words]
    return [
        Message(level=level, order=order, text=words, size=_SIZES[level], source=source)
        for order, (level, words, source) in enumerate(kept, 1)
    ]


def _headline(request: DesignRequest, facts: Sequence[Fact], lang: Lang) -> str:
    """A poster's headline from the composer, over the product's own facts."""
    asked = CreativeRequest(product=request.product, channels=["poster"], angles=["scene"], offer=request.offer)
    return compose(asked, facts, lang)[0].headline or request.product


def _chosen(request: DesignRequest) -> list[str]:
    """The directions whose words the need speaks of first, the others in their order."""
    words = " ".join([request.need, request.audience, request.product, request.offer, *request.facts]).casefold()
    scores = {name: len(re.findall(one.suits, words)) for name, one in styles().items()}
    return sorted(scores, key=lambda name: (-scores[name], list(scores).index(name)))[: request.directions]


def _direction(
    request: DesignRequest, name: str, places: Sequence[Placement], words: dict[Level, str], lang: Lang
) -> Direction:
    style = styles()[name]
    told = style.zh if lang == "zh" else style.en
    colours = palette(style.palette, request.colours)
    mark = text("scenarios.marketing:design.mark", lang)
    picture = told["image"]
    shown = {level: words.get(level, "") for level in ("headline", "support", "offer", "action")}
    needed = " ".join([request.need, request.audience, request.product, request.offer, *request.facts]).casefold()
    matched = list(dict.fromkeys(re.findall(style.suits, needed)))[:3]

    def say(key: str, **values: object) -> str:
        return text(f"scenarios.marketing:design.{key}", lang, **values)

    why = say("why.matched", words=say("summary.comma").join(matched)) if matched else say("why.other")
    prompt = say(
        "prompt", product=request.product, image=picture, composition=told["composition"],
        colours=", ".join(colours[role] for role in ("paper", "main", "accent")),
        show=say("summary.comma").join(request.must_show) or "-", avoid=say("summary.comma").join(request.avoid) or "-",
    )  # fmt: skip
    return Direction(
        id=name,
        name=told["name"],
        idea=told["idea"],
        why=why,
        palette=swatches(colours),
        contrasts=contrasts(colours),
        typography=told["typography"],
        composition=told["composition"],
        layout=style.layout,
        do=told["do"],
        dont=told["dont"],
        image_prompt=prompt,
        sketches=[
            Sketch(
                placement=place.id,
                width=place.width,
                height=place.height,
                svg=sketch(place, style.layout, colours, shown, mark, picture),
            )
            for place in places[:_SKETCHED]
        ],
    )


def language(request: DesignRequest) -> Lang:
    """The language of the brief's own words."""
    return detect("\n".join([request.product, request.need, request.audience, *request.facts, request.headline]))


def _read(name: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((_HERE / f"{name}.yaml").read_text("utf-8"))
    return found
