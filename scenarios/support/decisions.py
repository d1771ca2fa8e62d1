"""What is decided before any document is asked: danger, threats, wishes for a person, the customer's own order."""

from dataclasses import dataclass, field

from workbench.texts import Lang, text

from . import reading
from .customer import Customer, Order
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


def ruling(request: ReplyRequest, read: Reading, lang: Lang) -> Ruling | None:  # a return for each rule
    """The ruling where no document shall decide, else None."""
    message, team = read.message, reading.team(read.intent, lang)
    complaints = reading.team("complaint", lang)
    if not message:
        return Ruling("escalate", "decline", "reason.orders", team)
    if read.priority == "urgent":
        return Ruling("escalate", "decline.danger", "reason.danger", complaints, plain=True)
    if read.intent == "human":
        return Ruling("escalate", "decline.human", "reason.human", team)
    if reading.is_threat(message):
        return Ruling("escalate", "decline.threat", "reason.threat", complaints)
    if (read.emotion == "angry" or read.intent == "complaint") and reading.demands(message):
        return Ruling("escalate", "decline.threat", "reason.angry", complaints)
    if read.intent == "thanks":
        return Ruling("reply", "thanks", "reason.thanks", plain=True)
    if all(reading.is_own_order(question.asked) for question in reading.questions(message)) and reading.is_own_order(
        message
    ):
        return own_order(message, read.customer, lang)
    if read.intent == "greeting" and reading.is_empty(message):
        return Ruling("clarify", "clarify.greeting", "reason.vague")
    known = [order for order in read.customer.orders if order.item]
    if not request.history and len(known) != 1 and reading.is_vague(message):
        return Ruling("clarify", "clarify", "reason.vague")
    return None


def own_order(message: str, customer: Customer, lang: Lang) -> Ruling:
    """How the customer's own order stands: from the customer's card, else asked for or looked up by a person."""
    team = reading.team("order" if not reading.is_about_parcel(message) else "shipping", lang)
    order = customer.order_in(message)
    if order and order.status:
        return Ruling("reply", "order.told", "reason.card", values={"order": told(order, lang)})
    if order or reading.has_order_number(message):
        return Ruling("escalate", "decline.order", "reason.order", team)
    if len(customer.orders) > 1:
        numbers = "、".join(one.number for one in customer.orders if one.number)
        return Ruling("clarify", "clarify.which", "reason.vague", values={"orders": numbers})
    return Ruling("clarify", "clarify.order", "reason.vague")


def told(order: Order, lang: Lang) -> str:
    """What the card tells of an order, in words."""
    parts = [(name, getattr(order, name)) for name in ("number", "item", "status", "tracking", "expected")]
    comma = "，" if lang == "zh" else ", "
    return comma.join(text(f"scenarios.support:order.{name}", lang, value=value) for name, value in parts if value)
