"""``office review`` on rules that contradict, repeat or merely resemble the rules in force.

``python -m bench.rules [--set rules_a.yaml]...``: each file in ``bench/data`` holds sentences in force and new ones,
invented and labelled before anything was run on them. All rules in force of a file lie in one knowledge base; each new
rule is reviewed whole. Prints precision and recall of conflicts, kind by kind, what was missed and what was wrong.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from scenarios.office.review import review
from wiring import services
from workbench.findings import Finding
from workbench.knowledge import Knowledge
from workbench.run import RunContext
from workbench.settings import Embedding, Settings

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Outcome:
    """A pair with what the review said of its new sentence."""

    pair: Mapping[str, str]
    found: Sequence[Finding]

    @property
    def said(self) -> str:
        rules = {one.rule.split(".")[0] for one in self.found}
        return next((name for name in ("conflict", "duplicate") if name in rules), "none")


def written(title: str, sentences: Sequence[str], lang: str) -> str:
    """A rule of these sentences as people lay one out."""
    head = "第{}条　" if lang == "zh" else "{}. "
    lines = [head.format(number) + sentence for number, sentence in enumerate(sentences, 1)]
    return "\n\n".join([f"# {title}", *lines])


def outcomes(topics: Sequence[Mapping[str, Any]], knowledge: Knowledge) -> Iterator[Outcome]:
    """Each pair of the topics, every rule reviewed against all that are in force."""
    knowledge.create("rules")
    with tempfile.TemporaryDirectory() as folder:
        for number, topic in enumerate(topics):
            path = Path(folder) / f"{number}.md"
            path.write_text(written(topic["title"][0], [p["old"] for p in topic["pairs"]], topic["lang"]), "utf-8")
        for one in knowledge.ingest("rules", [Path(folder)]):
            if one.error:
                raise SystemExit(one.error)
    for topic in topics:
        rule = written(topic["title"][1], [pair["new"] for pair in topic["pairs"]], topic["lang"])
        found = review(rule, RunContext(topic["lang"], knowledge, ("rules",)))
        for pair in topic["pairs"]:
            at = rule.index(pair["new"])
            end = at + len(pair["new"])
            places = [(one, one.where.start, one.where.end) for one in found]
            yield Outcome(
                pair, [one for one, start, stop in places if start is not None and start < end and at < (stop or 0)]
            )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", default=[], help="files in bench/data; all unless named")
    parser.add_argument("--words", action="store_true", help="without vectors: what is found by words alone")
    given = parser.parse_args()
    for name in given.set or sorted(path.name for path in _DATA.glob("rules_*.yaml")):
        topics = yaml.safe_load((_DATA / name).read_text("utf-8"))
        with tempfile.TemporaryDirectory() as data:
            embedding = Embedding(kind="none") if given.words else Embedding()
            known = services(Settings(data=Path(data), embedding=embedding))
            since = time.perf_counter()
            made = list(outcomes(topics, known.knowledge))
            seconds = time.perf_counter() - since
        _print(name, made, seconds)


def _print(name: str, made: Sequence[Outcome], seconds: float) -> None:
    kinds: dict[str, Counter[str]] = {}
    for one in made:
        label, said = one.pair["label"], one.said
        for group in ("all", one.pair["kind"]):
            counts = kinds.setdefault(group, Counter())
            counts["hit"] += label == said == "conflict"
            counts["missed"] += label == "conflict" != said
            counts["wrong"] += said == "conflict" != label
            counts["same"] += label == said == "duplicate"
            counts["same of"] += label == "duplicate"
        if label != said and "conflict" in (label, said):
            print(f"  {label} and not {said}: {one.pair['new']}  ←  {one.pair['old']}")
            for finding in one.found:
                if finding.rule.startswith("conflict"):
                    print(f"      {finding.message}")
    print(f"{name}: {len(made)} pairs, {seconds:.0f} s")
    print(f"{'':12}{'precision':>10}{'recall':>8}{'conflicts':>11}")
    for kind, count in kinds.items():
        hit, missed, wrong = count["hit"], count["missed"], count["wrong"]
        print(f"{kind:12}{_share(hit, hit + wrong):>10}{_share(hit, hit + missed):>8}{hit + missed:>11}")
    print(f"duplicates  {kinds['all']['same']} of {kinds['all']['same of']}")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


if __name__ == "__main__":
    main()
