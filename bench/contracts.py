"""Plants defects in real contract templates and counts what the review finds: recall and precision by rule.

``python -m bench.contracts --data /path/to/data`` where the folder holds ``contracts/cn_templates/dev.jsonl.gz`` and,
for the English sentences, ``contracts/cuad/dev.jsonl.gz``. ``--seconds`` prints the times alone. The blanks of a
template are filled first, so that it reads like a contract about to be signed. A planted defect counts as found when a
finding of its rule touches the planted words (or names what is missing); a finding beside what was planted that the
contract had not before, and of another rule, is a false alarm, also beside the sentence put right; hints are none. Last
come the seconds for 5, 50 and 500 pages of 1,000 characters.
"""

import argparse
import gzip
import json
import random
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios.contracts.contract import Contract
from scenarios.contracts.issue import Issue
from scenarios.contracts.review import issues

from .planting import MUTATORS, Sentence, filled, insert, seeded, sentences, without_clause, wordings

_PAGE = 1000  # characters
_LONG = 30_000  # characters of an English contract, beyond which it is left out
_SAMPLE = 12
"""So many of the further wordings are planted in each contract."""


@dataclass
class Tally:
    """What was planted, found and falsely found, by rule, with a line on each that went wrong."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    clean_errors: Counter[str] = field(default_factory=Counter)

    def count(self, rule: str, hit: bool, note: str) -> None:
        """A defect was planted, and found or not."""
        self.planted[rule] += 1
        self.found[rule] += hit
        if not hit:
            self.notes[rule].append(f"missed: {note}")


def plant(row: dict[str, Any], rng: random.Random, tally: Tally) -> None:
    """Plant every defect in one template, one after the other."""
    text = filled(row["text"], rng)
    contract = Contract(text)
    base = issues(contract)
    known = {_told(issue, text) for issue in base}
    tally.clean_errors.update(issue.rule for issue in base if issue.severity == "error")
    for sentence in [*sentences(contract.kind, rng), *wordings(contract.kind, "zh", rng, _SAMPLE)]:
        _planted(text, sentence, row, known, tally)
    for rule, mutate in MUTATORS.items():
        before = sum(issue.rule == rule for issue in base)
        for changed, words in mutate(text, rng):
            found = [issue for issue in issues(Contract(changed)) if issue.rule == rule]
            hit = len(found) > before or any(_told(issue, changed) not in known for issue in found)
            tally.count(rule, hit, f"{row['title']}: {words}")
    for changed, name in without_clause(text):
        missing = (issue for issue in issues(Contract(changed)) if issue.rule == "clause.missing")
        hit = any(name in str(issue.values) for issue in missing)
        tally.count("clause.missing", hit, f"{row['title']} ({contract.kind}): {name}")


def plant_english(row: dict[str, Any], rng: random.Random, tally: Tally) -> None:
    """Plant English sentences in an English contract."""
    contract = Contract(row["text"])
    known = {_told(issue, row["text"]) for issue in issues(contract)}
    for sentence in wordings(contract.kind, "en", rng, _SAMPLE):
        _planted(row["text"], sentence, row, known, tally)


def _planted(text: str, sentence: Sentence, row: dict[str, Any], known: set[tuple[str, str]], tally: Tally) -> None:
    """One sentence with its defect, then the same put right."""
    if sentence.wrong:
        changed, place = insert(text, sentence.wrong, seeded(row["id"] + sentence.rule))
        near = [issue for issue in issues(Contract(changed)) if _beside(issue, place, len(sentence.wrong))]
        hit = sentence.words in sentence.wrong and any(issue.rule == sentence.rule for issue in near)
        tally.count(sentence.rule, hit, sentence.wrong)
        _false(near, changed, sentence.rule, f"beside {sentence.rule}: {sentence.wrong}", known, tally)
    if sentence.right:
        changed, place = insert(text, sentence.right, seeded(row["id"] + sentence.rule))
        near = [issue for issue in issues(Contract(changed)) if _beside(issue, place, len(sentence.right))]
        _false(near, changed, "", f"in the right sentence: {sentence.right}", known, tally)


def _false(near: list[Issue], changed: str, rule: str, note: str, known: set[tuple[str, str]], tally: Tally) -> None:
    for issue in near:
        if issue.severity != "info" and issue.rule != rule and _told(issue, changed) not in known:
            tally.false[issue.rule] += 1
            tally.notes[issue.rule].append(f"false {note}")


def _told(issue: Issue, text: str) -> tuple[str, str]:
    return issue.rule, "" if issue.start is None else text[issue.start : issue.end]


def _beside(issue: Issue, place: int, length: int) -> bool:
    return issue.start is not None and issue.start < place + length and place < (issue.end or 0)


def seconds(rows: list[dict[str, Any]], pages: int) -> float:
    """How long the review of so many pages takes: templates one behind the other, as a long contract has them."""
    text = ""
    for row in rows * (1 + pages * _PAGE // sum(len(row["text"]) for row in rows)):
        text += row["text"] + "\n"
        if len(text) >= pages * _PAGE:
            break
    began = time.perf_counter()
    issues(Contract(text[: pages * _PAGE]))
    return time.perf_counter() - began


def _rows(source: Path) -> list[dict[str, Any]]:
    if not source.exists():
        return []
    with gzip.open(source, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--contracts", type=int, default=60)
    parser.add_argument("--seconds", action="store_true", help="print the times for 5, 50 and 500 pages alone")
    parser.add_argument("--misses", action="store_true", help="print what was missed and what was a false alarm")
    options = parser.parse_args()
    source = options.data / "contracts" / "cn_templates" / "dev.jsonl.gz"
    if not source.exists():
        print(f"skipped: {source} is not there")
        return
    rng = random.Random(options.seed)  # noqa: S311  # the same defects at every run
    rows = [row for row in _rows(source) if 600 < row["n_chars"] < 12000 and re.search("合同|协议", row["title"])]
    rng.shuffle(rows)
    times = ", ".join(f"{pages} pages {seconds(rows, pages):.2f} s" for pages in (5, 50, 500))
    if options.seconds:
        print(times)
        return
    tally = Tally()
    for row in rows[: options.contracts]:
        plant(row, rng, tally)
    english = options.data / "contracts" / "cuad" / "dev.jsonl.gz"
    for row in [row for row in _rows(english) if len(row["text"]) < _LONG][: options.contracts // 2]:
        plant_english(row, rng, tally)
    _print(tally, options.contracts)
    print(times)
    if options.misses:
        for rule, lines in sorted(tally.notes.items()):
            for line, count in Counter(lines).most_common(6):
                print(f"  {rule} x{count} {line}")


def _print(tally: Tally, contracts: int) -> None:
    print(f"{'rule':38}{'planted':>8}{'found':>7}{'recall':>8}{'false':>7}{'precision':>10}")
    for rule in sorted(tally.planted | tally.false):
        print(_line(rule, tally.planted[rule], tally.found[rule], tally.false[rule]))
    print(_line("all", tally.planted.total(), tally.found.total(), tally.false.total()))
    print(f"errors in the {contracts} contracts as they are: {dict(tally.clean_errors)}")


def _line(rule: str, planted: int, found: int, false: int) -> str:
    recall = f"{found / planted:.3f}" if planted else "-"
    precision = f"{found / (found + false):.3f}" if found + false else "-"
    return f"{rule:38}{planted:8}{found:7}{recall:>8}{false:7}{precision:>10}"


if __name__ == "__main__":
    main()
