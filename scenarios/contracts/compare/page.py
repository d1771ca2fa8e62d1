"""What a comparison adds to the page: its facts, both texts side by side, an example."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from ui import kept
from ui.run_result import Panel
from ui.side_by_side import side_by_side
from workbench.run import Run, Version
from workbench.texts import Lang, text

_EXAMPLES = Path(__file__).with_name("examples.yaml")


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


def examples(lang: Lang) -> list[tuple[str, Any]]:
    """Two invented versions of a contract."""
    entries = yaml.safe_load(_EXAMPLES.read_text("utf-8"))
    entries.sort(key=lambda entry: entry["lang"] != lang)
    return [(entry["title"], entry) for entry in entries]


def fill(entry: dict[str, Any]) -> None:
    """Put an example into the form."""
    for name in ("before_text", "after_text", "side"):
        kept.put(f"contracts-form-{name}", entry[name])
