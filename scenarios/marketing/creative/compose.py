"""Writes variants without a model: proven frames over the product's own facts, within each channel's limits."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, Literal, get_args
from zlib import crc32

import yaml
from pydantic import BaseModel, ConfigDict

from workbench.language import folded, shingles
from workbench.texts import Lang

from ..law.rulebook import pattern
from .facts import Fact, names
from .lengths import Measure, cut, fits
from .models import Angle, Channel, CreativeRequest, Variant

_HERE = Path(__file__).parent
_TURNS = 8
_MOST_TURNS = 40
"""So many where the best of the first turns still says what another variant says."""
_SAME = 0.9
_APART = 0.55
"""Variants of a channel less alike than this (Jaccard) are different enough to test."""


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
    """One variant for each cell.

    Facts and phrases take turns; the audience decides whose turn is first, so that requests for two audiences differ.
    Of a few turns the one is kept that is least like the channel's variants so far and the past copy, the first that
    is like none.
    """
    usable = [fact for fact in facts if not _banned(fact.text, request.never_say)]
    made: list[Variant] = []
    taken: dict[str, list[set[str]]] = {}
    past = [shingles(copy) for copy in request.past_copy]
    for number, cell in enumerate(cells(request)):
        others = [*taken.setdefault(cell.channel, []), *past]
        tried = list[tuple[float, int, Variant, set[str]]]()
        first = number + crc32(cell.audience.encode()) % 97
        for turn in range(_MOST_TURNS):
            if turn >= _TURNS and min(one[0] for one in tried) < _SAME:
                break
            variant = _variant(request, usable, cell, first + turn, number, lang)
            words = shingles(f"{variant.headline}{variant.body}")
            tried.append((max((likeness(words, other) for other in others), default=0.0), turn, variant, words))
            if tried[-1][0] < _APART:
                break
        _, _, variant, words = min(tried, key=lambda one: one[:2])
        taken[cell.channel].append(words)
        made.append(variant)
    return made


def likeness(first: set[str], second: set[str]) -> float:
    """Jaccard's likeness of two sets of shingles, 0 to 1."""
    return len(first & second) / len(first | second) if first and second else 0.0


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


def _variant(
    request: CreativeRequest, facts: Sequence[Fact], cell: Cell, turn: int, number: int, lang: Lang
) -> Variant:
    """The variant of a cell. ``turn`` says which facts and phrases have theirs; ``number`` makes the id."""
    form, words = formats()[cell.channel], _words(request, lang)
    turned = _turned(facts, cell.angle, turn)
    values = _values(request, cell, turned, lang)
    call = _first(_from(words["call_to_action"], turn), form.call_to_action, form.measure)
    frame = _frames()["frames"][cell.angle][lang]
    headline = _first(_filled(frame["headlines"], values, turn), form.headline, form.measure) if form.headline else ""
    if form.headline and not headline:
        headline = cut(values["short"], form.headline, form.measure)
    plain = _filled(frame["leads"], values, 0)
    leads = [*_filled(_leads(request, cell.angle, lang), values, turn), *_toned(request, plain, turn, lang), *plain]
    body = _body(request, form, leads, turned, {**values, "cta": call}, turn, lang)
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
    leads: Sequence[str],
    facts: Sequence[Fact],
    values: dict[str, str],
    turn: int,
    lang: Lang,
) -> str:
    words = _words(request, lang)
    stop = "。" if lang == "zh" else "."
    leads = [*leads, values["fact"] + stop]
    duties = [line.strip().rstrip("。.") + stop for line in (*request.must_say, request.offer) if line.strip()]
    few = _some(facts[1:], turn, 2 + turn % 3)
    more = [
        template.format(**{**values, "fact": fact.text})
        for template, fact in zip(cycle(_from(words["more"], turn)), few, strict=False)
    ]
    gap = "" if lang == "zh" else " "
    if form.shape == "sms":
        brand = request.brand or values["short"]
        return _packed(f"【{brand}】" if lang == "zh" else f"{brand}:", leads, duties, [], words["opt_out"], form, gap)
    if form.shape == "bullets":
        shapes = _from(_frames()["bullets"][lang], turn)
        chosen = [*facts[:1], *_some(facts[1:], turn, 3 + turn % 2)]
        lines = [
            shape.format(**{**values, **_topic(fact.text, lang), "fact": fact.text})
            for shape, fact in zip(cycle(shapes), chosen, strict=False)
        ]
        return cut("\n".join([*lines, *duties]) or leads[0], form.body, form.measure)
    if form.shape == "script":
        second = few[0].text if few else values["fact"]
        close = gap.join(duties) or words["close"]
        filled = {**values, "second": second, "lead": leads[0], "close": close}
        return cut("\n".join(shot.format(**filled) for shot in words["shots"]), form.body, form.measure)
    if form.shape == "note":
        to = [_from(words["audience"], turn)[0].format(audience=values["audience"])] if request.audiences else []
        end = _from(words["note_end"], turn)[0]
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
    return {
        "product": product, "short": short, "fact": fact,
        "audience": cell.audience or ("您" if lang == "zh" else "you"), **_topic(fact, lang),
    }  # fmt: skip


def _topic(fact: str, lang: Lang) -> dict[str, str]:
    """The pain, benefit, scene and question of what a fact is about."""
    return next(entry for entry in _topics() if entry[0].search(fact))[1][lang]


def _words(request: CreativeRequest, lang: Lang) -> dict[str, Any]:
    """The words around facts, in the request's tone."""
    words: dict[str, Any] = _frames()["words"][lang] | _frames()["tones"].get(request.tone, {}).get(lang, {})
    return words


def _leads(request: CreativeRequest, angle: Angle, lang: Lang) -> list[str]:
    """The leads of an angle in the request's tone; none for the plain one, whose leads the frame holds."""
    leads: list[str] = _frames()["tones"].get(request.tone, {}).get(lang, {}).get(angle, [])
    return leads


def _toned(request: CreativeRequest, leads: Sequence[str], turn: int, lang: Lang) -> list[str]:
    """Plain leads with the tone's few words around them, for places too short for its own leads."""
    shapes = _frames()["tones"].get(request.tone, {}).get(lang, {}).get("short", [])
    return [_from(shapes, turn)[0].format(lead=lead) for lead in leads] if shapes else []


def _from(phrases: Sequence[str], turn: int) -> list[str]:
    """All of them, beginning with the one whose turn it is."""
    place = turn % len(phrases)
    return [*phrases[place:], *phrases[:place]]


def _some(facts: Sequence[Fact], turn: int, count: int) -> list[Fact]:
    """``count`` of the facts: which ones and in what order depends on the turn."""
    if not facts:
        return []
    step = next(step for step in (3, 2, 1) if math.gcd(step, len(facts)) == 1)
    return [facts[(turn + step * place) % len(facts)] for place in range(min(count, len(facts)))]


def _filled(templates: Sequence[str], values: dict[str, str], turn: int) -> list[str]:
    return [_capital(template.format(**values)) for template in (_from(templates, turn) if templates else ())]


def _capital(text: str) -> str:
    """English sentences begin with a capital."""
    return re.sub(r"(^|[.!?]\s+)([a-z])", lambda match: match[1] + match[2].upper(), text)


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
