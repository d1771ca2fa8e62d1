"""Writes a reply without a model: each question of the message answered by quoted evidence, or passed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from workbench.evidence import Citation
from workbench.run import RunContext
from workbench.texts import Lang, text

from . import reading
from .answers import SURE, Answer, Unit, answer, fits
from .card import lines
from .conversation import asked
from .customer import Customer, is_own
from .decisions import Reading, Ruling, own_order, ruling
from .forms import SMS_LENGTH, buttons, fitted, framed, tone_for
from .intents import intent
from .models import Channel, Decision, Reply, ReplyRequest, Tone
from .policies import in_force
from .reading import Question

CARD = "customer-card"
"""The id of the customer's card among the passages; it is in no knowledge base."""


def read_message(request: ReplyRequest, context: RunContext) -> Reading:
    """What the message is about and how it is meant; orders to the system are not read."""
    message = reading.without_orders(request.message)
    emotion = reading.emotion(message)
    return Reading(
        message=message,
        intent=intent(message, context.knowledge),
        emotion=emotion,
        priority=reading.priority(message, emotion),
        customer=Customer.of(request.customer),
    )


def settled_by_rule(request: ReplyRequest, context: RunContext) -> bool:
    """Whether a rule decides and no document."""
    return ruling(request, read_message(request, context), context.lang, card_marker(context)) is not None


def answer_all(request: ReplyRequest, context: RunContext) -> list[Answer]:
    """What the evidence says to each question; of what is the customer's own the card tells, and no document."""
    customer = Customer.of(request.customer)
    questions = asked(request, context)
    own = [is_own(question.asked, customer) for question in questions]
    answers: list[Answer] = []
    for question, theirs in zip(questions, own, strict=True):
        answers += [Answer(question.asked, (), 0.0)] if theirs else _by_clause(question, context, customer)
    of_card = any(one.approved and one.units[0].text != one.units[0].hit.chunk.text for one in answers)
    if (any(own) or of_card) and request.customer:
        _keep_card(request.customer, context)
    return answers


def _by_clause(question: Question, context: RunContext, customer: Customer) -> list[Answer]:
    """The answer to a question, and to each clause of it that wants a figure which that answer does not state."""
    whole = answer(question, context, customer)
    found = [whole]
    clauses = reading.clauses(question.asked)
    for before, clause in pairwise(["", *clauses]) if len(clauses) > 1 and not whole.approved else ():
        wanted = reading.wanted(clause)
        if wanted and not any(fits(unit, wanted) for unit in whole.units):
            part = answer(Question(clause, f"{question.context} {before}".strip(), question.subject), context)
            found += [part] if part.confidence >= SURE and any(fits(unit, wanted) for unit in part.units) else []
    return found


def _keep_card(card: dict[str, Any], context: RunContext) -> None:
    """The card beside the passages, so that what is told of it is cited like any other source."""
    told = lines(card, context.lang)
    title = _say("card.title", context.lang)
    marker = f"[{len(context.passages) + 1}]"
    context.passages.append(
        Citation(marker=marker, knowledge_base="", document_id=CARD, title=title, quote=told, passage=told)
    )


def card_marker(context: RunContext) -> str:
    """The marker of the customer's card; empty where it was not looked into."""
    return next((passage.marker for passage in context.passages if passage.document_id == CARD), "")


def compose_reply(request: ReplyRequest, answers: Sequence[Answer], context: RunContext) -> Reply:
    """The reply. ``answers`` holds one entry for each question, as :func:`answer_all` found them."""
    lang = context.lang
    read = read_message(request, context)
    tone = tone_for(request, read.emotion)

    def reply(decision: Decision, body: str, reason: str, team: str = "", *, framing: bool = True) -> Reply:
        closing = decision == "reply"
        return Reply(
            reply=framed(request.channel, tone, read.customer, body, lang, closing=closing) if framing else body,
            decision=decision,
            reason=reason,
            intent=read.intent,
            emotion=read.emotion,
            priority=read.priority,
            language=lang,
            team=team,
            buttons=buttons(request.channel, decision, read.customer, lang),
            as_of=context.as_of,
        )

    if ruled := ruling(request, read, lang, card_marker(context)):
        said = _say(ruled.key, lang, **{"team": ruled.team, **ruled.values})
        team = ruled.team if ruled.decision == "escalate" else ""
        return reply(ruled.decision, said, _say(ruled.reason, lang), team, framing=not ruled.plain)
    answered = [found for found in answers if found.confidence >= SURE and found.units]
    own = {
        found.question: own_order(found.question, read.customer, lang, card_marker(context))
        for found in answers
        if is_own(found.question, read.customer)
    }
    unanswered = [
        number for number, found in enumerate(answers, 1) if found not in answered and found.question not in own
    ]
    if not answered and not own:
        team = reading.team(read.intent, lang)
        declined = reply("escalate", _say("decline", lang, team=team), _say("reason.none", lang), team)
        return declined.model_copy(update={"open": unanswered})
    body = _Body(request.channel, tone, own, context)
    written, open_teams = body.write(answers, answered)
    if answered and answered[0].approved and len(answers) == 1:
        found = answered[0]
        reason = _say("reason.approved", lang, question=_short(found.approved), share=f"{found.confidence:.0%}")
    elif open_teams:
        reason = _say("reason.part", lang, count=len(answers), open=len(open_teams))
    else:
        reason = _say("reason.one", lang) if len(answers) == 1 else _say("reason.reply", lang, count=len(answers))
    decided = {ruled.decision: ruled for ruled in reversed(own.values())} if not answered else {}
    if decided and "reply" not in decided:  # only the customer's own, and the card does not tell
        first = next(iter(own.values()))
        return reply(first.decision, written, _say(first.reason, lang), open_teams[0] if open_teams else "")
    made = reply("reply", written, reason, open_teams[0] if open_teams else "")
    return made.model_copy(update={"policies": in_force(made.reply, context), "open": unanswered})


@dataclass(frozen=True)
class _Body:
    """Writes the middle of a reply: a paragraph for each question."""

    channel: Channel
    tone: Tone
    own: Mapping[str, Ruling]
    context: RunContext

    def write(self, answers: Sequence[Answer], answered: Sequence[Answer]) -> tuple[str, list[str]]:
        """The paragraphs, and the teams that open questions go to. Questions with one answer share a paragraph."""
        shared = _shared(answered)
        said: set[str] = set()
        parts, teams = [], []
        room = SMS_LENGTH // max(len(answers), 1)
        for found in answers:
            if found not in answered:
                words, team = self._open(found)
                teams += [team] if team else []
                parts.append(words)
            elif questions := shared.get(found.question):
                fresh = [unit for unit in found.units if unit.text not in said] or found.units
                said |= {unit.text for unit in fresh}
                words = self._quoted(fresh)
                alone = len(answers) == len(questions)
                parts.append(fitted(words, room) if self.channel == "sms" else self._on(questions, words, alone))
        return ("\n" if self.channel == "sms" else "\n\n").join(parts), teams

    def _on(self, questions: Sequence[str], words: str, alone: bool) -> str:
        """The words with their questions above them, unless all that was asked is answered by them."""
        if alone:
            return words
        key = "answer.on.app" if self.channel == "app" else "answer.on"
        return self._say(key, question="；".join(questions), rest=words)

    def _open(self, found: Answer) -> tuple[str, str]:
        """What is said to a question without evidence, and whom it goes to."""
        lang = self.context.lang
        if ruled := self.own.get(found.question):
            return self._say(ruled.key, **{"team": ruled.team, **ruled.values}), ruled.team
        team = reading.team(intent(found.question, self.context.knowledge), lang)
        return self._say("answer.open", question=_short(found.question), team=team), team

    def _quoted(self, units: Sequence[Unit]) -> str:
        """The units with their markers: running text, or a line each where they are the items of a list."""
        cited = [f"{unit.text}{self.context.marker(unit.hit)}" for unit in units]
        if self.channel == "sms" or self.tone == "brief":
            opening = ""
        else:
            form = "app" if self.channel == "app" else self.tone
            opening = self._say(f"answer.from.{form}", title=units[0].hit.chunk.title)
        if len(units) > 2 and sum(unit.entry for unit in units) > 1 and self.channel != "sms":
            items = zip(units, cited, strict=True)
            return opening + "\n" + "\n".join(f"- {part}" if unit.entry else part for unit, part in items)
        return opening + ("" if self.context.lang == "zh" else " ").join(cited)

    def _say(self, key: str, **values: object) -> str:
        return _say(key, self.context.lang, **values)


def _shared(answered: Sequence[Answer]) -> dict[str, list[str]]:
    """The questions by the first that has their answer: one whose units an earlier answer has shares that one."""
    told: dict[str, list[str]] = {}
    texts: dict[str, set[str]] = {}
    for found in answered:
        units = {unit.text for unit in found.units}
        first = next((question for question, said in texts.items() if units <= said), found.question)
        told.setdefault(first, []).append(_short(found.question))
        texts.setdefault(first, units)
    return told


def _short(question: str) -> str:
    plain = question.strip(" ,，?？。.!！")
    return plain if len(plain) <= 60 else plain[:60] + "…"


def _say(key: str, lang: Lang, **values: object) -> str:
    return text(f"scenarios.support:{key}", lang, **values)
