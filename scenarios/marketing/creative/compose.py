"""Writes variants without a model: proven frames over the product's own facts, within each channel's limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict

from workbench.language import folded
from workbench.texts import Lang

from ..law.rulebook import pattern
from .facts import Fact, names
from .lengths import Measure, cut, fits
from .models import Angle, Channel, CreativeRequest, Variant

_HERE = Path(__file__).parent


class Format(BaseModel):
    """A channel's limits, as ``formats.yaml`` has them. ``whole`` bounds the message with all that is added."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    measure: Measure
    headline: int
    body: int
    call_to_action: int
    hashtags: int
    shape: Literal["short", "note", "script", "sms", "bullets"]
    whole: int | None = None


@dataclass(frozen=True)
class Cell:
    """One place of the matrix: who is spoken to, by which angle, where."""

    audience: str
    angle: Angle
    channel: Channel


@cache
def formats() -> dict[str, Format]:
    """Channel -> its limits."""
    entries = yaml.safe_load((_HERE / "formats.yaml").read_text("utf-8"))
    return {name: Format.model_validate(entry) for name, entry in entries.items()}


def cells(request: CreativeRequest) -> list[Cell]:
    """The matrix of a request; all angles when it names none."""
    angles = request.angles or list(get_args(Angle))
    return [
        Cell(audience, angle, channel)
        for audience in request.audiences or [""]
        for angle in angles
        for channel in dict.fromkeys(request.channels)
    ]


def compose(request: CreativeRequest, facts: Sequence[Fact], lang: Lang) -> list[Variant]:
    """One variant for each cell. Facts take turns, so that neighbours of the matrix lead with different ones."""
    usable = [fact for fact in facts if not _banned(fact.text, request.never_say)]
    return [_variant(request, usable, cell, number, lang) for number, cell in enumerate(cells(request))]


def fitted(variant: Variant) -> Variant:
    """The variant with every part cut to what its channel takes."""
    form = formats()[variant.channel]
    body = cut(variant.body, min(form.body, form.whole or form.body), form.measure)
    return variant.model_copy(
        update={
            "headline": cut(variant.headline, form.headline, form.measure),
            "body": body,
            "call_to_action": cut(variant.call_to_action, form.call_to_action, form.measure),
            "hashtags": variant.hashtags[: form.hashtags],
        }
    )


def _variant(request: CreativeRequest, facts: Sequence[Fact], cell: Cell, number: int, lang: Lang) -> Variant:
    form, words = formats()[cell.channel], _frames()["words"][lang]
    turned = _turned(facts, cell.angle, number)
    values = _values(request, cell, turned, lang)
    call = _first(words["call_to_action"][number % 2 :] + words["call_to_action"], form.call_to_action, form.measure)
    frame = _frames()["frames"][cell.angle][lang]
    headline = _first(_filled(frame["headlines"], values, number), form.headline, form.measure) if form.headline else ""
    if form.headline and not headline:
        headline = cut(values["short"], form.headline, form.measure)
    body = _body(request, form, frame, turned, {**values, "cta": call}, number, lang)
    tags = [values["product"].replace(" ", ""), *([cell.audience.replace(" ", "")] if cell.audience else [])]
    tags = [words["ad_mark"], *tags][: form.hashtags]  # Measures for Internet Advertising, art. 9: notes are marked
    return Variant(
        id=f"{cell.channel}-{number + 1:03d}",
        channel=cell.channel,
        angle=cell.angle,
        audience=cell.audience,
        headline=headline,
        body=body,
        call_to_action=call,
        hashtags=tags,
    )


def _body(
    request: CreativeRequest,
    form: Format,
    frame: dict[str, list[str]],
    facts: Sequence[Fact],
    values: dict[str, str],
    number: int,
    lang: Lang,
) -> str:
    words = _frames()["words"][lang]
    stop = "。" if lang == "zh" else "."
    leads = [*_filled(frame["leads"], values, 0), values["fact"] + stop]
    duties = [line.strip().rstrip("。.") + stop for line in (*request.must_say, request.offer) if line.strip()]
    more = [
        template.format(**{**values, "fact": fact.text})
        for template, fact in zip(islice(cycle(words["more"]), number % 2, None), facts[1:6], strict=False)
    ]
    gap = "" if lang == "zh" else " "
    if form.shape == "sms":
        brand = request.brand or values["short"]
        return _packed(f"【{brand}】" if lang == "zh" else f"{brand}:", leads, duties, [], words["opt_out"], form, gap)
    if form.shape == "bullets":
        lines = [words["bullet"].format(fact=fact.text) for fact in facts[:6]] + duties
        return cut("\n".join(lines) or leads[0], form.body, form.measure)
    if form.shape == "script":
        second = facts[1].text if len(facts) > 1 else values["fact"]
        close = gap.join(duties) or words["close"]
        filled = {**values, "second": second, "lead": leads[0], "close": close}
        return cut("\n".join(shot.format(**filled) for shot in words["shots"]), form.body, form.measure)
    if form.shape == "note":
        to = [words["audience"][number % 2].format(audience=values["audience"])] if request.audiences else []
        end = words["note_end"][number % len(words["note_end"])]
        return cut(
            "\n\n".join(filter(None, [leads[0], "\n".join(more), *to, gap.join(duties), end])), form.body, form.measure
        )
    return _packed("", leads, duties, more[:2], "", form, gap)


def _packed(
    opening: str, leads: Sequence[str], duties: Sequence[str], more: Sequence[str], closing: str, form: Format, gap: str
) -> str:
    """A short message: the first lead that fits beside the duty words, then further facts while there is room.

    Duty words that leave no room for anything else are dropped from the end; the check says so.
    """
    limit = min(form.body, form.whole or form.body)

    def joined(*parts: str) -> str:
        return gap.join(filter(None, [opening, *parts, closing]))

    kept = list(duties)
    while kept and not fits(joined(*kept), limit, form.measure):
        kept.pop()
    lead = next((lead for lead in leads if fits(joined(lead, *kept), limit, form.measure)), "")
    parts = [lead, *kept] if lead or kept else [cut(leads[-1], limit - 2 * len(joined()), form.measure)]
    for fact in more:
        if fits(joined(*parts, fact), limit, form.measure):
            parts.append(fact)
    return joined(*parts)


def _turned(facts: Sequence[Fact], angle: Angle, number: int) -> list[Fact]:
    """The facts in this cell's order: one that suits the angle leads."""
    if not facts:
        return []
    figured = [fact for fact in facts if any(char.isdigit() for char in fact.text)] or list(facts)
    pool = figured if angle == "number" else list(facts)
    lead = pool[(number * 5 + number // 7) % len(pool)]
    place = facts.index(lead)
    return [*facts[place:], *facts[:place]]


def _values(request: CreativeRequest, cell: Cell, facts: Sequence[Fact], lang: Lang) -> dict[str, str]:
    product, short = names(request.product)
    fact = facts[0].text if facts else (request.offer.strip().rstrip("。.") or product)
    topic = next(entry for entry in _topics() if entry[0].search(fact))[1][lang]
    return {
        "product": product, "short": short, "fact": fact,
        "audience": cell.audience or ("您" if lang == "zh" else "you"), **topic,
    }  # fmt: skip


def _filled(templates: Sequence[str], values: dict[str, str], turn: int) -> list[str]:
    turned = [*templates[turn % len(templates) :], *templates[: turn % len(templates)]] if turn else list(templates)
    return [_capital(template.format(**values)) for template in turned]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text[:1].isascii() else text


def _first(candidates: Sequence[str], limit: int, measure: Measure) -> str:
    return next((text for text in candidates if fits(text, limit, measure)), "")


def _banned(text: str, words: Sequence[str]) -> bool:
    return any(folded(word) in folded(text) for word in words if word.strip())


@cache
def _frames() -> dict[str, Any]:
    frames: dict[str, Any] = yaml.safe_load((_HERE / "frames.yaml").read_text("utf-8"))
    return frames


@cache
def _topics() -> tuple[tuple[Any, dict[str, dict[str, str]]], ...]:
    return tuple((pattern(topic["find"]), topic) for topic in _frames()["topics"].values())
