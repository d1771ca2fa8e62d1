"""What a message asks, with what the conversation before it says it is about."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.answerability import ANSWERING, LOOK
from workbench.language import folded
from workbench.run import RunContext

from . import reading
from .answers import subjects
from .audience import search
from .customer import Customer
from .models import ReplyRequest
from .reading import Question

MOST = 6
"""So many questions of one message are answered."""
_SHORT = 30
_LOOKED_BACK = 6


def asked(request: ReplyRequest, context: RunContext) -> list[Question]:
    """The questions of a message. One that names no subject gets what the message named before it, then what the
    conversation last spoke of, then the customer's only order."""
    message = reading.without_orders(request.message)
    questions = reading.questions(message)[:MOST]
    if len(questions) > 1:
        questions = _named_before(questions, subjects(message, context), message)
    if request.history:
        return [_continued(question, request, context) for question in questions]
    items = [order.item for order in Customer.of(request.customer).orders if order.item]
    if len(items) == 1 and reading.is_vague(message):
        return [replace(question, context=f"{items[0]} {question.context}".strip()) for question in questions]
    return questions


def _continued(question: Question, request: ReplyRequest, context: RunContext) -> Question:
    """The question with the document that the conversation last named; a short one with the customer's last words."""
    turns = [reading.without_orders(turn.text) for turn in request.history[-_LOOKED_BACK:]]
    hits = search(" ".join([*turns[-2:], question.asked]), LOOK, context)
    hits += search(question.asked, ANSWERING, context)
    titles = {hit.chunk.title for hit in hits if len(folded(hit.chunk.title)) > 2}
    if named := _last_named(titles, [*turns, question.query]):
        return replace(question, context=f"{question.context} {named}".strip(), subject=named)
    earlier = [turn.text for turn in request.history if turn.role == "customer"]
    if earlier and (len(question.asked) < _SHORT or reading.points_back(question.asked)):
        return replace(question, context=f"{reading.without_orders(earlier[-1])[-200:]} {question.context}".strip())
    return question


def _last_named(titles: set[str], turns: Sequence[str]) -> str:
    """The title that was spoken last, the longest of those that end at the same place; empty when none was."""
    for turn in reversed(turns):
        said = folded(turn)
        found = [
            (said.rfind(folded(title)) + len(folded(title)), len(title), title)
            for title in titles
            if folded(title) in said
        ]
        if found:
            return max(found)[2]
    return ""


def _named_before(questions: Sequence[Question], named: Sequence[str], message: str) -> list[Question]:
    """Each question that names no subject gets what the message last named before it."""
    settled = []
    for question in questions:
        if not any(name in question.query for name in named):
            before = message[: max(message.find(question.asked), 0)]
            past = [name for name in named if name in before]
            if past:
                last = max(past, key=before.rfind)
                question = replace(question, context=f"{question.context} {last}".strip())
        settled.append(question)
    return settled
