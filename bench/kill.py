"""Kills an ingesting process at random moments, again and again: python -m bench.kill [--times 50]

Each round starts the real command line on a folder of texts, and a process that searches, so that Chroma is written
too; both are killed with SIGKILL at a random moment. Then the knowledge base must be whole, hold every document whole
or not at all, and answer. At last an undisturbed ingest must finish, and every document must be found.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import wiring
from workbench.settings import load
from workbench.texts import ROOT

_SEARCHING = """
import sys, wiring
from pathlib import Path
from workbench.settings import load
knowledge = wiring.services(load(data=Path(sys.argv[1]))).knowledge
while True:
    knowledge.search("第几条规定退货期限", names=["kb"])
"""
SENTENCES = 12


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--documents", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311  # moments, not secrets
    with tempfile.TemporaryDirectory() as folder:
        data, files = Path(folder) / "data", Path(folder) / "files"
        write(files, asked.documents)
        knowledge = wiring.services(load(data=data)).knowledge
        knowledge.create("kb")
        knowledge.likeness("open", ["the embedder, which is built at its first use"])
        faults = 0
        for number in range(1, asked.times + 1):
            moment = chance.uniform(0.0, 4.0)
            kill_at(moment, data, files)
            stored, problems = inspect(data)
            faults += bool(problems)
            print(f"{number:3} killed {moment:3.1f} s on, {stored} documents: {problems or 'whole'}", flush=True)
        command = [sys.executable, "cli.py", "kb", "ingest", "--kb", "kb", str(files), "--data", str(data), "--json"]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stored, problems = inspect(data)
        print(f"{asked.times} kills, {faults} with faults; the ingest after them ended with status {done.returncode}")
        print(f"{stored} of {asked.documents} documents stored: {problems or 'whole'}")
        for name, damage in (("overwritten with rubbish", spoil), ("deleted", shutil.rmtree)):
            damage(data / "chroma")
            print(f"vector index {name}: {heal(data) or 'healed'}")


def write(files: Path, documents: int) -> None:
    """``documents`` files of ``SENTENCES`` sentences each."""
    files.mkdir(parents=True)
    for number in range(documents):
        lines = [f"# 第{number}号文件"] + [f"第{line}条 退货期限是{number + line}天。" for line in range(SENTENCES)]
        (files / f"{number}.md").write_text("\n\n".join(lines), "utf-8")


def kill_at(moment: float, data: Path, files: Path) -> None:
    """Start an ingesting and a searching process on ``data``; kill both ``moment`` seconds after the first file."""
    ingest = [sys.executable, "cli.py", "kb", "ingest", "--kb", "kb", str(files), "--data", str(data)]
    search = [sys.executable, "-c", _SEARCHING, str(data)]
    searching = subprocess.Popen(search, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ingesting = subprocess.Popen(ingest, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert ingesting.stderr is not None  # noqa: S101  # it is a pipe
    ingesting.stderr.readline()
    if moment > 1:  # else it may die while it goes through what is there already
        for line in ingesting.stderr:
            if b"indexed" in line:
                break
    time.sleep(moment)
    for process in (ingesting, searching):
        process.kill()
        process.wait()


def spoil(folder: Path) -> None:
    """Overwrite every file of the vector index with random bytes."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(os.urandom(path.stat().st_size))


def heal(data: Path) -> list[str]:
    """Search until the vector index is ready again; what is wrong then."""
    knowledge = wiring.services(load(data=data)).knowledge
    while knowledge.check("kb").index != "ready":
        knowledge.search("退货期限", names=["kb"])
        time.sleep(0.2)
    knowledge.close()
    return inspect(data)[1]


def inspect(data: Path) -> tuple[int, list[str]]:
    """(how many documents are stored, what is wrong with the knowledge base)."""
    knowledge = wiring.services(load(data=data)).knowledge
    problems = [] if knowledge.check("kb").ok else ["the data file is damaged"]
    documents = knowledge.documents("kb")
    for document in documents:
        text = knowledge.text("kb", document.id)
        chunks = knowledge.chunks("kb", document.id)
        if text.count("退货期限") != SENTENCES or sum(c.text.count("退货期限") for c in chunks) != SENTENCES:
            problems.append(f"{document.id} is not whole")
    for document in documents[:: len(documents) // 5 + 1]:
        if not knowledge.search("退货期限", names=["kb"], documents=[document.id], mode="dense"):
            problems.append(f"{document.id} does not answer")
    if documents and len(knowledge.search("退货期限", names=["kb"])) < min(10, len(documents)):
        problems.append("it does not answer")
    knowledge.close()
    return len(documents), problems


if __name__ == "__main__":
    main()
