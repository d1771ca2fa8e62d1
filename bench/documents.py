"""How a folder of real files is read: python -m bench.documents --data FOLDER (with a manifest.tsv)."""

import argparse
import csv
import re
import time
from collections import Counter
from pathlib import Path

from documents.guarded import read
from workbench.errors import DocumentError
from workbench.settings import Limits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data
    if not (folder / "manifest.tsv").exists():
        print(f"skipped: no manifest.tsv in {folder}")
        return
    with (folder / "manifest.tsv").open(encoding="utf-8") as file:
        entries = list(csv.DictReader(file, delimiter="\t"))
    seen: Counter[str] = Counter()
    found = wanted = 0
    whole = time.perf_counter()
    for entry in entries:
        began = time.perf_counter()
        try:
            document = read(folder / entry["file"], Limits())
            probes = [probe for probe in entry["probe"].split(" || ") if probe.strip()]
            missing = [probe for probe in probes if _squeezed(probe) not in _squeezed(document.text)]
            outcome = "read"
            found, wanted = found + len(probes) - len(missing), wanted + len(probes)
            remark = f"{len(document.text)} characters, {len(document.pages)} pages" + (
                f", LACKS {missing}" if missing else ""
            )
            remark += f", HIDDEN {[one.text[:40] for one in document.hidden][:5]}" if document.hidden else ""
        except DocumentError as error:
            outcome, remark = "refused", error.text("en")
        except Exception as error:
            outcome, remark = "BROKE", f"{type(error).__name__}: {error}"
        seen[outcome] += 1
        print(
            f"{outcome:8} {time.perf_counter() - began:6.2f} s  expect {entry['expect']:14} {entry['file']}: {remark}"
        )
    print(dict(seen), f"{found} of {wanted} probes, {time.perf_counter() - whole:.1f} s")


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\ufeff\ufffe]+", "", text)


if __name__ == "__main__":
    main()
