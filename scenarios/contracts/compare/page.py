"""What a comparison adds to the page: its facts and both texts side by side."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from ui.run_result import Panel
from ui.side_by_side import side_by_side
from workbench.run import Run, Version
from workbench.texts import Lang, text


def _say(key: str, lang: Lang) -> str:
    return text(f"scenarios.contracts:{key}", lang)


def facts(deliverable: dict[str, Any], lang: Lang) -> Sequence[tuple[str, str]]:
    """How much was changed, how heavily, and what nobody tracked."""
    changes = deliverable["changes"]
    silent = sum(not change["tracked"] for change in changes) if deliverable["traceable"] else 0
    shown = [
        (_say("compare.changes", lang), str(len(changes))),
        (_say("compare.fact.high", lang), str(sum(change["risk"] == "high" for change in changes))),
        (_say("compare.tracked.no", lang), str(silent) if silent else ""),
        (_say("compare.renumbered", lang), str(len(deliverable["renumbered"]) or "")),
        (_say("fact.side", lang), deliverable["side"]),
        (_say("fact.notes", lang), "；".join(deliverable["notes"])),
    ]
    return [(label, value) for label, value in shown if value]


def panels(run: Run, lang: Lang) -> Sequence[Panel]:
    """Both texts side by side."""
    if run.task != "compare":
        return ()
    return ((_say("compare.panel", lang), partial(_draw, run.run_id, lang)),)


def _draw(run_id: str, lang: Lang, version: Version) -> None:
    made = version.deliverable
    titles = (_say("compare.column.before", lang), _say("compare.column.after", lang))
    side_by_side(made["before_text"], made["after_text"], titles, key=f"sides-{run_id}-{version.number}")
