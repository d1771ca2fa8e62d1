"""``marketing seo``: from seeds and the knowledge base to keyword groups with titles and descriptions."""

from collections.abc import Sequence

from workbench.findings import Finding, Where
from workbench.language import detect, figures
from workbench.run import RunContext
from workbench.scenario import Section, Task
from workbench.texts import Lang, text

from ..creative.facts import Fact, gather
from ..law.violations import Context, findings
from .groups import groups
from .measures import limit, shown
from .models import Group, Seo, SeoDraft, SeoRequest

_SEARCHES = ("", "规格 参数 specification", "使用 清洁 use clean", "保修 退换 价格 warranty returns price")


class SeoTask(Task[SeoRequest, Seo, SeoDraft]):
    """Code groups and measures; a model may find better titles within the same limits."""

    name = "seo"
    request, deliverable, draft = SeoRequest, Seo, SeoDraft

    def language(self, request: SeoRequest, lang: Lang) -> Lang:
        return detect("\n".join([request.product, *request.seeds]))

    def gather(self, request: SeoRequest, context: RunContext) -> None:
        for words in _SEARCHES:
            context.retrieve(f"{request.product} {words}".strip(), limit=5)
        for seed in request.seeds:
            context.retrieve(seed, limit=3)
        found = gather(request.product, request.facts, context.passages, context.lang)
        lawful = [fact for fact in found if not findings(fact.text, Context(names=(request.product,)), "zh")]
        context.notes["facts"] = lawful

    def compose(self, request: SeoRequest, context: RunContext) -> Seo:
        facts: list[Fact] = context.notes["facts"]
        made = groups(request, facts, context.passages, context.lang)
        gaps = [word.text for group in made for word in group.keywords if not word.source]
        count = sum(len(group.keywords) for group in made)
        values = {"groups": len(made), "keywords": count, "answered": count - len(gaps)}
        said = text("scenarios.marketing:seo.summary", context.lang, **values)
        return Seo(product=request.product, engine=request.engine, groups=made, gaps=gaps, summary=said)

    def brief(self, request: SeoRequest, context: RunContext) -> dict[str, str]:
        facts: list[Fact] = context.notes["facts"]
        made = self.compose(request, context).groups
        wanted = [
            f"{number}. {group.intent}: {'、'.join(word.text for word in group.keywords)}"
            for number, group in enumerate(made, 1)
        ]
        return {
            "product": request.product,
            "brand": request.brand or "-",
            "facts": "\n".join(f"- {fact.text}" for fact in facts) or "-",
            "groups": "\n".join(wanted),
            "title": str(limit("title", "baidu") // 2),
            "description": str(limit("description", "baidu") // 2),
        }

    def settle(self, request: SeoRequest, draft: SeoDraft, context: RunContext) -> Seo:
        """A model's page stands where it fits, is lawful and states only figures of the facts."""
        whole = self.compose(request, context)
        known = figures("\n".join([fact.text for fact in context.notes["facts"]] + [request.product]))
        made = list(whole.groups)
        for page in draft.pages:
            if page.group > len(made):
                continue
            old = made[page.group - 1]
            words = {"title": page.title.strip(), "description": page.description.strip()}
            lengths = {
                "title_length": shown(words["title"], "title", request.engine),
                "description_length": shown(words["description"], "description", request.engine),
            }
            new = old.model_copy(update=words | lengths)
            said = f"{new.title}\n{new.description}"
            if all(words.values()) and not figures(said) - known and not _wrong(new, request, context.lang):
                made[page.group - 1] = new
        return whole.model_copy(update={"groups": made})

    def check(self, request: SeoRequest, deliverable: Seo, context: RunContext) -> list[Finding]:
        found = [one for group in deliverable.groups for one in _wrong(group, request, context.lang)]
        if deliverable.gaps:
            count = len(deliverable.gaps)
            message = text("scenarios.marketing:seo.gaps", context.lang, count=count, words=deliverable.gaps[:8])
            fix = text("scenarios.marketing:seo.gaps.fix", context.lang)
            found.append(Finding(rule="seo.gaps", severity="info", message=message, suggestion=fix))
        return found

    def revised(self, deliverable: Seo, text: str) -> Seo:
        return deliverable.model_copy(update={"summary": text})

    def text(self, deliverable: Seo) -> str:
        return deliverable.summary

    def sections(self, deliverable: Seo, lang: Lang) -> Sequence[Section]:
        def say(key: str) -> str:
            return text(f"scenarios.marketing:seo.{key}", lang)

        pages = [
            (
                group.seed,
                say(f"intent.{group.intent}"),
                group.title,
                group.title_length,
                group.description,
                group.description_length,
            )
            for group in deliverable.groups
        ]
        words = [
            (word.text, group.seed, say(f"intent.{group.intent}"), word.source or say("no_answer"))
            for group in deliverable.groups
            for word in group.keywords
        ]
        columns = ("seed", "intent", "title", "title_length", "description", "description_length")
        return [
            Section(say("section.summary"), tuple(deliverable.summary.split("\n"))),
            Section(say("section.pages"), table=(tuple(say(f"column.{name}") for name in columns), *pages)),
            Section(
                say("section.keywords"),
                table=(tuple(say(f"column.{name}") for name in ("keyword", "seed", "intent", "source")), *words),
            ),
        ]


def _wrong(group: Group, request: SeoRequest, lang: Lang) -> list[Finding]:
    """What breaks the engine's length or the law in a page's title and description."""
    found = []
    for part, long in (("title", group.title_length), ("description", group.description_length)):
        words = group.title if part == "title" else group.description
        most = limit("title" if part == "title" else "description", request.engine)
        if long > most:
            values = {"part": text(f"scenarios.marketing:seo.column.{part}", lang), "long": long, "limit": most}
            message = text("scenarios.marketing:creative.too_long", lang, **values)
            found.append(Finding(rule="seo.too_long", severity="error", message=message, where=Where(quote=words)))
        known = Context(names=tuple(filter(None, (request.product, request.brand))))
        found += [
            one.model_copy(update={"where": Where(quote=one.where.quote)}) for one in findings(words, known, lang)
        ]
    return found
