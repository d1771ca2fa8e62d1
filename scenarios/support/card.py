"""Reads the card of a customer, whatever its shape.

Systems hand in cards as flat columns, as lists of orders, as objects by order number, nested or as a line of text. What
is known of an order stands under the names of ``customer.yaml``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from workbench.language import detect
from workbench.texts import Lang, text

from . import reading

_NAMES = Path(__file__).with_name("customer.yaml")
_NUMBER = re.compile(r"\b(?=[A-Z0-9-]*\d)[A-Z0-9-]{8,}\b", re.IGNORECASE | re.ASCII)
_ANY_NUMBER = re.compile(r"\b(?=[A-Z0-9-]*\d)[A-Z0-9-]{4,}\b", re.IGNORECASE | re.ASCII)
_INSTANT = re.compile(r"^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$")
_MARKS = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Order:
    """One order as the card tells of it: its number (empty when unknown), what is known by the names of the rules."""

    number: str = ""
    known: Mapping[str, str] = field(default_factory=dict)

    @property
    def item(self) -> str:
        """What was ordered; empty when the card does not say."""
        return self.known.get("item", "")

    @property
    def status(self) -> str:
        """How the order stands; empty when the card does not say."""
        return self.known.get("status", "")


def in_words(value: str, lang: Lang) -> str:
    """A status as people say it in ``lang``; any other value as it stands."""
    for status in rules()["statuses"]:
        if detect(value) != lang and re.fullmatch(status["is"], value.replace("_", " "), re.IGNORECASE):
            return str(status[lang])
    return value


def label_of(key: str) -> str:
    """The name in the rules of what a card calls ``key``; empty when unknown."""
    return next((name for name, keys in _known().items() if plain_key(key) in keys), "")


@cache
def rules() -> dict[str, Any]:
    """The names and words of ``customer.yaml``."""
    return cast("dict[str, Any]", yaml.safe_load(_NAMES.read_text("utf-8")))


def orders(value: Any, key: str = "") -> Iterator[Order]:
    """The orders anywhere in ``value``, which stands under ``key``."""
    within = plain_key(key) in _keys("orders")
    if isinstance(value, list | tuple):
        for one in value:
            yield from orders(one, key)
    elif isinstance(value, dict):
        yield from _of_object(value, within)
    elif isinstance(value, str) and (number := (_ANY_NUMBER if within else _NUMBER).search(value)):
        rest = _value(value.replace(number.group(), " ", 1).strip(" ,，:：-—;；（）()"))
        rest = re.sub(r"^(订单号?|order)\s*[,，:：-]?\s*", "", rest, flags=re.IGNORECASE)
        if rest and not reading.instructions(value):
            yield Order(number.group(), {"status": rest})


def _of_object(row: Mapping[str, Any], within: bool) -> Iterator[Order]:
    if within and row and all(_ANY_NUMBER.fullmatch(str(key)) for key in row):  # {"A1024": "shipped"}, or an object
        for key, inner in row.items():
            told = _known_of(inner) if isinstance(inner, dict) else {"status": _value(inner)}
            yield Order(str(key), {name: said for name, said in told.items() if said})
        return
    known = _known_of(row)
    number = _scalar(row, _keys("number"))
    loose = _scalar(row, _keys("number_within"))
    lists = any(plain_key(key) in _keys("orders") and isinstance(inner, dict | list) for key, inner in row.items())
    if not lists and (number or (within and (loose or "status" in known))):
        yield Order(number or loose, known)
        return
    nested = [order for key, inner in row.items() for order in orders(inner, str(key))]
    if not nested and "status" in known and len(known) > 1:
        nested = [Order(loose, known)]
    yield from nested


def _known_of(row: Mapping[str, Any]) -> dict[str, str]:
    """What is known of an order: its own columns first, then those of its parts."""
    found: dict[str, str] = {}
    parts = [(str(key), inner) for key, inner in row.items()]
    inner = [
        (f"{key} {sub}", sub, value) for key, part in parts if isinstance(part, dict) for sub, value in part.items()
    ]
    named = [(label_of(key), value) for key, value in parts if not isinstance(value, dict)]
    named += [
        (label_of(whole) or label_of(str(sub)), value) for whole, sub, value in inner if not isinstance(value, dict)
    ]
    for name, value in named:
        if name in rules()["order"] and (said := _value(value)):
            found.setdefault(name, said)
    currency = _scalar({key: value for _, key, value in inner} | dict(row), {"currency", "币种"})
    if currency and re.fullmatch(r"[\d.,]+", found.get("amount", "")):
        found["amount"] += f" {currency}"
    return found


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """(name, value) of everything on the card that is no part of an order."""
    if isinstance(value, dict):
        for inner_key, inner in value.items():
            if plain_key(str(inner_key)) not in _keys("orders") or not isinstance(inner, dict | list):
                yield from leaves(inner, str(inner_key))
    elif value not in (None, ""):
        yield key, value


def first(told: list[tuple[str, Any]], names: list[str]) -> str:
    """The first value of ``told`` that stands under one of ``names``; empty without one."""
    wanted = {plain_key(name) for name in names}
    return next((_value(value) for key, value in told if plain_key(key) in wanted), "")


def _scalar(row: Mapping[str, Any], keys: set[str]) -> str:
    return next((_value(value) for key, value in row.items()
                 if plain_key(str(key)) in keys and isinstance(value, str | int)), "")  # fmt: skip


def _value(value: Any) -> str:
    """One short line; a list of items joined; a moment to the minute. Empty for orders to a model."""
    if isinstance(value, list):
        named = [
            _scalar(one, {"name", "title", *_keys_of("order", "item")}) if isinstance(one, dict) else str(one)
            for one in value
        ]
        value = "、".join(filter(None, named[:5]))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    said = " ".join(str(value).split())[:_LONGEST]
    return "" if reading.instructions(said) else _INSTANT.sub(r"\1 \2", said)


def lines(card: Mapping[str, Any], lang: Lang) -> str:
    """The card as it is quoted: a line for each value under its own name, with ours and a status's words in ``lang``
    behind what the card calls them otherwise."""

    def told(value: Any, key: str) -> Iterator[str]:
        if isinstance(value, dict):
            for inner_key, inner in value.items():
                yield from told(inner, str(inner_key))
        elif isinstance(value, list | tuple):
            for one in value:
                yield from told(one, key)
        elif said := _value(value):
            name, ours = label_of(key), in_words(said, lang)
            label = text(f"scenarios.support:card.{name}", lang) if name else key
            yield f"{key}{'' if label in key else f' ({label})'}: {said}{'' if ours == said else f' ({ours})'}"

    return "\n".join(told(card, "card"))


def plain_key(key: str) -> str:
    return _MARKS.sub("", _CAMEL.sub(" ", key)).casefold()


def _keys(group: str) -> set[str]:
    return {plain_key(name) for name in rules()[group]}


def _keys_of(group: str, name: str) -> set[str]:
    return {plain_key(one) for one in rules()[group][name]}


@cache
def _known() -> dict[str, frozenset[str]]:
    facts = {name: rule["names"] for name, rule in rules()["own_facts"].items()}
    return {name: frozenset(map(plain_key, keys)) for name, keys in {**rules()["order"], **facts}.items()}
