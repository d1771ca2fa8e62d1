"""HR matching, side by side: ranking against plain methods, verdicts on hand-labelled resumes, seconds for a pile.

python -m bench.hr [--data FOLDER]    FOLDER holds kaggle_resumes_24cat (dev.jsonl.gz, job_queries.jsonl)
python -m bench.hr --sets --data FOLDER --quick --each 5    ranking among a fifth of the resumes, nothing else
"""

import argparse
import gzip
import json
import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

import yaml

import wiring
from scenarios.hr.closeness import HEAD
from scenarios.hr.matching import compared, match
from scenarios.hr.models import Match, MatchRequest
from scenarios.hr.people import read_people
from scenarios.hr.wording import terms
from workbench.run import RunContext
from workbench.services import Services
from workbench.settings import load

TODAY = date(2026, 11, 25)
LABELLED = [
    Path(__file__).with_name(f"hr_{name}.yaml")
    for name in ("labelled", "unseen", "fresh", "fresh2", "fresh3", "fresh4", "fresh5", "fresh6")
]
VAGUE = ("AUTOMOBILE", "BPO")
"""Categories whose labels say little and whose resumes are few: reported with and without them."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with kaggle_resumes_24cat")
    parser.add_argument("--sets", nargs="*", help="names of labelled sets; all, unless named")
    parser.add_argument("--each", type=int, default=1, help="rank among every so-many-th resume alone: a quick look")
    parser.add_argument("--quick", action="store_true", help="leave the seconds out")
    parser.add_argument("--wrong", action="store_true", help="print each verdict that differs from its label")
    chosen = parser.parse_args()
    folder, wrong = chosen.data, chosen.wrong
    with TemporaryDirectory() as place:
        services = wiring.services(load(data=Path(place) / "data"), "zh")
        for file in LABELLED:
            if chosen.sets is not None and file.stem.removeprefix("hr_") not in chosen.sets:
                continue
            verdicts(services, file, Path(place) / file.stem, show=wrong)
        dev = folder / "kaggle_resumes_24cat" / "dev.jsonl.gz" if folder else Path("-")
        if not dev.exists():
            print(f"skipped: ranking and seconds; no {dev}")
            return
        rows = [json.loads(line) for line in gzip.decompress(dev.read_bytes()).splitlines()]
        jobs = [json.loads(line) for line in (dev.parent / "job_queries.jsonl").read_text("utf-8").splitlines()]
        if not chosen.quick:
            seconds(services, Path(place), rows, jobs[1]["text"])
        rows = rows[:: chosen.each]
        for title, texts in (
            ("with first line", [row["text"] for row in rows]),
            ("without first line", [row["text"].partition("\n")[2] for row in rows]),
        ):
            ranking(services, Path(place), title, rows, texts, jobs)


def _context(services: Services) -> RunContext:
    return RunContext("zh", services.knowledge, (), TODAY, files=services.files)


def _written(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder


# -- verdicts


def verdicts(services: Services, file: Path, place: Path, *, show: bool) -> None:
    """Each resume of a labelled file against its job's ten requirements."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for number, job in enumerate(yaml.safe_load(file.read_text("utf-8"))["jobs"]):
        texts = {f"{name}.txt": one["text"] for name, one in job["resumes"].items()}
        folder = _written(place / f"labelled{number}", texts)
        wanted = [{"id": name, "text": words} for name, words in job["requirements"].items()]
        request = MatchRequest.model_validate(
            {"job": job["title"], "resumes": [str(folder)], "requirements": wanted, "as_of": TODAY}
        )
        found = match(request, _context(services))
        for candidate in found.candidates:
            labels = job["resumes"][Path(candidate.file).stem]["labels"]
            for verdict in candidate.verdicts:
                wanted_verdict, _, words = labels[verdict.requirement].partition(" | ")
                hard = verdict.requirement in job["hard_facts"]
                ok = verdict.verdict == wanted_verdict
                for kind in ("all", "hard facts" if hard else "other"):
                    total[kind] += 1
                    right[kind] += ok
                quotes = " ".join(evidence.quote for evidence in verdict.evidence)
                if words and ok:
                    total["quotes"] += 1
                    right["quotes"] += all(part in quotes for part in words.split(" & "))
                if show and (not ok or (words and any(part not in quotes for part in words.split(" & ")))):
                    name = f"{Path(candidate.file).stem} {verdict.requirement}"
                    print(
                        f"  {name}: {verdict.verdict}, label {wanted_verdict} | {words} | {quotes} | {verdict.reason}"
                    )
    for kind in ("all", "hard facts", "other", "quotes"):
        print(f"{file.stem} verdicts, {kind:10} {right[kind]}/{total[kind]} = {right[kind] / max(total[kind], 1):.3f}")


# -- seconds


def seconds(services: Services, place: Path, rows: Sequence[dict[str, Any]], job: str) -> None:
    """A pile of 100 and of 1,000 resumes, twice."""
    for size in (100, 1000):
        folder = _written(place / f"pile{size}", {f"{row['id']}.txt": row["text"] for row in rows[:size]})
        for time_ in ("first", "second"):
            began = time.perf_counter()
            found = match(MatchRequest(job=job, resumes=[str(folder)], as_of=TODAY), _context(services))
            print(f"{size} resumes, {time_} time: {time.perf_counter() - began:.1f} s ({len(found.candidates)} people)")


# -- ranking


def ranking(
    services: Services,
    place: Path,
    title: str,
    rows: Sequence[dict[str, Any]],
    texts: Sequence[str],
    jobs: Sequence[Any],
) -> None:
    """P@5 and nDCG@10 over all queries; relevant is who has the query's category."""
    folder = _written(place / title, {f"{row['id']}.txt": text for row, text in zip(rows, texts, strict=True)})
    category = {row["id"]: row["category"] for row in rows}
    ids = [row["id"] for row in rows]
    likeness = services.knowledge.likeness
    lexical = [bm25(job["text"], texts) for job in jobs]
    dense = [list(likeness(job["text"], [text[:HEAD] for text in texts])) for job in jobs]
    requests = [MatchRequest(job=job["text"], resumes=[str(folder)], as_of=TODAY) for job in jobs]
    people = read_people(requests[0], _context(services), TODAY)  # once: reading 1,242 files costs more than comparing
    ours = [compared(request, _context(services), *people) for request in requests]
    methods: dict[str, Callable[[int], list[str]]] = {
        "BM25": lambda q: _best(ids, lexical[q]),
        "embedding": lambda q: _best(ids, dense[q]),
        "average of both": lambda q: _best(
            ids, [a + b for a, b in zip(scaled(lexical[q]), scaled(dense[q]), strict=True)]
        ),
        "hr match": lambda q: _order(ours[q]),
    }
    for name, order in methods.items():
        scores = [_scores(order(q), job["category"], category) for q, job in enumerate(jobs)]
        clear = [one for one, job in zip(scores, jobs, strict=True) if job["category"] not in VAGUE]
        print(
            f"{title}: {name:16} P@5 {mean(p for p, _ in scores):.3f}  nDCG@10 {mean(n for _, n in scores):.3f}"
            f"   without {', '.join(VAGUE)}: {mean(p for p, _ in clear):.3f} {mean(n for _, n in clear):.3f}"
        )


def bm25(query: str, texts: Sequence[str]) -> list[float]:
    """Okapi BM25 (k1 1.5, b 0.75) of each text for the distinct words of ``query``."""
    wanted = set(terms(query))
    counts = [Counter(terms(text)) for text in texts]
    lengths = [count.total() for count in counts]
    usual = mean(lengths) or 1.0
    held = Counter(word for count in counts for word in wanted & count.keys())
    idf = {word: math.log(1 + (len(texts) - held[word] + 0.5) / (held[word] + 0.5)) for word in wanted}
    return [
        sum(
            idf[word] * count[word] * 2.5 / (count[word] + 1.5 * (0.25 + 0.75 * length / usual))
            for word in sorted(wanted & count.keys())
        )
        for count, length in zip(counts, lengths, strict=True)
    ]


def scaled(values: Sequence[float]) -> list[float]:
    """From the lowest, 0, to the highest, 1."""
    low, high = min(values), max(values)
    return [(value - low) / ((high - low) or 1.0) for value in values]


def _best(ids: Sequence[str], scores: Sequence[float]) -> list[str]:
    return [name for _, name in sorted(zip(scores, ids, strict=True), key=lambda pair: -pair[0])]


def _order(found: Match) -> list[str]:
    return [Path(one.file).stem for one in found.candidates]


def _scores(order: Sequence[str], wanted: str, category: dict[str, str]) -> tuple[float, float]:
    hits = [category[name] == wanted for name in order[:10]]
    relevant = sum(value == wanted for value in category.values())
    ideal = sum(1 / math.log2(place + 2) for place in range(min(10, relevant)))
    return sum(hits[:5]) / 5, sum(hit / math.log2(place + 2) for place, hit in enumerate(hits)) / ideal


if __name__ == "__main__":
    main()
