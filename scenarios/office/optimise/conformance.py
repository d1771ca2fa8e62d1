"""How far cases keep to the expected steps."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from workbench.language import folded

from ..words import overlap
from .models import Conformance, Deviation

_ALIKE = 0.6  # share of a step's words from which an activity of another wording means it


def conformance(ways: Mapping[str, tuple[str, ...]], expected: Sequence[str]) -> Conformance:
    """``ways`` (case to its activities in order) against ``expected``; each kind of deviation once a case and step.

    A case is laid beside the expected steps by their longest common runs. What is in both but stands elsewhere is out
    of order; a step that comes again is repeated; the rest is skipped or extra.
    """
    steps = [step.strip() for step in expected if step.strip()]
    meant = _meant({name for way in ways.values() for name in way}, steps)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    fitting = 0
    for case, way in ways.items():
        told = [meant.get(name, name) for name in way]
        deviations = _deviations(told, steps)
        fitting += not deviations
        for deviation in deviations:
            found[deviation].append(case)
    rows = [
        Deviation(kind=kind, step=step, cases=len(cases), share=round(len(cases) / len(ways), 4), example=cases[0])
        for (kind, step), cases in found.items()
    ]
    rows.sort(key=lambda one: (-one.cases, one.kind, one.step))
    return Conformance(expected=steps, fitting=fitting, share=round(fitting / len(ways), 4), deviations=rows)


def _deviations(told: Sequence[str], steps: Sequence[str]) -> set[tuple[str, str]]:
    once = list(dict.fromkeys(told))
    found = {("repeated", name) for name, count in Counter(told).items() if count > 1}
    blocks = SequenceMatcher(None, steps, once, autojunk=False).get_matching_blocks()
    settled = {steps[block.a + at] for block in blocks for at in range(block.size)}
    found |= {("order" if step in once else "skipped", step) for step in steps if step not in settled}
    found |= {("extra", name) for name in once if name not in steps}
    return found


def _meant(names: set[str], steps: Sequence[str]) -> dict[str, str]:
    """Which expected step an activity is: the same words, else the one with which it shares most of them."""
    known = {folded(step): step for step in steps}
    meant = {}
    for name in names:
        if folded(name) in known:
            meant[name] = known[folded(name)]
            continue
        scored = [(min(overlap(step, name), overlap(name, step)), step) for step in steps]
        if scored and max(scored)[0] >= _ALIKE:
            meant[name] = max(scored)[1]
    return meant
