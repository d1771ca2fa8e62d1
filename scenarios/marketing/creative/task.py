"""``marketing creative``: from a brief to variants by channel, audience and angle, each claim with its source."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import get_args

from workbench.findings import Finding, Severity, Where
from workbench.language import detect, folded
from workbench.run import RunContext
from workbench.scenario import Extra, Section, Task
from workbench.texts import Lang, text

from ..law.rewriting import rewrite
from ..law.violations import Context, findings
from ..results.task import learned
from ..voice.models import Voice
from ..voice.profile import likeness
from ..voice.task import heard
from .claims import UNPROVEN, alike, ledger
from .compose import cells, compose, fitted, formats
from .facts import Fact, gather, names
from .kit import kit, slug
from .lengths import length
from .models import Angle, Creative, CreativeDraft, CreativeRequest, Tone, Variant

_SEARCHES = ("", "规格 参数 容量 功率 specification", "特点 功能 使用 feature", "保修 售后 价格 warranty price")
_PARTS = ("headline", "body", "call_to_action", "hashtags")


class CreativeTask(Task[CreativeRequest, Creative, CreativeDraft]):
    """Both writers pass the same limits and checks; what breaks the law is rewritten before anybody sees it."""

    name = "creative"
    request, deliverable, draft = CreativeRequest, Creative, CreativeDraft

    def language(self, request: CreativeRequest, lang: Lang) -> Lang:
        """The copy is written in the language of the brief."""
        return detect("\n".join([request.product, *request.facts, *request.audiences, request.offer]))

    def gather(self, request: CreativeRequest, context: RunContext) -> None:
        for words in _SEARCHES:
            context.retrieve(f"{request.product} {words}".strip(), limit=5)
        passages = context.passages
        context.notes["voice"] = heard(request.voice, context) if request.voice else None
        context.notes["lessons"] = learned(request.learn_from, context)
        context.notes["facts"] = _lawful(gather(request.product, request.facts, passages, context.lang), request)

    def compose(self, request: CreativeRequest, context: RunContext) -> Creative:
        facts: list[Fact] = context.notes["facts"]
        voice: Voice | None = context.notes.get("voice")
        request = _taught(request, context)
        tones: Sequence[Tone] = get_args(Tone) if voice else (request.tone,)
        takes = [
            self._settled(request, compose(request.model_copy(update={"tone": tone}), facts, context.lang), context)
            for tone in tones
        ]
        nearest = [max(take, key=lambda one: one.voice.score if one.voice else 0) for take in zip(*takes, strict=True)]
        return self._whole(nearest, context)

    def brief(self, request: CreativeRequest, context: RunContext) -> dict[str, str]:
        request = _taught(request, context)
        voice: Voice | None = context.notes.get("voice")
        wanted = "\n".join(
            f"- channel={cell.channel} angle={cell.angle} audience={cell.audience or '-'} "
            f"(headline <= {formats()[cell.channel].headline}, body <= {formats()[cell.channel].body})"
            for cell in cells(request)[:60]
        )
        facts: list[Fact] = context.notes["facts"]
        return {
            "product": request.product,
            "facts": "\n".join(f"- {fact.text} {fact.source}" for fact in facts) or "-",
            "tone": request.tone,
            "offer": request.offer or "-",
            "must_say": "\n".join(request.must_say) or "-",
            "never_say": ", ".join([*request.never_say, *request.competitors]) or "-",
            "wanted": wanted,
            "voice": voice.summary if voice else "-",
            "lessons": "\n".join(sentence for _, sentence in context.notes.get("lessons", ())) or "-",
        }

    def settle(self, request: CreativeRequest, draft: CreativeDraft, context: RunContext) -> Creative:
        made = [
            Variant(id=f"{variant.channel}-{number:03d}", **variant.model_dump())
            for number, variant in enumerate(draft.variants, 1)
        ]
        return self._whole(self._settled(request, made, context), context)

    def check(self, request: CreativeRequest, deliverable: Creative, context: RunContext) -> list[Finding]:
        whole = self.text(deliverable)
        found = [
            finding
            for variant in deliverable.variants
            for finding in _variant_findings(request, variant, whole, context.lang)
        ]
        if not any(claim.source != UNPROVEN for variant in deliverable.variants for claim in variant.claims):
            found.append(_finding("creative.no_facts", "warning", "", whole, context.lang))
        return [*found, *_twins(deliverable.variants, whole, context.lang)]

    def revised(self, deliverable: Creative, text: str) -> Creative:
        return deliverable.model_copy(update={"variants": _read(text, deliverable.variants), "edited": text})

    def text(self, deliverable: Creative) -> str:
        return deliverable.edited or "\n\n".join(map(_rendered, deliverable.variants))

    def sections(self, deliverable: Creative, lang: Lang) -> Sequence[Section]:
        def say(key: str) -> str:
            return text(f"scenarios.marketing:{key}", lang)

        columns = ("id", "channel", "angle", "audience", *_PARTS)
        rows = [
            (
                variant.id,
                say(f"form.channels.{variant.channel}"),
                say(f"form.angles.{variant.angle}"),
                variant.audience,
                variant.headline,
                variant.body,
                variant.call_to_action,
                " ".join(f"#{tag}" for tag in variant.hashtags),
            )
            for variant in deliverable.variants
        ]
        claims = [
            (
                variant.id,
                claim.text,
                say(f"source.{claim.source}") if claim.source in ("brief", UNPROVEN) else claim.source,
            )
            for variant in deliverable.variants
            for claim in variant.claims
        ]
        header = tuple(say(f"creative.column.{name}") for name in columns)
        ledger_header = tuple(say(f"creative.column.{name}") for name in ("id", "claim", "source"))
        scored = [(one.id, one.voice.score, "；".join(one.voice.reasons)) for one in deliverable.variants if one.voice]
        scores = (tuple(say(f"creative.column.{name}") for name in ("id", "score", "reasons")), *scored)
        return [
            Section(say("creative.section.variants"), table=(header, *rows)),
            Section(say("creative.section.claims"), table=(ledger_header, *claims)),
            *([Section(say("creative.section.lessons"), tuple(deliverable.lessons))] if deliverable.lessons else []),
            *([Section(f"{say('task.voice')} · {deliverable.voice}", table=scores)] if scored else []),
        ]

    def extras(self, request: CreativeRequest, deliverable: Creative, context: RunContext) -> Sequence[Extra]:
        """The A/B kit."""
        campaign = slug(request.campaign or request.product)
        title = text("scenarios.marketing:creative.kit", context.lang)
        return (Extra("variants.csv", title, partial(kit, deliverable.variants, request.link, campaign)),)

    def _settled(self, request: CreativeRequest, made: Sequence[Variant], context: RunContext) -> list[Variant]:
        """Lawful, within the limits, with its ledger."""
        brief = [*request.facts, *request.must_say, request.offer]
        voice: Voice | None = context.notes.get("voice")
        settled = []
        for variant in made:
            known = _context(request, variant)
            lawful = {
                part: rewrite(getattr(variant, part), known).text
                for part in ("headline", "body")
                if getattr(variant, part)
            }
            variant = fitted(variant.model_copy(update=lawful))
            named = sorted({*names(request.product), request.product, request.brand} - {""}, key=len, reverse=True)
            words = f"{variant.headline}\n{variant.body}"
            claims = ledger(words, context.passages, brief, named)
            score = likeness(voice, words, context.lang) if voice else None
            settled.append(variant.model_copy(update={"claims": claims, "voice": score}))
        return settled

    def _whole(self, variants: list[Variant], context: RunContext) -> Creative:
        voice: Voice | None = context.notes.get("voice")
        sentences = [sentence for _, sentence in context.notes.get("lessons", ())]
        return Creative(variants=variants, lessons=sentences, voice=voice.name if voice else "")


def _taught(request: CreativeRequest, context: RunContext) -> CreativeRequest:
    """The brief with its angles in the order of what won before: by clicks first, which the angle is there for."""
    wins = {"ctr": Counter[str](), "cvr": Counter[str]()}
    for lesson, _ in context.notes.get("lessons", ()):
        if lesson.channel in request.channels:
            wins[lesson.metric][lesson.better] += 1
            wins[lesson.metric][lesson.worse] -= 1
    asked = request.angles or get_args(Angle)
    angles = sorted(asked, key=lambda angle: (-wins["ctr"][angle], -wins["cvr"][angle]))
    return request.model_copy(update={"angles": angles})


def _context(request: CreativeRequest, variant: Variant) -> Context:
    channel = "" if variant.channel == "sms" else variant.channel  # the composer signs messages itself; see the check
    return Context(request.industry, channel, (request.product, request.brand), request.competitors, request.never_say)


def _lawful(facts: Sequence[Fact], request: CreativeRequest) -> list[Fact]:
    """The facts that may be said at all."""
    return [
        fact for fact in facts if not findings(fact.text, Context(request.industry, names=(request.product,)), "zh")
    ]


def _variant_findings(request: CreativeRequest, variant: Variant, whole: str, lang: Lang) -> Iterator[Finding]:
    form = formats()[variant.channel]
    limits = {"headline": form.headline, "body": form.body, "call_to_action": form.call_to_action}
    for part, limit in limits.items():
        long = length(getattr(variant, part), form.measure)
        if long > limit:
            values = {"part": text(f"scenarios.marketing:creative.column.{part}", lang), "long": long, "limit": limit}
            yield _finding("creative.too_long", "error", getattr(variant, part), whole, lang, **values)
    if len(variant.hashtags) > form.hashtags:
        values = {"part": "#", "long": len(variant.hashtags), "limit": form.hashtags}
        yield _finding("creative.too_long", "error", " ".join(variant.hashtags), whole, lang, **values)
    known = Context(
        request.industry, variant.channel, (request.product, request.brand), request.competitors, request.never_say
    )
    for part in (variant.headline, variant.body):
        for finding in findings(part, known, lang) if part else ():
            place = whole.find(part)
            start = place + (finding.where.start or 0) if place >= 0 else None
            end = start + len(finding.where.quote) if start is not None else None
            yield finding.model_copy(update={"where": Where(quote=finding.where.quote, start=start, end=end)})
    for claim in variant.claims:
        if claim.source == UNPROVEN:
            yield _finding("creative.unproven", "warning", claim.text, whole, lang, claim=claim.text)
    said = folded(f"{variant.headline}{variant.body}")
    for line in request.must_say:
        if folded(line).rstrip("。.") not in said:
            yield _finding("creative.must_say", "warning", variant.id, whole, lang, id=variant.id, line=line)
    if repeated := alike(f"{variant.headline}\n{variant.body}", request.past_copy):
        yield _finding(
            "creative.repeats_past", "warning", variant.headline or variant.body[:20], whole, lang, past=repeated[:40]
        )


def _twins(variants: Sequence[Variant], whole: str, lang: Lang) -> Iterator[Finding]:
    """Variants of one channel that say almost the same."""
    for first, second in combinations(variants, 2):
        same = first.channel == second.channel and first.body == second.body and first.headline == second.headline
        if same:
            yield _finding("creative.twins", "info", second.id, whole, lang, first=first.id, second=second.id)


def _finding(rule: str, severity: Severity, quote: str, whole: str, lang: Lang, **values: object) -> Finding:
    place = whole.find(quote) if quote else -1
    return Finding(
        rule=rule,
        severity=severity,
        message=text(f"scenarios.marketing:{rule}", lang, **values),
        where=Where(quote=quote, start=place, end=place + len(quote)) if place >= 0 else Where(quote=quote),
        suggestion=text(f"scenarios.marketing:{rule}.fix", lang),
    )


def _rendered(variant: Variant) -> str:
    tags = " ".join(f"#{tag}" for tag in variant.hashtags)
    lines = [
        f"【{variant.id}】",
        variant.headline,
        variant.body,
        f"→ {variant.call_to_action}" if variant.call_to_action else "",
        tags,
    ]
    return "\n".join(filter(None, lines))


def _read(edited: str, variants: Sequence[Variant]) -> list[Variant]:
    """The variants as a person edited them; what follows a variant's id up to the next one belongs to it.

    Only the words of headline and body are taken over: the line that was the headline stays one.
    """
    blocks = dict(re.findall(r"^【([a-z_]+-\d+)】\n(.*?)(?=\n+^【[a-z_]+-\d+】|\Z)", edited, flags=re.M | re.S))
    read = []
    for variant in variants:
        lines = blocks.get(variant.id, "").strip().splitlines()
        if not lines:
            continue  # a person struck it out
        headline = lines.pop(0) if variant.headline else ""
        body = [line for line in lines if not line.startswith(("→ ", "#"))]
        read.append(variant.model_copy(update={"headline": headline, "body": "\n".join(body).strip()}))
    return read
