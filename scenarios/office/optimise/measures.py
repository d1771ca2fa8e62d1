"""Throughput, waiting, rework and ways through a process, reckoned from an event log."""

from typing import TYPE_CHECKING, Any

from .models import ActivityTimes, Handover, Throughput, Variant

if TYPE_CHECKING:
    import pandas as pd

_HOUR, _DAY = 3600.0, 86400.0
_MOST_VARIANTS = 20


def measured(log: "pd.DataFrame") -> "pd.DataFrame":
    """``log`` with ``work`` and ``wait`` in hours and ``again``, whether the case had the activity before.

    What came before is the latest end of the case so far: activities that run beside one another do not wait.
    """
    events = log.copy()
    cases = events.groupby("case", sort=False)
    until = cases["end"].cummax()
    before = until.groupby(events["case"], sort=False).shift()
    events["work"] = (events["end"] - events["start"]).dt.total_seconds() / _HOUR
    events["wait"] = ((events["start"] - before).dt.total_seconds() / _HOUR).clip(lower=0).fillna(0.0)
    events["first"] = before.isna()
    events["again"] = events.duplicated(["case", "activity"])
    events["before"] = cases["activity"].shift()
    return events


def durations(events: "pd.DataFrame") -> "pd.Series[Any]":
    """Days from the first start to the last end, by case."""
    cases = events.groupby("case", sort=False)
    return (cases["end"].max() - cases["start"].min()).dt.total_seconds() / _DAY


def throughput(events: "pd.DataFrame") -> Throughput:
    """How long the cases take."""
    days = durations(events)
    worked = events.groupby("case")["work"].sum() / 24
    open_days = float(days.sum())
    return Throughput(
        cases=len(days),
        events=len(events),
        first=events["start"].min().isoformat(sep=" ", timespec="minutes"),
        last=events["end"].max().isoformat(sep=" ", timespec="minutes"),
        median_days=_round(days.median()),
        mean_days=_round(days.mean()),
        p90_days=_round(days.quantile(0.9)),
        shortest_days=_round(days.min()),
        longest_days=_round(days.max()),
        work_share=round(min(float(worked.sum()) / open_days, 1.0), 4) if open_days else 0.0,
    )


def activities(events: "pd.DataFrame") -> list[ActivityTimes]:
    """Each activity, the one that cases wait for most first."""
    waiting = float(events["wait"].sum())
    found = []
    for name, rows in events.groupby("activity", sort=False):
        waits = rows.loc[~rows["first"], "wait"]
        found.append(
            ActivityTimes(
                name=str(name),
                count=len(rows),
                cases=rows["case"].nunique(),
                work_median=_round(rows["work"].median()),
                work_mean=_round(rows["work"].mean()),
                wait_median=_round(waits.median()),
                wait_mean=_round(waits.mean()),
                wait_p90=_round(waits.quantile(0.9)),
                wait_share=round(float(waits.sum()) / waiting, 4) if waiting else 0.0,
                repeated_cases=rows.loc[rows["again"], "case"].nunique(),
                resources=rows.loc[rows["resource"] != "", "resource"].nunique(),
            )
        )
    return sorted(found, key=lambda one: (-one.wait_share, one.name))


def handovers(events: "pd.DataFrame") -> list[Handover]:
    """What directly follows what in a case, the most frequent first."""
    pairs = events.dropna(subset=["before"]).groupby(["before", "activity"])["wait"].agg(["size", "median"])
    rows = [
        Handover(before=str(before), after=str(after), count=int(size), wait_median=_round(median))
        for (before, after), size, median in pairs.itertuples()
    ]
    return sorted(rows, key=lambda one: (-one.count, one.before, one.after))


def traces(events: "pd.DataFrame") -> dict[str, tuple[str, ...]]:
    """The activities of each case in order."""
    return {str(case): tuple(names) for case, names in events.groupby("case", sort=False)["activity"]}


def variants(events: "pd.DataFrame") -> list[Variant]:
    """The most frequent ways through the process."""
    days, ways = durations(events), traces(events)
    by_way: dict[tuple[str, ...], list[str]] = {}
    for case, way in ways.items():
        by_way.setdefault(way, []).append(case)
    order = sorted(by_way.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return [
        Variant(
            steps=list(way),
            cases=len(cases),
            share=round(len(cases) / len(ways), 4),
            median_days=_round(days[cases].median()),
        )
        for way, cases in order[:_MOST_VARIANTS]
    ]


def _round(value: Any) -> float:
    return 0.0 if value != value else round(float(value), 2)  # a median of nothing is no number
