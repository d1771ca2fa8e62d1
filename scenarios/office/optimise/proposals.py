"""What would make the process quicker, each with the days that it would have saved the cases at hand."""

from typing import TYPE_CHECKING

from workbench.texts import Lang, text

from .measures import durations
from .models import Action, ActivityTimes, Conformance, Proposal, Variant

if TYPE_CHECKING:
    import pandas as pd

_TELLING = 0.02  # of the mean time of a case, below which a proposal is not worth the words
_MOST = 8
_FEW = 5  # cases below which a figure is chance


def proposals(
    events: "pd.DataFrame",
    activities: list[ActivityTimes],
    ways: list[Variant],
    conformance: Conformance | None,
    lang: Lang,
) -> list[Proposal]:
    """The proposals, that with the greatest saving first.

    Savings are replayed on the cases: waiting beyond the quartile of the quickest, work done again and the waiting for
    it, work beyond the median. Where activities ran beside one another the real saving is smaller: it is said as "at
    most". Savings of several proposals do not simply add up.
    """
    days = durations(events)
    mean = float(days.mean())
    if mean <= 0 or len(days) < _FEW:
        return []
    found = []
    for one in activities:
        rows = events[(events["activity"] == one.name) & ~events["first"]]
        quick = float(rows["wait"].quantile(0.25)) if len(rows) else 0.0
        lost = (rows["wait"] - quick).clip(lower=0)
        found.append(_proposal("wait", one.name, lost.sum(), int((lost > 0).sum()), mean, len(days), lang, quick=quick))
        again = events[(events["activity"] == one.name) & events["again"]]
        found.append(
            _proposal(
                "rework", one.name, (again["work"] + again["wait"]).sum(), one.repeated_cases, mean, len(days), lang,
                share=one.repeated_cases / len(days),
            )
        )  # fmt: skip
        done = events[events["activity"] == one.name]["work"]
        slow = (done - done.median()).clip(lower=0)
        usual = float(done.median()) if len(done) else 0.0
        found.append(_proposal("work", one.name, slow.sum(), int((slow > 0).sum()), mean, len(days), lang, usual=usual))
    found = [one for one in found if one.share >= _TELLING and one.cases >= min(_FEW, len(days))]
    found.sort(key=lambda one: (-one.saving_days, one.target))
    found = found[:_MOST]
    skipped = [one for one in conformance.deviations if one.kind == "skipped"] if conformance else []
    if skipped:
        words = _say("conformance", lang, step=skipped[0].step, cases=skipped[0].cases, example=skipped[0].example)
        found.append(
            Proposal(
                action="conformance", target=skipped[0].step, words=words, saving_days=0, share=0,
                cases=skipped[0].cases,
            )
        )  # fmt: skip
    if len(ways) > 1 and ways[0].share < 0.5:
        words = _say("variant", lang, share=f"{ways[0].share:.0%}", ways=len(ways))
        found.append(Proposal(action="variant", target="", words=words, saving_days=0, share=0, cases=len(days)))
    return found


def _proposal(
    action: Action, target: str, hours: float, cases: int, mean: float, count: int, lang: Lang, **values: float
) -> Proposal:
    saving = float(hours) / 24 / count
    share = min(saving / mean, 1.0)
    said = {name: f"{value:.0%}" if name == "share" else f"{value:.1f}" for name, value in values.items()}
    words = _say(action, lang, target=target, cases=cases, saving=f"{saving:.1f}", part=f"{share:.0%}", **said)
    return Proposal(
        action=action, target=target, words=words, saving_days=round(saving, 2), share=round(share, 4), cases=cases
    )  # fmt: skip


def _say(key: str, lang: Lang, **values: object) -> str:
    return text(f"scenarios.office:optimise.proposal.{key}", lang, **values)
