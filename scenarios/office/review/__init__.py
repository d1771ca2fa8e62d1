"""A rule reviewed: what it lacks in itself, and where it contradicts or repeats the rules in force."""

from workbench.findings import Finding
from workbench.run import RunContext

from ..rule import statements, steps
from .against import against, within
from .course import course
from .structure import of_steps, whole


def review(rule: str, context: RunContext) -> list[Finding]:
    """All findings about the text ``rule``, in its order; those about the whole first."""
    lang = context.lang
    said = list(statements(rule))
    made = [
        *whole(rule, lang),
        *of_steps(rule, lang),
        *course(steps(rule), lang),
        *within(said, lang),
        *against(said, context),
    ]
    return sorted(made, key=lambda finding: -1 if finding.where.start is None else finding.where.start)
