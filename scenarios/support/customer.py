"""What the company knows of the customer, and what of it a question asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.language import shingles

from . import reading
from .card import Order, first, leaves, orders, rules

_NAME = re.compile(r"[^\W\d_]+(?:[ .·'’-]+[^\W\d_]+){0,4}\.?")
_TAIL = re.compile(
    r"(?:尾号|最后|后|ending (?:in|with)|last) ?(?:[四4]位 ?(?:是|为)?|(?:four|4) ?(?:digits)? ?)? ?(\d{3,6})\b"
)
_DONE = re.compile(r"签收|完成|取消|退款|delivered|completed|cancel|refunded", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Customer:
    """Name, tier, orders and other facts (points, balance) of a card."""

    name: str = ""
    tier: str = ""
    orders: tuple[Order, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, card: Mapping[str, Any]) -> "Customer":
        """Read a card. A name or tier that is none (long, with digits, with orders to a model) is left out."""
        told = list(leaves(card))
        named = {name: first(told, rules()["card"][name]) for name in ("name", "tier")}
        facts = {name: first(told, rule["names"]) for name, rule in rules()["own_facts"].items()}
        return cls(
            name=_called(named["name"], 30),
            tier=_called(named["tier"], 12),
            orders=tuple(order for order in orders(card) if order.number or order.status),
            facts={name: value for name, value in facts.items() if value},
        )

    def fact(self, question: str) -> str:
        """The name of the fact of the customer's own that ``question`` asks for; empty where the card has none such."""
        asked = (name for name in self.facts if re.search(rules()["own_facts"][name]["ask"], question, re.IGNORECASE))
        return next(asked, "")

    def meant(self, message: str) -> tuple[Order, ...]:
        """The orders that ``message`` may mean: by number, by what was bought, by what is asked; none for a number that
        is not on the card."""
        said = message.casefold()
        numbered = tuple(order for order in self.orders if order.number and order.number.casefold() in said)
        if not numbered and (tail := _TAIL.search(said)):
            numbered = tuple(order for order in self.orders if order.number.endswith(tail.group(1)))
        if numbered or reading.has_order_number(message):
            return numbered
        words = shingles(message)
        bought = tuple(order for order in self.orders if words & self._telling(order))
        telling = tuple(order for order in bought or self.orders if tells(order, message))
        if len(telling) > 1 and topic_of(message) == "delivery":
            telling = tuple(order for order in telling if not _DONE.search(order.status)) or telling
        return telling or bought or self.orders

    def _telling(self, order: Order) -> set[str]:
        """The words of the order's item that no other order's item has."""
        others = {word for other in self.orders if other is not order for word in shingles(other.item)}
        return shingles(order.item) - others


def is_own(question: str, customer: Customer) -> bool:
    """Whether ``question`` asks how the customer's own order or account stands, so that no document can tell."""
    if reading.is_own_order(question) or customer.fact(question):
        return True
    if not customer.orders or re.search(rules()["general"], question, re.IGNORECASE):
        return False
    asked = re.search(rules()["own"], question, re.IGNORECASE) or any(
        order.number and order.number.casefold() in question.casefold() for order in customer.orders
    )
    return bool(asked) and any(tells(order, question) for order in customer.meant(question))


def tells(order: Order, question: str) -> tuple[str, ...]:
    """The names of what ``order`` tells to ``question``; empty where it tells nothing of what is asked."""
    topic = topic_of(question)
    rule: dict[str, Any] = rules()["topics"][topic] if topic else {"tell": [], "ask": ""}
    found = [name for name in rule["tell"] if order.known.get(name)]
    spoken = topic in (None, "delivery") or re.search(rule["ask"], order.status, re.IGNORECASE)
    if not found and not (order.status and spoken):
        return ()
    return tuple(name for name in dict.fromkeys([*rules()["always"], *found]) if order.known.get(name))


def topic_of(question: str) -> str | None:
    """What of an order is asked, the first topic of the rules whose words are met."""
    topics: dict[str, dict[str, Any]] = rules()["topics"]
    return next((name for name, rule in topics.items() if re.search(rule["ask"], question, re.IGNORECASE)), None)


def _called(said: str, longest: int) -> str:
    return said if len(said) <= longest and _NAME.fullmatch(said) else ""
