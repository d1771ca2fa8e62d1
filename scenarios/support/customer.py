"""What the company knows of the customer, read from the card that came with the message."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from . import reading

_NAMES = Path(__file__).with_name("customer.yaml")
_NAME = re.compile(r"[^\W\d_]+(?:[ .·'’-]+[^\W\d_]+){0,4}\.?")


@dataclass(frozen=True, slots=True)
class Order:
    """One order as the card tells of it; what it does not say is empty."""

    number: str = ""
    item: str = ""
    status: str = ""
    tracking: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """Name, tier and orders of a card. Anything else on it counts as a source, and is not spoken of."""

    name: str = ""
    tier: str = ""
    orders: tuple[Order, ...] = ()

    @classmethod
    def of(cls, card: dict[str, Any]) -> "Customer":
        """Read a card. A name or tier that is none (long, with digits, with orders to a model) is left out."""
        listed = _get(card, "card", "orders")
        rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
        orders = [_order(row) for row in rows] or [_order(card)]
        return cls(
            name=_called(_get(card, "card", "name"), 30),
            tier=_called(_get(card, "card", "tier"), 12),
            orders=tuple(order for order in orders if order.number or order.status),
        )

    def order_in(self, message: str) -> Order | None:
        """The order that the message names, or the only one there is."""
        for order in self.orders:
            if order.number and order.number.casefold() in message.casefold():
                return order
        named = reading.has_order_number(message)
        return self.orders[0] if len(self.orders) == 1 and not named else None


def _order(row: dict[str, Any]) -> Order:
    return Order(**{name: _plain(_get(row, "order", name)) for name in _known()["order"]})


def _get(row: dict[str, Any], group: str, name: str) -> Any:
    wanted = _known()[group][name]
    return next((value for key, value in row.items() if str(key).strip().casefold() in wanted and value), "")


def _plain(value: Any) -> str:
    """One short line; a list of items joined."""
    if isinstance(value, list):
        value = "、".join(str(one.get("name", one)) if isinstance(one, dict) else str(one) for one in value[:5])
    said = " ".join(str(value).split())[:60] if isinstance(value, str | int | float) or value else ""
    return "" if reading.instructions(said) else said


def _called(value: Any, longest: int) -> str:
    said = _plain(value)
    return said if len(said) <= longest and _NAME.fullmatch(said) else ""


@cache
def _known() -> dict[str, dict[str, list[str]]]:
    return cast("dict[str, dict[str, list[str]]]", yaml.safe_load(_NAMES.read_text("utf-8")))
