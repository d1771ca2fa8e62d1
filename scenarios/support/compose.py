"""Writes a reply without a model: each question of the message answered by quoted evidence, or passed on."""

from collections.abc import Sequence

from workbench.run import RunContext
from workbench.texts import Lang, text

from . import reading
from .answers import ANSWERABLE, Answer, answer
from .models import Decision, Emotion, Intent, Priority, Reply, ReplyRequest


def compose_reply(request: ReplyRequest, answers: Sequence[Answer], context: RunContext) -> Reply:
    """The reply. ``answers`` holds one entry for each question, as :func:`answer_all` found them."""
    lang = context.lang
    intent = reading.intent(request.message)
    emotion = reading.emotion(request.message)
    priority = reading.priority(request.message, emotion)
    team = reading.team(intent, lang)

    def reply(decision: Decision, body: str, reason: str, to: str = "", framed: bool = True) -> Reply:
        written = _framed(request, emotion, body, lang) if framed else body
        return Reply(
            reply=written,
            decision=decision,
            reason=reason,
            intent=intent,
            emotion=emotion,
            priority=priority,
            language=lang,
            team=to,
        )

    if special := _without_evidence(request, intent, priority, lang):
        decision, key, reason = special
        to = team if decision == "escalate" else ""
        return reply(decision, _say(key, lang, team=team), _say(reason, lang), to)
    answered = [found for found in answers if found.confidence >= ANSWERABLE and found.units]
    if not answered:
        return reply("escalate", _say("decline", lang, team=team), _say("reason.none", lang), team)
    body = _body(answers, answered, team, context)
    missing = len(answers) - len(answered)
    if missing:
        return reply("reply", body, _say("reason.part", lang, count=len(answers), open=missing), team)
    reason = _say("reason.one", lang) if len(answers) == 1 else _say("reason.reply", lang, count=len(answers))
    return reply("reply", body, reason)


def answer_all(request: ReplyRequest, context: RunContext) -> list[Answer]:
    """What the evidence says to each question; earlier words of the customer give a short message its subject."""
    earlier = [turn.text for turn in request.history if turn.role == "customer"]
    asked = reading.questions(request.message)
    if earlier and len(request.message) < 30:
        asked = [f"{earlier[-1][-200:]} {question}" for question in asked]
    return [answer(question, context) for question in asked[:6]]


def _without_evidence(
    request: ReplyRequest, intent: Intent, priority: Priority, lang: Lang
) -> tuple[Decision, str, str] | None:
    """(decision, reply text, reason text) where no document shall decide."""
    message = request.message
    if priority == "urgent":
        return "escalate", "decline.danger", "reason.danger"
    if intent == "human":
        return "escalate", "decline.human", "reason.human"
    if reading.is_threat(message):
        return "escalate", "decline", "reason.threat"
    if intent == "thanks" and len(message) < 40 and not reading.asks(message):
        return "reply", "thanks", "reason.thanks"
    if reading.is_own_order(message):
        known = bool(request.customer) or reading.has_order_number(message)
        return ("escalate", "decline.order", "reason.order") if known else ("clarify", "clarify.order", "reason.vague")
    if not request.history and reading.is_vague(message):
        return "clarify", "clarify", "reason.vague"
    return None


def _body(answers: Sequence[Answer], answered: Sequence[Answer], team: str, context: RunContext) -> str:
    """A paragraph for each question; what was quoted once is not quoted again."""
    said: set[str] = set()
    parts = []
    for found in answers:
        if found not in answered:
            question = found.question if len(found.question) <= 60 else found.question[:60] + "…"
            parts.append(_say("answer.open", context.lang, question=question, team=team))
            continue
        fresh = [unit for unit in found.units if unit.text not in said]
        said |= {unit.text for unit in fresh}
        if fresh:
            quoted = [f"{unit.text}{context.marker(unit.hit)}" for unit in fresh]
            joint = "\n" if any("\n" in unit.text or len(fresh) > 3 for unit in fresh) else ""
            parts.append(
                _say("answer.from", context.lang, title=fresh[0].hit.chunk.title) + joint + _joined(quoted, joint)
            )
    return "\n\n".join(parts)


def _joined(quoted: Sequence[str], joint: str) -> str:
    return (joint or " ").join(quoted) if joint or any(part[0].isascii() for part in quoted) else "".join(quoted)


def _framed(request: ReplyRequest, emotion: Emotion, body: str, lang: Lang) -> str:
    """Greeting and closing in the tone asked for; upset customers get an apology unless brevity was asked for."""
    tone = "apologetic" if request.tone == "warm" and emotion in ("angry", "disappointed") else request.tone
    if request.channel == "sms":
        return body
    parts = [_say(f"opening.{tone}", lang), body, _say(f"closing.{tone}", lang)]
    return "\n\n".join(part for part in parts if part)


def _say(key: str, lang: Lang, **values: object) -> str:
    return text(f"scenarios.support:{key}", lang, **values)
