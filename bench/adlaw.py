"""Precision and recall of the advertising check: python -m bench.adlaw [--data DIR] [--part PART]... [--errors]

The labelled parts in ``bench/data``; ``adlaw.md`` beside them says how they were labelled. A sentence counts as found
when it has any finding that is not merely informative; a rewrite counts when the check finds nothing in it. With
``--data``, the folder `ads` with copy of others, it also counts alarms on everyday copy and on the weakly labelled
violations there.
"""

import argparse
import csv
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scenarios.marketing.law.rewriting import rewrite
from scenarios.marketing.law.violations import Context, findings

DATA = Path(__file__).parent / "data"
PARTS = ("dev", "test", "part7", "part8", "part9", "part10", "part11", "part12", "part13", "part14", "part15")


@dataclass(frozen=True)
class Labelled:
    """A labelled sentence. ``bad``: it breaks a rule of ``family``; else it only looks as if it did."""

    bad: bool
    family: str
    industry: str
    copy: str


def labelled(path: Path) -> list[Labelled]:
    """The rows of a file: bad or ok, family, industry, sentence."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Labelled(label == "bad", family, industry, copy) for label, family, industry, copy in rows]


def rules_broken(copy: str, industry: str = "") -> list[str]:
    """The ids of the rules that count."""
    found = findings(copy, Context(industry=industry), "zh")
    return [finding.rule for finding in found if finding.severity != "info"]


def measure(name: str, rows: Sequence[Labelled], errors: bool) -> None:
    """Print one part's table."""
    began = time.perf_counter()
    hits, missed, alarms, clean = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        found = rules_broken(row.copy)
        if row.bad:
            (hits if found else missed)[row.family] += 1
        else:
            (alarms if found else clean)[row.family] += 1
        if errors and bool(found) != row.bad:
            print(f"  {'MISSED' if row.bad else 'ALARM '} {row.family:14} {row.copy} {found}")
    print(f"\n{name}: {len(rows)} sentences, {1000 * (time.perf_counter() - began) / len(rows):.1f} ms each")
    print(f"{'family':16}{'bad':>5}{'recall':>8}{'lawful':>8}{'alarms':>8}{'precision':>11}")
    for family in sorted({row.family for row in rows}):
        _line(family, hits[family], missed[family], alarms[family], clean[family])
    _line("all", hits.total(), missed.total(), alarms.total(), clean.total())
    rewrites = [rewrite(row.copy, Context()) for row in rows if row.bad]
    passing, left = sum(made.passes for made in rewrites), sum(bool(made.text) for made in rewrites)
    print(f"rewrites that pass the check: {passing} of {len(rewrites)}; with words left: {left}")


def _line(name: str, hit: int, missed: int, alarm: int, clean: int) -> None:
    recall = f"{hit / (hit + missed):.3f}" if hit + missed else "-"
    precision = f"{hit / (hit + alarm):.3f}" if hit + alarm else "-"
    print(f"{name:16}{hit + missed:>5}{recall:>8}{alarm + clean:>8}{alarm:>8}{precision:>11}")


def outside(folder: Path, errors: bool) -> None:
    """Alarms on fashion copy that nobody labelled, and how many of the weak labels are found."""
    weak = [json.loads(line) for line in (folder / "ad_violation_weak/dev.jsonl").read_text("utf-8").splitlines()]
    missed = [row for row in weak if not rules_broken(row["ad_text"])]
    print(f"\nweakly labelled violations: {len(weak) - len(missed)} of {len(weak)} found")
    copies = [json.loads(line) for line in (folder / "advertisegen/dev.jsonl").read_text("utf-8").splitlines()]
    alarms = [(row["ad_text"], found) for row in copies if (found := rules_broken(row["ad_text"], "服装"))]
    print(f"fashion copy, unlabelled: {len(alarms)} of {len(copies)} with a finding")
    print("  by rule:", dict(Counter(rule for _, found in alarms for rule in set(found)).most_common()))
    if errors:
        for row in missed:
            print("  MISSED", row["buckets_weak"], row["ad_text"])
        for copy, found in alarms:
            print("  ALARM ", found, copy)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, action="append", help="all when left out")
    parser.add_argument("--data", type=Path, help="the folder `ads` with copy of others")
    parser.add_argument("--errors", action="store_true", help="print each wrong sentence")
    asked = parser.parse_args()
    for part in asked.part or PARTS:
        measure(part, labelled(DATA / f"adlaw_{part}.tsv"), asked.errors)
    if asked.data and asked.data.exists():
        outside(asked.data, asked.errors)
    elif asked.data:
        print(f"\nno folder {asked.data}: copy of others not measured")


if __name__ == "__main__":
    main()
