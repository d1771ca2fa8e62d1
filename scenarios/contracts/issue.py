"""What a rule finds, before it is put into the person's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.findings import Severity


@dataclass(frozen=True, slots=True)
class Issue:
    """One result of one rule; ``start`` and ``end`` are offsets in the text, None where something is absent.

    ``values`` fill the placeholders of the texts ``<rule>``, ``<rule>.fix`` and ``<rule>.basis``; ``variant`` names
    other texts of the same rule. ``law`` is (short name, article number) of the statutes behind it.
    """

    rule: str
    severity: Severity
    start: int | None = None
    end: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    variant: str = ""
    law: tuple[tuple[str, int], ...] = ()
