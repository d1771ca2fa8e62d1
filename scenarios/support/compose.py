"""Writes a reply without a model: each question of the message answered by quoted evidence, or passed on."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.run import RunContext
from workbench.texts import Lang, text

from . import reading
from .answers import SURE, Answer, Unit, answer, subjects
from .models import Decision, Emotion, Intent, Priority, Reply, ReplyRequest
from .reading import Question

_UNFRAMED = frozenset({"thanks", "decline.danger"})
"""Texts that carry their own greeting or want none."""


def compose_reply(request: ReplyRequest, answers: Sequence[Answer], context: RunContext) -> Reply:
    """The reply. ``answers`` holds one entry for each question, as :func:`answer_all` found them."""
    lang = context.lang
    message = reading.without_orders(request.message)
    intent = reading.intent(message)
    emotion = reading.emotion(message)
    priority = reading.priority(message, emotion)
    team = reading.team(intent, lang)

    def reply(decision: Decision, body: str, reason: str, to: str = "", *, closing: bool = False) -> Reply:
        return Reply(
            reply=_framed(request, emotion, body, lang, closing),
            decision=decision,
            reason=reason,
            intent=intent,
            emotion=emotion,
            priority=priority,
            language=lang,
            team=to,
        )

    if special := _without_evidence(request, message, intent, priority):
        decision, key, reason = special
        if key in ("decline.danger", "decline.threat"):
            team = reading.team("complaint", lang)
        said = reply(decision, _say(key, lang, team=team), _say(reason, lang), team if decision == "escalate" else "")
        return said.model_copy(update={"reply": _say(key, lang, team=team)}) if key in _UNFRAMED else said
    answered = [found for found in answers if found.confidence >= SURE and found.units]
    if not answered:
        return reply("escalate", _say("decline", lang, team=team), _say("reason.none", lang), team)
    body, open_teams = _body(answers, answered, context)
    if open_teams:
        reason = _say("reason.part", lang, count=len(answers), open=len(answers) - len(answered))
        return reply("reply", body, reason, open_teams[0], closing=True)
    reason = _say("reason.one", lang) if len(answers) == 1 else _say("reason.reply", lang, count=len(answers))
    return reply("reply", body, reason, closing=True)


def answer_all(request: ReplyRequest, context: RunContext) -> list[Answer]:
    """What the evidence says to each question; earlier words of the customer give a short message its subject."""
    earlier = [reading.without_orders(turn.text) for turn in request.history if turn.role == "customer"]
    message = reading.without_orders(request.message)
    asked = reading.questions(message)[:6]
    if earlier and len(message) < 30:
        asked = [replace(question, context=f"{earlier[-1][-200:]} {question.context}".strip()) for question in asked]
    if len(asked) > 1:
        asked = _about(asked, subjects(message, context), message)
    return [answer(question, context) for question in asked]


def _about(asked: Sequence[Question], named: Sequence[str], message: str) -> list[Question]:
    """Each question that names no subject gets what the message last named before it."""
    settled = []
    for question in asked:
        if not any(name in question.query for name in named):
            before = message[: max(message.find(question.asked), 0)]
            past = [name for name in named if name in before]
            if past:
                last = max(past, key=before.rfind)
                question = replace(question, context=f"{question.context} {last}".strip())
        settled.append(question)
    return settled


def _without_evidence(
    request: ReplyRequest, message: str, intent: Intent, priority: Priority
) -> tuple[Decision, str, str] | None:
    """(decision, reply text, reason text) where no document shall decide. ``message`` holds no orders any more."""
    if not message:
        return "escalate", "decline", "reason.orders"
    if priority == "urgent":
        return "escalate", "decline.danger", "reason.danger"
    if intent == "human":
        return "escalate", "decline.human", "reason.human"
    if reading.is_threat(message):
        return "escalate", "decline.threat", "reason.threat"
    if priority == "high" and reading.demands(message):
        return "escalate", "decline.threat", "reason.angry"
    if intent == "thanks" and len(message) < 40 and not reading.asks(message):
        return "reply", "thanks", "reason.thanks"
    if reading.is_own_order(message):
        known = bool(request.customer) or reading.has_order_number(message)
        return ("escalate", "decline.order", "reason.order") if known else ("clarify", "clarify.order", "reason.vague")
    if not request.history and reading.is_vague(message):
        return "clarify", "clarify", "reason.vague"
    return None


def _body(answers: Sequence[Answer], answered: Sequence[Answer], context: RunContext) -> tuple[str, list[str]]:
    """A paragraph for each question, and the teams that open ones go to. What was quoted once is not quoted again."""
    said: set[str] = set()
    parts, teams = [], []
    for found in answers:
        question = _short(found.question)
        if found not in answered:
            teams.append(reading.team(reading.intent(found.question), context.lang))
            parts.append(_say("answer.open", context.lang, question=question, team=teams[-1]))
            continue
        fresh = [unit for unit in found.units if unit.text not in said]
        said |= {unit.text for unit in fresh}
        if not fresh:
            parts.append(_say("answer.on", context.lang, question=question, rest=_say("answer.same", context.lang)))
        else:
            opening = _say("answer.from", context.lang, title=fresh[0].hit.chunk.title)
            if len(answers) > 1:
                opening = _say("answer.on", context.lang, question=question, rest=opening)
            parts.append(opening + _quoted(fresh, context))
    return "\n\n".join(parts), teams


def _quoted(units: Sequence[Unit], context: RunContext) -> str:
    """The units with their markers: running text, or a line each where they are the items of a list."""
    cited = [f"{unit.text}{context.marker(unit.hit)}" for unit in units]
    if len(units) > 2 and sum(unit.entry for unit in units) > 1:
        return "\n" + "\n".join(f"- {part}" if unit.entry else part for unit, part in zip(units, cited, strict=True))
    return ("" if context.lang == "zh" else " ").join(cited)


def _short(question: str) -> str:
    plain = question.strip(" ,，?？。.!！")
    return plain if len(plain) <= 60 else plain[:60] + "…"


def _framed(request: ReplyRequest, emotion: Emotion, body: str, lang: Lang, closing: bool) -> str:
    """Greeting and closing in the tone asked for; upset customers get an apology unless brevity was asked for.

    A reply that asks or hands over closes only with an apology: "anything else?" would be out of place.
    """
    tone = "apologetic" if request.tone == "warm" and emotion in ("angry", "disappointed") else request.tone
    if request.channel == "sms":
        return body
    last = _say(f"closing.{tone}", lang) if closing or tone in ("apologetic", "formal") else ""
    return "\n\n".join(part for part in (_say(f"opening.{tone}", lang), body, last) if part)


def _say(key: str, lang: Lang, **values: object) -> str:
    return text(f"scenarios.support:{key}", lang, **values)
