"""``support quality``: a rubric over replies, the worst first, with a note for each agent."""

import random
from collections import Counter
from collections.abc import Sequence
from statistics import mean
from typing import Any

from workbench.findings import Finding, Where
from workbench.run import RunContext
from workbench.scenario import Cell, Section, Task
from workbench.texts import Lang, text

from ..tables import rows_of
from .models import CRITERIA, Coaching, Marked, Quality, QualityDraft, QualityRequest
from .rubric import marks

_COLUMNS = {
    "message": ("message", "question", "消息", "客户消息", "问题"),
    "reply": ("reply", "answer", "回复", "客服回复"),
    "agent": ("agent", "客服", "坐席"),
}
PASSES = 80
"""Below this score a reply is worth talking about."""


class QualityTask(Task[QualityRequest, Quality, QualityDraft]):
    """Marks by code; a model may word the summary."""

    name = "quality"
    errors_block = False
    request = QualityRequest
    deliverable = Quality
    draft = QualityDraft

    def gather(self, request: QualityRequest, context: RunContext) -> None:
        table = context.files.read(request.file).text if request.file else ""
        items = [one for one in map(_item, [*rows_of(table), *request.items]) if one["message"] and one["reply"]]
        chance = random.Random(request.seed)  # noqa: S311  # which replies are looked at is no secret
        drawn = chance.sample(items, min(request.sample, len(items))) if request.sample else items
        marked = [_marked(number, one, context) for number, one in enumerate(drawn, 1)]
        context.notes["total"], context.notes["marked"] = len(items), sorted(marked, key=lambda one: one.score)

    def compose(self, request: QualityRequest, context: RunContext) -> Quality:
        marked: list[Marked] = context.notes["marked"]
        return Quality(
            summary=_summary(marked, context.notes["total"], context.lang),
            drawn=len(marked),
            total=context.notes["total"],
            marked=marked,
            coaching=_coaching(marked, context.lang),
        )

    def brief(self, request: QualityRequest, context: RunContext) -> dict[str, str]:
        composed = self.compose(request, context)
        remarks = [remark for one in composed.marked[:20] for mark in one.marks for remark in mark.remarks]
        return {"summary": composed.summary, "remarks": "\n".join(remarks) or "-"}

    def settle(self, request: QualityRequest, draft: QualityDraft, context: RunContext) -> Quality:
        return self.compose(request, context).model_copy(update={"summary": draft.summary})

    def check(self, request: QualityRequest, deliverable: Quality, context: RunContext) -> list[Finding]:
        """``quality.<criterion>`` for each remark, an error where accuracy or policy suffers."""
        return [
            Finding(
                rule=f"quality.{mark.criterion}",
                severity="error" if mark.criterion in ("accuracy", "policy") else "warning",
                message=f"{one.number}. {remark}",
                where=Where(quote=one.reply[:200]),
            )
            for one in deliverable.marked
            for mark in one.marks
            for remark in mark.remarks
        ]

    def revised(self, deliverable: Quality, text: str) -> Quality:
        return deliverable.model_copy(update={"summary": text})

    def text(self, deliverable: Quality) -> str:
        return deliverable.summary

    def sections(self, deliverable: Quality, lang: Lang) -> Sequence[Section]:
        def say(key: str) -> str:
            return text(f"scenarios.support:quality.{key}", lang)

        head = (say("head.number"), say("head.agent"), say("head.score"), *(say(f"head.{one}") for one in CRITERIA),
                say("head.message"), say("head.reply"), say("head.remarks"))  # fmt: skip
        rows: list[tuple[Cell, ...]] = [
            (one.number, one.agent, one.score, *(mark.score for mark in one.marks), one.message, one.reply,
             "\n".join(remark for mark in one.marks for remark in mark.remarks))
            for one in deliverable.marked
        ]  # fmt: skip
        agents = [(one.agent, one.replies, one.score, "\n".join(one.notes)) for one in deliverable.coaching]
        names = (say("head.agent"), say("head.replies"), say("head.score"), say("head.notes"))
        return [
            Section(say("summary"), tuple(filter(None, deliverable.summary.split("\n")))),
            Section(say("coaching"), table=(names, *agents) if agents else ()),
            Section(say("marks"), table=(head, *rows) if rows else ()),
        ]


def _item(row: dict[str, Any]) -> dict[str, Any]:
    given = {str(key).strip().casefold(): value for key, value in row.items()}
    found = {name: str(next((given[one] for one in names if given.get(one)), "")) for name, names in _COLUMNS.items()}
    customer = given.get("customer")
    return {**found, "customer": customer if isinstance(customer, dict) else {}}


def _marked(number: int, item: dict[str, Any], context: RunContext) -> Marked:
    found = marks(item["message"][:8000], item["reply"][:8000], item["customer"], context)
    score = round(mean(mark.score for mark in found))
    return Marked(
        number=number, agent=item["agent"], message=item["message"], reply=item["reply"], score=score, marks=found
    )


def _coaching(marked: Sequence[Marked], lang: Lang) -> list[Coaching]:
    """A note for each agent: the criterion that costs most, with how often, and one of the remarks."""
    found = []
    for agent in sorted({one.agent for one in marked}):
        own = [one for one in marked if one.agent == agent]
        lost = Counter({name: sum(100 - mark.score for one in own for mark in one.marks if mark.criterion == name)
                        for name in CRITERIA})  # fmt: skip
        notes = []
        for name, points in lost.most_common(2):
            remarks = [remark for one in own for mark in one.marks if mark.criterion == name for remark in mark.remarks]
            if points:
                notes.append(text(f"scenarios.support:quality.note.{name}", lang, count=len(remarks), what=remarks[0]))
        kept = notes or [text("scenarios.support:quality.note.fine", lang)]
        found.append(Coaching(agent=agent, replies=len(own), score=round(mean(one.score for one in own)), notes=kept))
    return found


def _summary(marked: Sequence[Marked], total: int, lang: Lang) -> str:
    if not marked:
        return text("scenarios.support:quality.nothing", lang)
    low = sum(one.score < PASSES for one in marked)
    by = {
        name: round(mean(mark.score for one in marked for mark in one.marks if mark.criterion == name))
        for name in CRITERIA
    }
    parts = "，" if lang == "zh" else ", "
    told = parts.join(f"{text(f'scenarios.support:quality.head.{name}', lang)} {score}" for name, score in by.items())
    return text("scenarios.support:quality.total", lang, drawn=len(marked), total=total, low=low, marks=told,
                score=round(mean(one.score for one in marked)))  # fmt: skip
