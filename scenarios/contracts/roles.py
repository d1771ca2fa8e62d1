"""Who in the company looks at which finding first: business, finance or legal."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml

Role = Literal["business", "finance", "legal"]
ROLES: tuple[Role, ...] = ("business", "finance", "legal")


@cache
def _table() -> dict[str, Role]:
    table: dict[str, Role] = yaml.safe_load(Path(__file__).with_name("roles.yaml").read_text("utf-8"))
    return table


def role_of(rule: str) -> Role:
    """The role that a rule's findings belong to."""
    fitting = [start for start in _table() if rule.startswith(start)]
    return _table()[max(fitting, key=len)] if fitting else "legal"
