"""Reply templates: approved answers with variables such as ``{name}``, filled from the customer's card.

A template is proposed from a reply like any other answer (``workbench.faq``): somebody else approves it, each approved
wording is a version of its document, and a reply that uses it is stamped with that version. It fits where the question
is the one that it was approved for and the card fills all its variables.
"""

import re
from collections.abc import Callable, Mapping

from workbench.errors import RequestError
from workbench.language import detect

from .card import Order, in_words
from .customer import Customer

_VARIABLE = re.compile(r"\{([^{}\s]*)\}")


def _order(customer: Customer, question: str) -> Order:
    """The one order that is meant; an empty one where there are none or several."""
    meant = customer.meant(question)
    return meant[0] if len(meant) == 1 else Order()


VARIABLES: Mapping[str, Callable[[Customer, str], str]] = {
    "name": lambda customer, _: customer.name,
    "tier": lambda customer, _: customer.tier,
    "points": lambda customer, _: customer.facts.get("points", ""),
    "order_id": lambda customer, question: _order(customer, question).number,
    "item": lambda customer, question: _order(customer, question).item,
    "status": lambda customer, question: in_words(_order(customer, question).status, detect(question)),
}
"""How a customer's card and the question fill each variable; with nothing where they do not."""


def filled(template: str, customer: Customer, question: str) -> str:
    """``template`` with its variables filled; empty where the card lacks one, so that the template does not fit."""
    wanted = set(_VARIABLE.findall(template))
    values = {name: VARIABLES[name](customer, question) if name in VARIABLES else "" for name in wanted}
    return _VARIABLE.sub(lambda match: values[match.group(1)], template) if all(values.values()) else ""


def is_template(said: str) -> bool:
    """Whether ``said`` has variables, so that nobody may read it as it stands."""
    return any(name in VARIABLES for name in _VARIABLE.findall(said))


def check(template: str) -> str:
    """``template`` as it is. Raises ``RequestError`` for a variable that no card fills."""
    for name in _VARIABLE.findall(template):
        if name not in VARIABLES:
            raise RequestError("scenarios.support:template.variable", name=name, known="、".join(VARIABLES))
    return template
