"""``marketing design``: a need in; hierarchy, sizes, directions and sketches for a designer out."""

from collections.abc import Sequence
from functools import partial

from workbench.findings import Finding, Severity, Where
from workbench.run import RunContext
from workbench.scenario import Extra, Section, Task
from workbench.texts import Lang, text

from ..creative.facts import Fact, gather
from ..law.violations import Context, findings
from .brief import designed, language, placements, with_headline
from .document import document, drawn
from .models import Design, DesignDraft, DesignRequest, Direction, Sketch

_FULL = 2000
"""Pixels of an exported sketch's longer side."""


class DesignTask(Task[DesignRequest, Design, DesignDraft]):
    """Sizes, colours and sketches come from code; a model may find the headline and the words of the brief."""

    name = "design"
    request, deliverable, draft = DesignRequest, Design, DesignDraft

    def language(self, request: DesignRequest, lang: Lang) -> Lang:
        return language(request)

    def gather(self, request: DesignRequest, context: RunContext) -> None:
        for words in ("", "特点 功能 规格 feature"):
            context.retrieve(f"{request.product} {words}".strip(), limit=5)
        known = gather(request.product, request.facts, context.passages, context.lang)
        lawful = _context(request)
        context.notes["facts"] = [fact for fact in known if not findings(fact.text, lawful, context.lang)]

    def compose(self, request: DesignRequest, context: RunContext) -> Design:
        return designed(request, context.notes["facts"], context.lang)

    def brief(self, request: DesignRequest, context: RunContext) -> dict[str, str]:
        facts: list[Fact] = context.notes["facts"]
        return {
            "product": request.product,
            "need": request.need or "-",
            "audience": request.audience or "-",
            "facts": "\n".join(f"- {fact.text}" for fact in facts) or "-",
            "summary": designed(request, facts, context.lang).summary,
        }

    def settle(self, request: DesignRequest, draft: DesignDraft, context: RunContext) -> Design:
        """A model's words stand where they are lawful."""
        made = designed(request, context.notes["facts"], context.lang)
        lawful = _context(request)
        headline, words = draft.headline.strip(), draft.summary.strip()
        if headline and not request.headline and not findings(headline, lawful, context.lang):
            made = with_headline(request, made, headline, context.lang)
        if words and not findings(words, lawful, context.lang):
            made = made.model_copy(update={"summary": words})
        return made

    def recomputed(self, request: DesignRequest, deliverable: Design, lang: Lang) -> Design:
        headline = next((one.text for one in deliverable.messages if one.level == "headline"), request.product)
        return with_headline(request, deliverable, headline, lang)

    def check(self, request: DesignRequest, deliverable: Design, context: RunContext) -> list[Finding]:
        lang, lawful = context.lang, _context(request)
        found = []
        for message in deliverable.messages:
            found += findings(message.text, lawful, lang)
        for one in deliverable.directions:
            weak = [
                pair
                for pair in one.contrasts
                if not (pair.aa if pair.use in ("text", "soft", "button") else pair.aa_large)
            ]
            for pair in weak:
                values = {
                    "name": one.name,
                    "front": pair.foreground,
                    "back": pair.background,
                    "ratio": f"{pair.ratio:.2f}",
                }
                found.append(_finding("design.contrast", "error", lang, **values))
        headline = next((message.text for message in deliverable.messages if message.level == "headline"), "")
        for place in deliverable.placements:
            if len(headline) > place.headline_limit:
                values = {"name": place.name, "limit": str(place.headline_limit), "long": str(len(headline))}
                found.append(_finding("design.headline_long", "warning", lang, headline, **values))
        for words in placements(request, lang)[1]:
            found.append(_finding("design.placement_unknown", "warning", lang, words, words=words))
        if not any(message.level in ("support", "proof") for message in deliverable.messages):
            found.append(_finding("design.no_facts", "warning", lang))
        doubtful = [place.name for place in deliverable.placements if place.confirm]
        if doubtful:
            found.append(_finding("design.confirm_sizes", "info", lang, names=doubtful))
        return found

    def revised(self, deliverable: Design, text: str) -> Design:
        return deliverable.model_copy(update={"summary": text})

    def text(self, deliverable: Design) -> str:
        return deliverable.summary

    def sections(self, deliverable: Design, lang: Lang) -> Sequence[Section]:
        return document(deliverable, lang)

    def extras(self, request: DesignRequest, deliverable: Design, context: RunContext) -> Sequence[Extra]:
        """Each sketch as PNG and, to work on, as SVG."""
        names = {place.id: place.name for place in deliverable.placements}
        made = []
        for one in deliverable.directions:
            for sketch in one.sketches:
                title = f"{one.name} · {names.get(sketch.placement, sketch.placement)}"
                made.append(Extra(f"{_file(one, sketch)}.png", f"{title} PNG", partial(_png, sketch)))
                made.append(Extra(f"{_file(one, sketch)}.svg", f"{title} SVG", sketch.svg.encode))
        return made


def _file(one: Direction, sketch: Sketch) -> str:
    return f"sketch-{one.id}-{sketch.placement}"


def _png(sketch: Sketch) -> bytes:
    return drawn(sketch.svg, sketch.width, sketch.height, _FULL)


def _context(request: DesignRequest) -> Context:
    return Context(request.industry, names=(request.product, request.brand))


def _finding(rule: str, severity: Severity, lang: Lang, quote: str = "", **values: object) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        message=text(f"scenarios.marketing:{rule}", lang, **values),
        where=Where(quote=quote),
        suggestion=text(f"scenarios.marketing:{rule}.fix", lang),
    )
