"""Marks up real Word files with random edits and reads them back: accepting all must give exactly the proposed text,
rejecting all the text as it was.

``python -m bench.redline --files FOLDER`` takes every .docx below the folder that can be read. ``--made 20`` makes so
many contracts instead (:mod:`bench.marked`), reviews each, accepts, rewords or rejects its proposals at random, edits
it besides; ``--office 10`` also lets LibreOffice open so many of what came out.
"""

import argparse
import random
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from documents.reader import read
from documents.redline.file import marked_up
from workbench.document import SourceDocument
from workbench.errors import DocumentError
from workbench.redline import Redline, Remark
from workbench.settings import Limits

from .marked import decided, write_contract

_WORDS = ("不低于", "三十日内", "书面", "the Buyer", "（含税）", "120,000元", "shall")
_LINE = "双方应当对履行中知悉的秘密保密。"


def proposed(text: str, rng: random.Random) -> str:
    """``text`` with words replaced, put in and taken out, a paragraph out and one in. Tables keep their lines."""
    blocks = text.split("\n\n")
    for _ in range(min(6, len(blocks))):
        at = rng.randrange(len(blocks))
        if blocks[at].startswith("|") or len(blocks[at]) < 12:
            continue
        start = rng.randrange(6, len(blocks[at]) - 4)
        end = min(start + rng.choice([0, 1, 3, 6]), len(blocks[at]) - 1)
        blocks[at] = blocks[at][:start] + rng.choice(_WORDS) + blocks[at][end:]
    plain = [
        at
        for at, block in enumerate(blocks)
        if not block.startswith("|") and "\n" not in block and not block[0].isdigit() and "[" not in block[:1]
    ]
    if len(plain) > 3:
        blocks.pop(rng.choice(plain[1:]))
        blocks.insert(rng.choice(plain[1:-1]), _LINE)
    return "\n\n".join(blocks)


def settled(document: SourceDocument) -> tuple[list[str], list[str]]:
    """The words with all changes accepted, and with all of them rejected."""
    return document.text.split(), (document.text if document.original is None else document.original).split()


Propose = Callable[[str, random.Random], str]


def outcomes(folder: Path, seed: int, propose: Propose, made: Path) -> Iterator[tuple[Path, str]]:
    """What became of each file; the marked-up copies stay in ``made``, numbered."""
    limits = Limits()
    for number, path in enumerate(sorted(folder.rglob("*.docx"))):
        try:
            before = read(path, limits)
        except DocumentError:
            continue
        wanted = propose(before.text, random.Random(f"{seed}{path.name}"))  # noqa: S311
        remark = Remark("?", 0, min(10, len(before.text)))
        marked = made / f"{number:04}.docx"
        try:
            marked.write_bytes(marked_up(path, Redline(before.text, wanted, "bench", datetime.now(UTC), (remark,))))
            accepted, rejected = settled(read(marked, limits))
        except DocumentError as error:
            yield path, f"failed: {error.key}"
            continue
        same = (accepted == wanted.split(), rejected == settled(before)[1])
        yield (
            path,
            {(True, True): "exact", (False, True): "accepting differs", (True, False): "rejecting differs"}.get(
                same, "both differ"
            ),
        )


def opened(office: str, files: Sequence[Path]) -> Iterator[Path]:
    """Those that LibreOffice opens: it writes the text of each. It starts once for ten files, for it starts slowly."""
    for start in range(0, len(files), 10):
        batch = files[start : start + 10]
        with tempfile.TemporaryDirectory() as folder:
            profile = f"-env:UserInstallation=file://{folder}/profile"
            asked = [office, "--headless", profile, "--convert-to", "txt:Text", "--outdir", folder, *map(str, batch)]
            with suppress(subprocess.TimeoutExpired):
                subprocess.run(asked, capture_output=True, timeout=300, check=False)
            yield from (file for file in batch if (Path(folder) / f"{file.stem}.txt").exists())


def main() -> None:
    """Print what became of the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--files", type=Path)
    group.add_argument("--made", type=int, default=0, help="contracts to make")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--office", type=int, nargs="?", const=10, default=0, help="how many LibreOffice opens; 10")
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    acts: Counter[str] = Counter()

    def decide(text: str, rng: random.Random) -> str:
        wanted, told = decided(text, rng)
        acts.update(told)
        return proposed(wanted, rng)

    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as made:
        for number in range(asked.made):
            name = f"{asked.seed}-{number:03}"
            write_contract(Path(folder) / f"{name}.docx", random.Random(name))  # noqa: S311
        propose = decide if asked.made else proposed
        for path, outcome in outcomes(asked.files or Path(folder), asked.seed, propose, Path(made)):
            counts[outcome] += 1
            if outcome != "exact":
                print(f"  {outcome}: {path.name}", flush=True)
        if acts:
            print(", ".join(f"{count} proposals {act}" for act, count in acts.items()))
        print(", ".join(f"{count} {outcome}" for outcome, count in counts.most_common()), flush=True)
        if asked.office:
            files = sorted(Path(made).glob("*.docx"))[: asked.office]
            office = shutil.which("soffice")
            print(
                f"LibreOffice opens {sum(1 for _ in opened(office, files))} of {len(files)}"
                if office
                else "no LibreOffice"
            )


if __name__ == "__main__":
    main()
