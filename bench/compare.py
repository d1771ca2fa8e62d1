"""Edits contracts in known ways and counts what the comparison finds of it: each edit once, and nothing else.

``python -m bench.compare`` takes contracts that the product drafts; ``--data FOLDER`` real ones instead, where the
folder holds ``contracts/cn_templates/dev.jsonl.gz`` and ``contracts/cuad/dev.jsonl.gz``. Half of the contracts are
compared as text, half as Word files in which some edits are tracked and the others are not. Prints, by kind of edit,
how many were made, found, and found as what they are (kind, tracked or not); then the changes that nobody made.
"""

import argparse
import gzip
import json
import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from documents.reader import read
from documents.redline.file import marked_up, plain_word
from scenarios.contracts.compare.compose import comparison
from scenarios.contracts.compare.models import Change, CompareRequest
from scenarios.contracts.compare.units import silent
from scenarios.contracts.drafting.assembly import drafted
from workbench.document import SourceDocument
from workbench.redline import Redline
from workbench.settings import Limits

from .drafts import KINDS, random_form
from .planting import seeded

_LONG = 40_000  # characters beyond which a real contract is left out
_NEW = {
    "zh": "任何一方变更联系方式的，应当于变更后三个工作日内告知对方，否则按原地址寄出即视为收到。",
    "en": "Each party shall keep complete books of the transactions hereunder for two full calendar years.",
}
_ENDS = r"(?:。|\. )\s*(?=\S{20})"  # of a sentence within a paragraph
_TURNS = (("应当", "不应当"), ("不得", "可以"), ("shall not", "may"), ("shall", "shall not"), ("有权", "无权"))


@dataclass(frozen=True, slots=True)
class Edit:
    """What was done: words that must stand in the change before and after."""

    kind: str
    found_as: tuple[str, ...]
    before: str
    after: str
    tracked: bool = False


Lines = list[str]
Editing = Callable[[Lines, set[int], random.Random], Edit | None]


def _free(lines: Lines, held: set[int], fits: Callable[[str], object], rng: random.Random) -> int | None:
    """A line that nothing was done to nor to its neighbours, and whose line stands only once."""
    places = [
        at
        for at, line in enumerate(lines)
        if not held & {at - 1, at, at + 1} and lines.count(line) == 1 and silent(line) and 0 < at < len(lines) - 1
        if fits(line)
    ]
    return rng.choice(places) if places else None


def _swapped(kind: str, pattern: str, other: Callable[[re.Match[str], random.Random], str]) -> Editing:
    def edit(lines: Lines, held: set[int], rng: random.Random) -> Edit | None:
        at = _free(lines, held, lambda line: len(line) > 15 and re.search(pattern, line), rng)
        if at is None:
            return None
        held.add(at)
        found = rng.choice(list(re.finditer(pattern, lines[at])))
        words = other(found, rng)
        lines[at] = lines[at][: found.start()] + words + lines[at][found.end() :]
        return Edit(kind, ("replace", "insert", "delete"), found.group(), words)

    return edit


def _more(found: re.Match[str], rng: random.Random) -> str:
    return str(int(found.group()) + rng.choice([1, 3, 10]))


def _turned(found: re.Match[str], _: random.Random) -> str:
    return dict(_TURNS)[found.group()]


def _inserted(lines: Lines, held: set[int], rng: random.Random) -> Edit | None:
    at = _free(lines, held, lambda line: len(line) > 15 and not line.startswith("|"), rng)
    new = _NEW["zh" if re.search(r"[\u4e00-\u9fff]", "".join(lines)) else "en"]
    if at is None or new in lines:
        return None
    lines.insert(at, new)
    held.update({at, at + 1})
    return Edit("sentence in", ("insert",), "", new)


def _deleted(lines: Lines, held: set[int], rng: random.Random) -> Edit | None:
    at = _free(lines, held, lambda line: 20 < len(line) < 300 and not line.startswith("|"), rng)
    if at is None:
        return None
    gone = lines.pop(at)
    held.update({at - 1, at})
    return Edit("line out", ("delete",), gone, "")


def _moved(lines: Lines, held: set[int], rng: random.Random) -> Edit | None:
    at = _free(lines, held, lambda line: 30 < len(line) < 300 and not line.startswith("|"), rng)
    to = _free(lines, held | {at or 0}, lambda line: not line.startswith("|"), rng)
    if at is None or to is None or abs(at - to) < 4:
        return None
    line = lines.pop(at)
    lines.insert(to - (to > at), line)
    held.update(range(len(lines)))  # the last edit of a contract: other places are not where they were
    return Edit("line moved", ("move",), line, line)


def _broken(lines: Lines, held: set[int], rng: random.Random) -> Edit | None:
    """A paragraph made two: nothing that a comparison should tell."""
    at = _free(lines, held, lambda line: re.search(_ENDS, line[10:]) and line[0] != "|", rng)
    if at is None:
        return None
    cut = 10 + next(re.finditer(_ENDS, lines[at][10:])).end()
    lines[at : at + 1] = [lines[at][:cut].rstrip(), lines[at][cut:]]
    held.update({at, at + 1})
    return None


EDITS: dict[str, Editing] = {
    "figure": _swapped("figure", r"(?<![\d.,])[1-9]\d{1,3}(?![\d.,、)）])", _more),
    "may or must": _swapped("may or must", "|".join(was for was, _ in _TURNS), _turned),
    "sentence in": _inserted,
    "line out": _deleted,
    "broken": _broken,
    "line moved": _moved,
}


def edited(lines: Lines, held: set[int], names: tuple[str, ...], rng: random.Random) -> list[Edit]:
    """Do the edits of those names to ``lines``; those for which there is no place are left out."""
    return [made for name in names if (made := EDITS[name](lines, held, rng))]


def contracts(data: Path | None, count: int) -> Iterator[tuple[str, str]]:
    """(name, text) of so many contracts, Chinese and English in turn."""
    if data is None:
        for number in range(count):
            lang = "en" if number % 4 == 3 else "zh"
            kind = ("services", "nda")[number // 4 % 2] if lang == "en" else KINDS[number % len(KINDS)]
            yield f"{kind} {lang} {number}", drafted(random_form(kind, "", lang, seeded(f"c{number}")), lang).text  # type: ignore[arg-type]
        return
    for name in ("cn_templates", "cuad"):
        with gzip.open(data / "contracts" / name / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
            rows = (json.loads(line) for line in file)
            fitting = ((row.get("id") or row["title"], row["text"]) for row in rows if 1500 < len(row["text"]) < _LONG)
            yield from islice(fitting, count // 2)


def pair(name: str, text: str, folder: Path, word: bool) -> tuple[list[Edit], list[Change]]:
    """What was done to a contract, and what the comparison says was."""
    rng = seeded(name)
    lines = [line for line in text.split("\n") if line.strip()]
    before, held = "\n".join(lines), set[int]()
    names = ("figure", "may or must", "sentence in", "line out", "broken", "figure")
    if not word:
        edits = edited(lines, held, (*names, "line moved"), rng)
        files = [SourceDocument(words, "", "text/plain") for words in (before, "\n".join(lines))]
    else:
        edits = edited(lines, held, names[:4], rng)
        paths = [folder / "before.docx", folder / "silent.docx", folder / "after.docx"]
        paths[0].write_bytes(plain_word(before))
        paths[1].write_bytes(plain_word("\n".join(lines)))
        silent_text = read(paths[1], Limits()).text
        blocks, taken = silent_text.split("\n\n"), set[int]()
        taken.update(at for at, block in enumerate(blocks) if block not in before or block in {e.after for e in edits})
        tracked = edited(blocks, taken, ("figure", "may or must", "line out"), rng)
        asked = Redline(silent_text, "\n\n".join(blocks), "bench", datetime.now(UTC))
        paths[2].write_bytes(marked_up(paths[1], asked))
        edits += [Edit(e.kind, e.found_as, e.before, e.after, tracked=True) for e in tracked]
        files = [read(path, Limits()) for path in (paths[0], paths[2])]
    request = CompareRequest(before_text="-", after_text="-")
    return edits, comparison(request, files[0], files[1], "zh").changes


def _fits(edit: Edit, change: Change) -> bool:
    was, now = silent(change.before), silent(change.after)
    return silent(edit.before) in was and silent(edit.after) in now


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--notes", action="store_true", help="say what went wrong")
    asked = parser.parse_args()
    made: Counter[str] = Counter()
    right: dict[str, Counter[str]] = defaultdict(Counter)
    extra = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, text) in enumerate(contracts(asked.data, asked.count)):
            edits, changes = pair(name, text, Path(folder), word=number % 2 == 1)
            for edit in edits:
                made[edit.kind] += 1
                fitting = [one for one in changes if _fits(edit, one)]
                hit = max(
                    fitting, key=lambda one: (one.kind in edit.found_as, one.tracked == edit.tracked), default=None
                )
                if hit is None:
                    print(f"  {name}: missed {edit}") if asked.notes else None
                    continue
                changes.remove(hit)
                right["found"][edit.kind] += 1
                right["kind"][edit.kind] += hit.kind in edit.found_as
                right["tracked"][edit.kind] += hit.tracked == edit.tracked
            extra += len(changes)
            for one in changes if asked.notes else ():
                print(f"  {name}: extra {one.kind} {one.before[:60]!r} => {one.after[:60]!r} tracked={one.tracked}")
    print(f"{'edit':<14}{'made':>6}{'found':>7}{'kind':>6}{'tracked':>9}")
    for kind, count in made.items():
        print(f"{kind:<14}{count:>6}{right['found'][kind]:>7}{right['kind'][kind]:>6}{right['tracked'][kind]:>9}")
    print(f"{'all':<14}{made.total():>6}{right['found'].total():>7}; changes that nobody made: {extra}")


if __name__ == "__main__":
    main()
