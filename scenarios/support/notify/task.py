"""``support notify``: a table of customers to messages that may be sent, each with the reason where it may not."""

from collections.abc import Sequence
from datetime import datetime

from workbench.findings import Finding
from workbench.run import RunContext
from workbench.scenario import Section, Task
from workbench.texts import Lang, text

from ..guard import Sources, record, unsupported
from ..tables import rows_of
from .models import Notices, NotifyDraft, NotifyRequest
from .segments import facts_of, notice, rules, segment_of, variables

_BETWEEN = "\n\n---\n\n"


class NotifyTask(Task[NotifyRequest, Notices, NotifyDraft]):
    """Rules make the messages; a chat model may only word the templates."""

    name = "notify"
    request = NotifyRequest
    deliverable = Notices
    draft = NotifyDraft

    def gather(self, request: NotifyRequest, context: RunContext) -> None:
        table = context.files.read(request.file).text if request.file else ""
        context.notes["rows"] = [*rows_of(table), *request.customers]

    def compose(self, request: NotifyRequest, context: RunContext) -> Notices:
        now = datetime.now().astimezone().replace(second=0, microsecond=0)
        made = []
        for row in context.notes["rows"]:
            facts = facts_of(row)
            segment = segment_of(facts, (request.at or now).date())
            if segment in request.segments:
                made.append(notice(facts, segment, request, now, context.lang))
        sending = [one for one in made if one.state == "ready"]
        note = "" if sending else text("scenarios.support:notify.none", context.lang, count=len(made))
        return Notices(messages=made, note=note)

    def brief(self, request: NotifyRequest, context: RunContext) -> dict[str, str]:
        known = rules()["segments"]
        return {"templates": "\n".join(f"{name}: {known[name][context.lang]}" for name in request.segments)}

    def settle(self, request: NotifyRequest, draft: NotifyDraft, context: RunContext) -> Notices:
        """A wording stands when it asks for the same variables as the template that it replaces."""
        worded = {
            one.segment: one.text
            for one in draft.templates
            if variables(one.text) == variables(rules()["segments"][one.segment][context.lang])
        }
        return self.compose(request.model_copy(update={"templates": {**worded, **request.templates}}), context)

    def check(self, request: NotifyRequest, deliverable: Notices, context: RunContext) -> list[Finding]:
        """``support.unsupported_*`` for what a message states and the row does not; ``notify.held`` for each held."""
        found = []
        for message in deliverable.messages:
            sources = Sources((), record(message.facts), "")
            for fact in unsupported(message.text, (), sources) if message.text else ():
                said = text(f"scenarios.support:guard.{fact.kind}", context.lang, said=fact.said)
                found.append(_finding(f"support.unsupported_{fact.kind}", "error", message.customer, said))
            if message.state == "held":
                found.append(_finding("notify.held", "warning", message.customer, message.reason))
        return found

    def revised(self, deliverable: Notices, text: str) -> Notices:
        """The words of the messages that are ready, one after the other; what is more stands with the last."""
        ready = [place for place, one in enumerate(deliverable.messages) if one.state == "ready"]
        if not ready:
            return deliverable.model_copy(update={"note": text})
        parts = text.split(_BETWEEN, len(ready) - 1)
        parts += [""] * (len(ready) - len(parts))
        words = dict(zip(ready, parts, strict=True))
        messages = [
            one.model_copy(update={"text": words[place]}) if place in words else one
            for place, one in enumerate(deliverable.messages)
        ]
        return deliverable.model_copy(update={"messages": messages})

    def text(self, deliverable: Notices) -> str:
        ready = [one.text for one in deliverable.messages if one.state == "ready"]
        return _BETWEEN.join(ready) if ready else deliverable.note

    def sections(self, deliverable: Notices, lang: Lang) -> Sequence[Section]:
        def say(key: str) -> str:
            return text(f"scenarios.support:notify.{key}", lang)

        names = ("customer", "segment", "channel", "state", "send_at", "text", "reason", "template")
        rows = [
            (
                one.customer, say(f"segment.{one.segment}"), one.channel, say(f"state.{one.state}"),
                one.send_at.strftime("%Y-%m-%d %H:%M") if one.send_at else "", one.text, one.reason, one.template,
            )
            for one in deliverable.messages
        ]  # fmt: skip
        note = (deliverable.note,) if deliverable.note else ()
        table = (tuple(say(f"head.{name}") for name in names), *rows) if rows else ()
        return [Section(say("heading"), paragraphs=note, table=table)]


def _finding(rule: str, severity: str, customer: str, message: str) -> Finding:
    return Finding.model_validate(
        {"rule": rule, "severity": severity, "message": f"{customer}: {message}" if customer else message}
    )
