"""The declaration of the support scenario: one task, the reply to a customer's message."""

import json
from collections.abc import Sequence

from workbench.evidence import Citation
from workbench.faq import FAQ
from workbench.findings import Finding
from workbench.language import detect, markers
from workbench.run import RunContext
from workbench.scenario import Scenario, Section, Task
from workbench.texts import Lang, text

from . import reading
from .checks import check_reply
from .compose import answer_all, compose_reply, settled_by_rule
from .models import Reply, ReplyDraft, ReplyRequest
from .notify.task import NotifyTask
from .policies import in_force, stamp
from .quality.task import QualityTask


class ReplyTask(Task[ReplyRequest, Reply, ReplyDraft]):
    """``support reply``: from a customer's message to a reply whose every fact has a source."""

    name = "reply"
    request = ReplyRequest
    deliverable = Reply
    draft = ReplyDraft

    def language(self, request: ReplyRequest, lang: Lang) -> Lang:
        """Customers are answered in their own language."""
        return detect(reading.without_orders(request.message) or request.message)

    def gather(self, request: ReplyRequest, context: RunContext) -> None:
        context.notes["answers"] = answer_all(request, context)

    def compose(self, request: ReplyRequest, context: RunContext) -> Reply:
        return compose_reply(request, context.notes["answers"], context)

    def brief(self, request: ReplyRequest, context: RunContext) -> dict[str, str]:
        lang = context.lang
        history = "\n".join(f"{turn.role}: {turn.text}" for turn in request.history[-10:])
        return {
            "message": request.message,
            "history": history or "-",
            "customer": json.dumps(request.customer, ensure_ascii=False, default=str) if request.customer else "-",
            "channel": text(f"scenarios.support:brief.{request.channel}", lang),
            "tone": text(f"scenarios.support:page.tone.{request.tone}", lang),
            "passages": "\n\n".join(map(_quoted, context.passages)) or "-",
        }

    def settle(self, request: ReplyRequest, draft: ReplyDraft, context: RunContext) -> Reply:
        """Code has the last word on the decision; a model words it.

        What no document may decide is decided by rule. A reply without a source declines. Where somebody tried to give
        orders, in the message or in a document, the decision is the one that the evidence alone gives.
        """
        ruled = compose_reply(request, context.notes["answers"], context)
        if settled_by_rule(request, context):
            return ruled
        known = {passage.marker for passage in context.passages}
        sourced = any(marker in known for marker, _, _ in markers(draft.reply))
        tried = reading.instructions(request.message) or any(
            reading.document_orders(passage.passage) for passage in context.passages
        )
        if tried and draft.decision != ruled.decision:
            return ruled
        if draft.decision == "reply" and not sourced:
            return compose_reply(request, [], context)
        team = ruled.team or reading.team(ruled.intent, context.lang)
        return ruled.model_copy(
            update={
                "reply": draft.reply,
                "decision": draft.decision,
                "reason": draft.reason,
                "team": team if draft.decision == "escalate" else "",
                "policies": in_force(draft.reply, context),
            }
        )

    def check(self, request: ReplyRequest, deliverable: Reply, context: RunContext) -> list[Finding]:
        return check_reply(request, deliverable, context.passages, context.lang)

    def revised(self, deliverable: Reply, text: str) -> Reply:
        return deliverable.model_copy(update={"reply": text})

    def text(self, deliverable: Reply) -> str:
        return deliverable.reply

    def sections(self, deliverable: Reply, lang: Lang) -> Sequence[Section]:
        def say(key: str) -> str:
            return text(f"scenarios.support:{key}", lang)

        rows = [
            (say("field.decision"), say(f"value.{deliverable.decision}")),
            (say("field.reason"), deliverable.reason),
            (say("field.team"), deliverable.team),
            (say("field.policies"), "\n".join(stamp(policy, lang) for policy in deliverable.policies)),
            (say("field.buttons"), " / ".join(deliverable.buttons)),
            (say("field.intent"), say(f"value.{deliverable.intent}")),
            (say("field.emotion"), say(f"value.{deliverable.emotion}")),
            (say("field.priority"), say(f"value.{deliverable.priority}")),
        ]
        return [
            Section(say("section.reply"), tuple(filter(None, deliverable.reply.split("\n")))),
            Section(
                say("section.facts"), table=((say("field.name"), say("field.value")), *(row for row in rows if row[1]))
            ),
        ]


def _quoted(passage: Citation) -> str:
    """A passage for the prompt, fenced by its marker so that the model can name it and cannot mistake it for orders."""
    page = f", p. {passage.page}" if passage.page else ""
    opening = f'<passage id="{passage.marker}" from="{passage.title}{page}">'
    return "\n".join((opening, passage.heading, reading.without_document_orders(passage.passage), "</passage>"))


SUPPORT = Scenario(
    slug="support",
    icon="support_agent",
    tasks=(ReplyTask(), NotifyTask(), QualityTask()),
    knowledge=("sample-support", FAQ),
)
