"""What is decided before any document is asked: danger, threats, wishes for a person, the customer's own order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.texts import Lang, listed, text

from . import reading
from .card import Order, in_words
from .customer import Customer, is_own, tells
from .models import Decision, Emotion, Intent, Priority, ReplyRequest


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as it was understood. ``message`` holds no orders to the system any more."""

    message: str
    intent: Intent
    emotion: Emotion
    priority: Priority
    customer: Customer


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision with the text that carries it (a key of the texts) and its reason. ``plain`` texts take no frame."""

    decision: Decision
    key: str
    reason: str
    team: str = ""
    values: dict[str, str] = field(default_factory=dict)
    plain: bool = False


def ruling(request: ReplyRequest, read: Reading, lang: Lang, marker: str) -> Ruling | None:  # a return for each rule
    """The ruling where no document shall decide, else None. ``marker`` cites the customer's card."""
    message, team = read.message, reading.team(read.intent, lang)
    named = reading.intents(message)  # an intent that is only guessed decides nothing
    complaints = reading.team("complaint", lang)
    if not message:
        return Ruling("escalate", "decline", "reason.orders", team)
    if read.priority == "urgent":
        return Ruling("escalate", "decline.danger", "reason.danger", complaints, plain=True)
    if "human" in named:
        return Ruling("escalate", "decline.human", "reason.human", team)
    if reading.is_threat(message):
        return Ruling("escalate", "decline.threat", "reason.threat", complaints)
    if (read.emotion == "angry" or "complaint" in named) and reading.demands(message):
        return Ruling("escalate", "decline.threat", "reason.angry", complaints)
    if reading.is_beyond_rules(message) and not reading.is_own_order(message):
        return Ruling("escalate", "decline.threat", "reason.beyond", complaints)
    if reading.is_off_limits(message):
        return Ruling("escalate", "decline", "reason.none", reading.team("other", lang))
    if read.intent == "thanks" and ("thanks" in named or not (reading.asks(message) or reading.is_vague(message))):
        return Ruling("reply", "thanks", "reason.thanks", plain=True)
    asked = reading.questions(message)
    if asked and all(is_own(question.asked, read.customer) for question in asked):
        return own_order(message, read.customer, lang, marker)
    if read.intent == "greeting" and reading.is_empty(message):
        return Ruling("clarify", "clarify.greeting", "reason.vague")
    known = [order for order in read.customer.orders if order.item]
    if not request.history and len(known) != 1 and reading.is_vague(message):
        return Ruling("clarify", "clarify", "reason.vague")
    return None


def own_order(question: str, customer: Customer, lang: Lang, marker: str) -> Ruling:
    """How the customer's own stands: from the card, cited by ``marker``; else asked for, or looked up by a person."""
    team = reading.team("order" if not reading.is_about_parcel(question) else "shipping", lang)
    if fact := customer.fact(question):
        said = text(f"scenarios.support:card.{fact}", lang) + ("：" if lang == "zh" else ": ") + customer.facts[fact]
        return Ruling("reply", "card.told", "reason.card", values={"told": said, "marker": marker})
    meant = customer.meant(question)
    if len(meant) == 1 and (names := tells(meant[0], question)):
        return Ruling(
            "reply", "order.told", "reason.card", values={"order": told(meant[0], names, lang), "marker": marker}
        )
    if len(meant) == 1 or reading.has_order_number(question):
        return Ruling("escalate", "decline.order", "reason.order", team)
    if len(meant) > 1:
        orders = [f"{order.number} {order.item}".strip() for order in meant if order.number]
        return Ruling(
            "clarify", "clarify.which", "reason.vague", values={"orders": listed(orders, lang), "marker": marker}
        )
    return Ruling("clarify", "clarify.order", "reason.vague")


def told(order: Order, names: Sequence[str], lang: Lang) -> str:
    """What the card tells of an order under ``names``, in words."""
    comma = "，" if lang == "zh" else ", "
    parts = [text("scenarios.support:order.number", lang, value=order.number)] if order.number else []
    parts += [text(f"scenarios.support:order.{name}", lang, value=in_words(order.known[name], lang)) for name in names]
    return comma.join(parts)
