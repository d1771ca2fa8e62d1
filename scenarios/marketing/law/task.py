"""``marketing check``: does the copy keep the law, and how would it read if it did."""

from collections.abc import Sequence

from workbench.findings import Finding
from workbench.language import detect
from workbench.run import RunContext
from workbench.scenario import Section, Task
from workbench.texts import Lang, text

from .models import CheckedCopy, CheckRequest, RewriteDraft
from .rewriting import rewrite
from .violations import Context, findings, sector_names


class CheckTask(Task[CheckRequest, CheckedCopy, RewriteDraft]):
    """The findings are the result: they never block."""

    name = "check"
    errors_block = False
    request, deliverable, draft = CheckRequest, CheckedCopy, RewriteDraft

    def language(self, request: CheckRequest, lang: Lang) -> Lang:
        return lang

    def gather(self, request: CheckRequest, context: RunContext) -> None:
        """The rules cite their articles themselves."""

    def compose(self, request: CheckRequest, context: RunContext) -> CheckedCopy:
        return _checked(request, request.text)

    def brief(self, request: CheckRequest, context: RunContext) -> dict[str, str]:
        found = findings(request.text, _context(request), context.lang)
        listed = "\n".join(f"- {item.where.quote}: {item.message} {item.suggestion}" for item in found)
        return {
            "text": request.text,
            "industry": request.industry or "-",
            "channel": request.channel or "-",
            "findings": listed or "-",
            "language": detect(request.text),
        }

    def settle(self, request: CheckRequest, draft: RewriteDraft, context: RunContext) -> CheckedCopy:
        """A model's version counts when it passes the check; otherwise the deterministic one stands."""
        checked = _checked(request, request.text)
        words = draft.rewritten.strip()
        if words and not findings(words, _context(request), context.lang):
            return checked.model_copy(update={"rewritten": words, "passes": True})
        return checked

    def check(self, request: CheckRequest, deliverable: CheckedCopy, context: RunContext) -> list[Finding]:
        return findings(deliverable.text, _context(request), context.lang)

    def revised(self, deliverable: CheckedCopy, text: str) -> CheckedCopy:
        made = rewrite(text, Context(industry=" ".join(deliverable.sectors)))
        return deliverable.model_copy(update={"text": text, "rewritten": made.text, "passes": made.passes})

    def text(self, deliverable: CheckedCopy) -> str:
        return deliverable.text

    def sections(self, deliverable: CheckedCopy, lang: Lang) -> Sequence[Section]:
        def say(key: str) -> str:
            return text(f"scenarios.marketing:{key}", lang)

        found = findings(deliverable.text, Context(industry=" ".join(deliverable.sectors)), lang)
        table = (
            tuple(say(f"check.column.{name}") for name in ("words", "severity", "reason", "basis", "fix")),
            *((item.where.quote, say(f"severity.{item.severity}"), item.message, item.basis, item.suggestion)
              for item in found),
        )  # fmt: skip
        return [
            Section(say("check.section.text"), tuple(filter(None, deliverable.text.split("\n"))), quoted=True),
            Section(say("check.section.findings"), table=table)
            if found
            else Section(say("check.section.findings"), (say("check.none"),)),
            Section(
                say("check.section.rewritten"),
                tuple(filter(None, deliverable.rewritten.split("\n"))) or (say("check.nothing_left"),),
            ),
        ]


def _context(request: CheckRequest) -> Context:
    return Context(request.industry, request.channel, request.brand_words, request.competitors, request.banned)


def _checked(request: CheckRequest, copy: str) -> CheckedCopy:
    made = rewrite(copy, _context(request))
    return CheckedCopy(text=copy, rewritten=made.text, passes=made.passes, sectors=sector_names(copy, request.industry))
